package io.stagedoor.proxy.audit.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.print.AuditPrinter;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.NightlyStory;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HeldRefreshesTest {

    private static final String SALES = "9a8b7c6d-0000-4000-8000-0000000000d1";
    private static final String TASK = "9a8b7c6d-0000-4000-8000-0000000000a1";
    private static final Instant SEEN = Instant.parse("2026-03-01T02:00:00Z");

    private final InstantSource clock = NightlyStory.steppingClock(Duration.ofSeconds(1));

    @TempDir Path directory;

    @BeforeEach
    void tellStory() throws Exception {
        try (Journal journal = Journal.open(Journals.settings(directory), clock)) {
            passes(journal, "earlier", "job-1", Optional.empty());
            Journals.append(journal, held("held-1", SALES, Optional.empty()));
            Journals.append(journal, held("elsewhere", TASK, Optional.empty()));
            Journals.append(journal, held("held-2", SALES, Optional.of(TASK)));
            passes(journal, "later", "job-2", Optional.of(TASK));
            Journals.append(journal, held("held-3", SALES, Optional.empty()));
        }
    }

    @Test
    void aJobTellsOfTheRefreshesThatWereHeldBackBeforeIt() throws Exception {
        assertThat(story("job-2").exchanges())
                .extracting(Exchange::id)
                .containsExactly("held-1", "held-2", "later");
        assertThat(story("job-1").exchanges()).extracting(Exchange::id).containsExactly("earlier");
    }

    @Test
    void theirEvidenceIsPrinted() throws Exception {
        String text = AuditPrinter.text().job(story("job-2"));

        assertThat(text)
                .containsSubsequence(
                        "HELD BACK ",
                        "deny (refresh_held)",
                        "seen      warehouse/sql_pool ws1/dw1 was unwell at 2026-03-01 02:00:00Z:"
                                + " status Paused",
                        "HELD BACK ",
                        "started by ",
                        "was well at");
    }

    @Test
    void refreshesAreFoundByContentAndByTask() throws Exception {
        try (AuditQueries queries = AuditQueries.open(directory, clock)) {
            assertThat(queries.resource("s1/refresh/" + SALES, TimeRange.ALWAYS, 10).exchanges())
                    .extracting(Exchange::id)
                    .containsExactly("held-3", "later", "held-2", "held-1", "earlier");
            assertThat(queries.resource("s1/refresh/" + TASK, TimeRange.ALWAYS, 10).exchanges())
                    .extracting(Exchange::id)
                    .containsExactly("later", "held-2", "elsewhere");
            assertThat(queries.resource("s1/refresh", TimeRange.ALWAYS, 10).exchanges()).hasSize(6);
            assertThat(queries.resource("s2/refresh", TimeRange.ALWAYS, 10).exchanges()).isEmpty();
        }
    }

    @Test
    void anExplanationSaysWhatWasSeenAndWhenToTryAgain() throws Exception {
        try (AuditQueries queries = AuditQueries.open(directory, clock)) {
            assertThat(AuditPrinter.text().explanation("held-1", queries.explain("held-1")))
                    .contains("warehouse/sql_pool ws1/dw1 was unwell")
                    .containsPattern("try again +2026-03-01 02:05:00Z");
        }
    }

    private JobAnswer.Story story(String job) throws Exception {
        try (AuditQueries queries = AuditQueries.open(directory, clock)) {
            return (JobAnswer.Story) queries.job(job);
        }
    }

    private static void passes(Journal journal, String id, String job, Optional<String> task)
            throws Exception {
        AuditEvent.Decided begin = SomeEvents.permitted(id);
        Journals.append(
                journal,
                with(begin, SomeEvents.permit().with(Optional.of(facts(SALES, task, "well")))));
        Journals.append(
                journal,
                SomeEvents.completed(
                        id,
                        202,
                        List.of(
                                new JobMention(
                                        JobMention.Role.STARTED,
                                        JobKey.of("tableau", "s1", "tableauJob", job))),
                        List.of()));
    }

    private static AuditEvent.Decided held(String id, String content, Optional<String> task) {
        return with(
                SomeEvents.denied(id),
                SomeEvents.deny("refresh_held").with(Optional.of(facts(content, task, "unwell"))));
    }

    private static RefreshFacts facts(String content, Optional<String> task, String verdict) {
        return new RefreshFacts(
                "s1",
                Optional.of(content),
                task,
                List.of(
                        new RefreshFacts.Check(
                                "warehouse/sql_pool ws1/dw1", verdict, "status Paused", SEEN)),
                verdict.equals("well")
                        ? Optional.empty()
                        : Optional.of(SEEN.plus(Duration.ofMinutes(5))));
    }

    private static AuditEvent.Decided with(AuditEvent.Decided decided, DecisionFacts facts) {
        return new AuditEvent.Decided(
                decided.request(), decided.caller(), facts, decided.versions(), decided.jobs());
    }
}

package io.stagedoor.proxy.audit.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.audit.fact.JobEdge;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.NightlyStory;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuditQueriesTest {
    private final InstantSource clock = NightlyStory.steppingClock(Duration.ofSeconds(1));

    @TempDir Path directory;

    static Stream<JobKey> jobsOfTheNight() {
        return Stream.of(
                NightlyStory.TRIGGER,
                SomeEvents.run(),
                NightlyStory.ACTIVITY,
                NightlyStory.LIVY,
                NightlyStory.SPARK);
    }

    @ParameterizedTest
    @MethodSource("jobsOfTheNight")
    void findsTheWholeTreeFromAnyOfItsJobs(JobKey job) throws Exception {
        tellStory();

        JobAnswer.Story story = story(job.id());

        assertThat(story.job()).isEqualTo(job);
        assertThat(story.graph().jobs())
                .containsExactlyInAnyOrderElementsOf(jobsOfTheNight().toList());
        assertThat(story.graph().edges()).containsExactlyInAnyOrderElementsOf(NightlyStory.edges());
        assertThat(story.exchanges())
                .extracting(Exchange::id)
                .startsWith("d-start")
                .endsWith("d-bob", "d-ada");
    }

    @Test
    void findsARunByItsIdInWhateverForm() throws Exception {
        tellStory();

        assertThat(story("{" + SomeEvents.RUN.toUpperCase(Locale.ROOT) + "}").job())
                .isEqualTo(SomeEvents.run());
        assertThat(story("pipelineRun/" + SomeEvents.RUN).job()).isEqualTo(SomeEvents.run());
        assertThat(story("synapse:ws1/pipelineRun/" + SomeEvents.RUN).job())
                .isEqualTo(SomeEvents.run());
        assertThat(story("pool/small/livyBatch/12").job()).isEqualTo(NightlyStory.LIVY);
    }

    @Test
    void asksBackWhenSeveralJobsShareAnId() throws Exception {
        JobKey small = new JobKey("synapse", "ws1", Optional.of("small"), "livyBatch", "7");
        JobKey large = new JobKey("synapse", "ws1", Optional.of("large"), "livyBatch", "7");
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.polled("r1", small));
            Journals.append(journal, SomeEvents.polled("r2", large));
        }

        try (AuditQueries queries = queries()) {
            JobAnswer.Ambiguous answer = (JobAnswer.Ambiguous) queries.job("7");
            assertThat(answer.candidates()).containsExactlyInAnyOrder(small, large);
            JobAnswer.Story story = (JobAnswer.Story) queries.job("pool/large/livyBatch/7");
            assertThat(story.exchanges()).extracting(Exchange::id).containsExactly("r2");
        }
    }

    @Test
    void walksACycleOnce() throws Exception {
        List<JobKey> ring =
                IntStream.range(0, 5)
                        .mapToObj(i -> JobKey.of("synapse", "ws1", "pipelineRun", "run-" + i))
                        .toList();
        List<JobEdge> edges =
                IntStream.range(0, 5)
                        .mapToObj(i -> new JobEdge(ring.get(i), ring.get((i + 1) % 5)))
                        .toList();
        link(edges);

        JobAnswer.Story story = story("run-2");

        assertThat(story.graph().jobs()).containsExactlyInAnyOrderElementsOf(ring);
        assertThat(story.graph().edges()).containsExactlyInAnyOrderElementsOf(edges);
        assertThat(story.graph().complete()).isTrue();
    }

    @Test
    void stopsAtADepthAndSaysSo() throws Exception {
        List<JobEdge> chain =
                IntStream.range(0, 40)
                        .mapToObj(i -> new JobEdge(job("run-" + i), job("run-" + (i + 1))))
                        .toList();
        link(chain);

        JobAnswer.Story story = story("run-0");

        assertThat(story.graph().jobs()).hasSize(25);
        assertThat(story.graph().complete()).isFalse();
    }

    @Test
    void keepsTheStartAndTheNewestCallsOfAJobThatWasPolledWithoutEnd() throws Exception {
        try (Journal journal = open()) {
            NightlyStory.tell(journal);
            for (int i = 0; i < 300; i++) {
                journal.appendWithinWindow(SomeEvents.polled("p" + i, SomeEvents.run()));
            }
        }

        JobAnswer.Story story = story(SomeEvents.RUN);

        assertThat(story.exchanges()).extracting(Exchange::id).startsWith("d-start");
        assertThat(story.exchanges()).extracting(Exchange::id).endsWith("p298", "p299");
        assertThat(story.exchanges()).hasSize(200 + 3);
        assertThat(story.omitted()).isEqualTo(106);
    }

    @Test
    void findsPrincipalsByObjectIdAndByLabel() throws Exception {
        tellStory();

        try (AuditQueries queries = queries()) {
            History byId = queries.who(SomeEvents.ADA, TimeRange.ALWAYS, 100);
            History byLabel = queries.who("Ada@Contoso.Example", TimeRange.ALWAYS, 100);

            assertThat(byId.exchanges()).hasSize(8).isEqualTo(byLabel.exchanges());
            assertThat(byId.more()).isFalse();
            assertThat(queries.who(SomeEvents.ADA, TimeRange.ALWAYS, 3).more()).isTrue();
        }
    }

    @Test
    void findsDecisionsByResourceAndByCode() throws Exception {
        tellStory();

        try (AuditQueries queries = queries()) {
            assertThat(queries.resource("ws1/pipeline/nightly", TimeRange.ALWAYS, 10).exchanges())
                    .extracting(Exchange::id)
                    .containsExactly("d-start");
            assertThat(queries.code("not_permitted", TimeRange.ALWAYS, 10).exchanges())
                    .extracting(Exchange::id)
                    .containsExactly("d-bob");
            assertThat(queries.all(TimeRange.ALWAYS, 100).exchanges()).hasSize(9);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nightly", "/pipeline/nightly", ""})
    void refusesAResourceThatIsNoPath(String path) throws Exception {
        tellStory();

        try (AuditQueries queries = queries()) {
            assertThatThrownBy(() -> queries.resource(path, TimeRange.ALWAYS, 10))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("workspace/kind/name");
        }
    }

    @Test
    void givesTheTailAcrossSegments() throws Exception {
        try (Journal journal = open()) {
            for (int i = 0; i < 120; i++) {
                Journals.append(journal, SomeEvents.denied("r" + i));
            }
        }
        List<AuditRecord> all = Journals.records(directory);

        try (AuditQueries queries = queries()) {
            assertThat(queries.tail(5)).isEqualTo(all.subList(all.size() - 5, all.size()));
            assertThat(queries.tail(60)).isEqualTo(all.subList(all.size() - 60, all.size()));
            assertThat(queries.tail(100_000)).isEqualTo(all);
        }
    }

    @Test
    void answersWhileTheProxyRuns() throws Exception {
        try (Journal journal = open()) {
            NightlyStory.tell(journal);

            assertThat(story(SomeEvents.RUN).behind()).isZero();
            assertThat(story(SomeEvents.RUN).exchanges()).hasSize(9);
        }
    }

    @Test
    void saysThatThereIsNoJournal() {
        assertThatThrownBy(() -> AuditQueries.open(directory, clock))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("there is no audit journal in");
    }

    private void tellStory() throws Exception {
        try (Journal journal = open()) {
            NightlyStory.tell(journal);
        }
    }

    private void link(List<JobEdge> edges) throws Exception {
        List<JobMention> mentions = new ArrayList<>();
        mentions.add(new JobMention(JobMention.Role.TOUCHED, edges.getFirst().from()));
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.permitted("r1"));
            Journals.append(journal, SomeEvents.completed("r1", 200, mentions, edges));
        }
    }

    private static JobKey job(String id) {
        return JobKey.of("synapse", "ws1", "pipelineRun", id);
    }

    private JobAnswer.Story story(String asked) throws IOException {
        try (AuditQueries queries = queries()) {
            return (JobAnswer.Story) queries.job(asked);
        }
    }

    private AuditQueries queries() throws IOException {
        return AuditQueries.open(directory, clock);
    }

    private Journal open() throws IOException {
        return Journal.open(Journals.settings(directory), clock);
    }
}

package io.stagedoor.proxy.gaps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GapReportTest {

    private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");

    @TempDir private Path directory;
    private Instant now = START;
    private int requests;

    private final InstantSource clock =
            () -> {
                now = now.plus(Duration.ofMinutes(1));
                return now;
            };

    @Test
    void countsRefusedCallsByServiceMethodAndShapeTheMostFrequentFirst() throws Exception {
        try (Journal journal = open()) {
            refuse(journal, "ws1", "GET", "/pipelines/a1/explode?x=1", "unknown_operation");
            refuse(journal, "ws1", "GET", "/pipelines/b2/explode", "unknown_operation");
            refuse(journal, "ws2", "GET", "/pipelines/b2/explode", "unknown_operation");
            refuse(journal, "ws1", "POST", "/pipelines/b2/explode", "unknown_operation");
            refuse(journal, "ws1", "GET", "/pipelines/c3/EXPLODE", "unknown_operation");
            refuse(journal, "ws1", "GET", "/pipelines", "not_permitted");
        }

        GapReport report = report(TimeRange.ALWAYS, 2);

        assertThat(report.gaps())
                .extracting(Gap::call, Gap::count, Gap::example)
                .containsExactly(
                        tuple(call("ws1", "GET", Optional.empty()), 3L, "r5"),
                        tuple(call("ws1", "POST", Optional.empty()), 1L, "r4"));
        assertThat(report.others()).isEqualTo(1);
        assertThat(report.complete()).isTrue();
    }

    @Test
    void namesTheOperationThatNoRoleCovers() throws Exception {
        try (Journal journal = open()) {
            refuse(journal, "f1", "POST", "/pipelines/{id}/explode", "unmapped_operation");
        }

        assertThat(report(TimeRange.ALWAYS, 10).gaps())
                .extracting(Gap::call)
                .containsExactly(call("f1", "POST", Optional.of("Explode")));
    }

    @Test
    void looksAtTheTimeAskedForAlone() throws Exception {
        try (Journal journal = open()) {
            refuse(journal, "ws1", "GET", "/a", "unknown_operation");
            refuse(journal, "ws1", "GET", "/b", "unknown_operation");
        }
        List<Gap> all = report(TimeRange.ALWAYS, 10).gaps();

        TimeRange later = new TimeRange(all.getFirst().last(), TimeRange.ALWAYS.to());

        assertThat(all).extracting(gap -> gap.call().shape()).containsExactly("/b", "/a");
        assertThat(report(later, 10).gaps())
                .extracting(gap -> gap.call().shape())
                .containsExactly("/b");
    }

    @Test
    void isEmptyForATrailWithoutGaps() throws Exception {
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.denied("r1"));
        }

        assertThat(report(TimeRange.ALWAYS, 10)).isEqualTo(new GapReport(List.of(), 0, true));
    }

    private void refuse(Journal journal, String service, String method, String path, String code)
            throws Exception {
        AuditEvent.Decided model = SomeEvents.denied("r" + ++requests);
        RequestFacts request = model.request();
        DecisionFacts decision = model.decision();
        Optional<String> operation =
                code.equals("unmapped_operation") ? Optional.of("Explode") : Optional.empty();
        Journals.append(
                journal,
                new AuditEvent.Decided(
                        new RequestFacts(
                                request.id(),
                                Optional.of(service),
                                method,
                                path,
                                operation,
                                false,
                                Optional.empty(),
                                request.client()),
                        model.caller(),
                        new DecisionFacts(
                                decision.verdict(),
                                code,
                                decision.explanation(),
                                DecisionFacts.Basis.NONE,
                                Optional.empty(),
                                decision.duration()),
                        model.versions(),
                        List.of()));
    }

    private static Gap.Call call(String service, String method, Optional<String> operation) {
        return new Gap.Call(service, method, "/pipelines/{id}/explode", operation);
    }

    private GapReport report(TimeRange range, int most) throws IOException {
        try (AuditQueries queries = AuditQueries.open(directory, clock)) {
            return GapReport.of(queries, range, most);
        }
    }

    private Journal open() throws IOException {
        return Journal.open(Journals.settings(directory), clock);
    }
}

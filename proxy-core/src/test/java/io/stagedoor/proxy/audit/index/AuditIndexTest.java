package io.stagedoor.proxy.audit.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.fact.JobMention;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.journal.CommitListener;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.store.BlockBuilder;
import io.stagedoor.proxy.audit.store.Database;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.NightlyStory;
import io.stagedoor.proxy.audit.testing.RandomEvents;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditIndexTest {
    private final InstantSource clock = NightlyStory.steppingClock(Duration.ofSeconds(1));

    @TempDir Path directory;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void findsWhatABruteForceScanFinds(long seed) throws Exception {
        writeRandom(seed, 300);

        try (AuditIndex index = caughtUp()) {
            for (int i = 0; i < 5; i++) {
                String principal = "user-" + i;
                String code = "code-" + i;
                assertSame(
                        index,
                        new DecisionFilter.ByPrincipal(principal),
                        decided -> principalOf(decided).filter(principal::equals).isPresent());
                assertSame(
                        index,
                        new DecisionFilter.ByCode(code),
                        decided -> decided.decision().code().equals(code));
                Optional<String> name = Optional.of("name-" + i);
                assertSame(
                        index,
                        new DecisionFilter.ByResource("WS1", "Pipeline", name),
                        decided -> isAbout(decided, "ws1", "pipeline", name));
            }
            assertSame(
                    index,
                    new DecisionFilter.ByResource("ws0", "notebook", Optional.empty()),
                    decided -> isAbout(decided, "ws0", "notebook", Optional.empty()));
            assertSame(index, new DecisionFilter.Everything(), decided -> true);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void findsEveryRequestThatMentionsAJob(long seed) throws Exception {
        writeRandom(seed, 300);

        try (AuditIndex index = caughtUp()) {
            for (int id = 0; id < 12; id++) {
                for (JobKey job : index.queries().jobsWithId(Integer.toString(id))) {
                    assertThat(index.queries().mentionsOf(List.of(job)).requests())
                            .as(job.text())
                            .containsExactlyInAnyOrderElementsOf(requestsMentioning(job));
                }
            }
        }
    }

    @Test
    void narrowsByTimeAndByNumber() throws Exception {
        writeRandom(6, 200);
        List<AuditRecord> decisions = decisions(decided -> true);
        AuditRecord older = decisions.get(20);
        AuditRecord newer = decisions.get(10);

        try (AuditIndex index = caughtUp()) {
            var range = new TimeRange(older.time(), newer.time());

            assertThat(index.queries().decisions(new DecisionFilter.Everything(), range, 100))
                    .isEqualTo(decisions.subList(10, 21));
            assertThat(index.queries().decisions(new DecisionFilter.Everything(), range, 3))
                    .isEqualTo(decisions.subList(10, 13));
        }
    }

    @Test
    void neverScansATable() throws Exception {
        writeRandom(7, 50);
        try (AuditIndex index = caughtUp();
                Database database = Database.open(directory.resolve("index.db"), true)) {
            IndexQueries queries =
                    new IndexQueries(database, new BlockReader(new FileStorage(directory)));
            askEverything(queries);
            assertThat(index.seq()).isPositive();

            assertThat(database.statements()).hasSizeGreaterThan(12);
            for (String sql : database.statements()) {
                assertThat(plan(database, sql))
                        .as(sql)
                        .isNotEmpty()
                        .noneMatch(step -> step.startsWith("SCAN") && !step.contains("subquery"))
                        .noneMatch(step -> step.contains("TEMP B-TREE"));
            }
        }
    }

    @Test
    void takesInOnlyWhatIsNew() throws Exception {
        writeRandom(8, 40);
        long first;
        try (AuditIndex index = caughtUp()) {
            first = index.seq();
            assertThat(index.catchUp(Long.MAX_VALUE)).isEqualTo(first);
        }
        writeRandom(9, 40);

        try (AuditIndex index = AuditIndex.open(directory)) {
            assertThat(index.seq()).isEqualTo(first);
            assertThat(index.catchUp(first + 10)).isEqualTo(first + 10);
            assertThat(index.catchUp(Long.MAX_VALUE))
                    .isEqualTo(Journals.records(directory).getLast().seq());
        }
    }

    @Test
    void isTheSameAfterItIsBuiltAnew() throws Exception {
        writeRandom(10, 200);

        try (AuditIndex index = caughtUp()) {
            List<AuditRecord> before = everything(index);
            index.rebuild();

            assertThat(everything(index)).isEqualTo(before).hasSizeGreaterThan(50);
            assertThat(index.seq()).isEqualTo(Journals.records(directory).getLast().seq());
        }
    }

    @Test
    void isBuiltAnewWhenItHasAnotherLayout() throws Exception {
        writeRandom(11, 50);
        caughtUp().close();
        try (Database database = Database.open(directory.resolve("index.db"), false)) {
            database.run("DROP TABLE posting; PRAGMA user_version = 999");
        }

        try (AuditIndex index = AuditIndex.open(directory)) {
            assertThat(everything(index)).isEqualTo(decisions(decided -> true));
        }
    }

    @Test
    void isBuiltAnewWhenItIsNoDatabase() throws Exception {
        writeRandom(12, 50);
        Files.writeString(directory.resolve("index.db"), "no database at all".repeat(500));

        try (AuditIndex index = caughtUp()) {
            assertThat(everything(index)).isEqualTo(decisions(decided -> true));
        }
    }

    @Test
    void isBuiltAnewWhenTheJournalIsNotTheOneItRead() throws Exception {
        writeRandom(13, 50);
        caughtUp().close();
        for (var name : Journals.segments(directory)) {
            Files.delete(directory.resolve(name.fileName()));
        }
        writeRandom(14, 20);

        try (AuditIndex index = AuditIndex.open(directory)) {
            assertThat(everything(index)).isEqualTo(decisions(decided -> true));
        }
    }

    @Test
    void passesOverDamagedLines() throws Exception {
        writeRandom(15, 60);
        Path file = directory.resolve(Journals.segments(directory).getFirst().fileName());
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 2] ^= 1;
        Files.write(file, bytes);

        try (AuditIndex index = caughtUp()) {
            assertThat(index.seq())
                    .isEqualTo(Journals.verify(directory).head().orElseThrow().seq());
        }
    }

    @Test
    void followsAJournalThatIsBeingWritten() throws Exception {
        var settings = Journals.settings(directory);
        try (IndexedTrail trail = IndexedTrail.open(settings, clock, CommitListener.NONE)) {
            for (int i = 0; i < 100; i++) {
                trail.append(SomeEvents.permitted("r" + i)).toCompletableFuture().get();
                assertThat(trail.appendWithinWindow(SomeEvents.answered("r" + i))).isTrue();
            }
            await().until(() -> trail.health().indexLag().equals(OptionalLong.of(0)));

            try (AuditIndex index = AuditIndex.open(directory)) {
                assertThat(index.catchUp(Long.MAX_VALUE)).isGreaterThanOrEqualTo(100);
                assertThat(index.queries().ofRequest("r42")).hasSize(2);
            }
            assertThat(trail.recovery().clean()).isTrue();
        }
        try (AuditIndex index = AuditIndex.open(directory)) {
            assertThat(index.seq()).isEqualTo(Journals.records(directory).getLast().seq());
        }
    }

    @Test
    void findsTheSameInBlocksThatWereGatheredWhileTheyWereWritten() throws Exception {
        RandomEvents events = new RandomEvents(17);
        var settings = Journals.settings(directory).withSegmentBytes(1 << 20);
        try (IndexedTrail trail = IndexedTrail.open(settings, clock, CommitListener.NONE)) {
            for (int i = 0; i < 4 * BlockBuilder.MOST_RECORDS; i++) {
                AuditEvent event = events.next("request-" + i);
                assertThat(trail.append(event).toCompletableFuture().get()).isNotNull();
            }
        }

        try (AuditIndex index = AuditIndex.open(directory)) {
            assertThat(index.seq()).isEqualTo(Journals.records(directory).getLast().seq());
            assertThat(everything(index)).isEqualTo(decisions(decided -> true));
            assertSame(
                    index,
                    new DecisionFilter.ByPrincipal("user-1"),
                    decided -> principalOf(decided).filter("user-1"::equals).isPresent());
            for (JobKey job : index.queries().jobsWithId("3")) {
                assertThat(requestsMentioning(job))
                        .containsAll(index.queries().mentionsOf(List.of(job)).requests());
            }
        }
    }

    @Test
    void letsTwoBringItUpToDateAtOnce() throws Exception {
        writeRandom(16, 200);
        try (AuditIndex one = AuditIndex.open(directory);
                AuditIndex other = AuditIndex.open(directory)) {
            Thread thread = Thread.ofPlatform().start(() -> catchUp(other));
            one.catchUp(Long.MAX_VALUE);
            thread.join();

            assertThat(everything(one)).isEqualTo(decisions(decided -> true));
            assertThat(other.seq()).isEqualTo(one.seq());
        }
    }

    private void askEverything(IndexQueries queries) throws IOException {
        for (DecisionFilter filter :
                List.of(
                        new DecisionFilter.Everything(),
                        new DecisionFilter.ByCode("code-1"),
                        new DecisionFilter.ByPrincipal("nobody"),
                        new DecisionFilter.ByResource("ws1", "pipeline", Optional.of("name-1")),
                        new DecisionFilter.ByResource("ws1", "pipeline", Optional.empty()))) {
            queries.decisions(filter, TimeRange.ALWAYS, 5);
        }
        for (int id = 0; id < 12; id++) {
            List<JobKey> jobs = queries.jobsWithId(Integer.toString(id));
            for (JobKey job : jobs) {
                assertThat(queries.graphOf(job)).isPresent();
                queries.mentionsOf(List.of(job));
            }
        }
        queries.ofRequest("request-1");
        queries.exchanges(new DecisionFilter.Everything(), TimeRange.ALWAYS, 5);
        queries.changersOf("pipelineRun", 5);
    }

    private static List<String> plan(Database database, String sql) throws IOException {
        Object[] parameters =
                Stream.generate(() -> (Object) 1L)
                        .limit(sql.chars().filter(c -> c == '?').count())
                        .toArray();
        return database.list(
                row -> row.getString("detail"), "EXPLAIN QUERY PLAN " + sql, parameters);
    }

    private void assertSame(
            AuditIndex index, DecisionFilter filter, Predicate<AuditEvent.Decided> predicate)
            throws IOException {
        assertThat(index.queries().decisions(filter, TimeRange.ALWAYS, 10_000))
                .as(filter.toString())
                .isEqualTo(decisions(predicate));
    }

    private List<AuditRecord> everything(AuditIndex index) throws IOException {
        return index.queries().decisions(new DecisionFilter.Everything(), TimeRange.ALWAYS, 10_000);
    }

    private List<AuditRecord> decisions(Predicate<AuditEvent.Decided> predicate)
            throws IOException {
        return Journals.records(directory).stream()
                .filter(
                        record ->
                                record.body() instanceof AuditEvent.Decided decided
                                        && predicate.test(decided))
                .sorted(Comparator.comparing(AuditRecord::time).reversed())
                .toList();
    }

    private List<String> requestsMentioning(JobKey job) throws IOException {
        return Journals.events(directory).stream()
                .filter(event -> mentions(event).stream().anyMatch(one -> one.job().equals(job)))
                .map(AuditIndexTest::requestOf)
                .distinct()
                .toList();
    }

    private static List<JobMention> mentions(AuditEvent event) {
        return switch (event) {
            case AuditEvent.Decided decided -> decided.jobs();
            case AuditEvent.Completed completed -> completed.jobs();
            case AuditEvent.Admin _, AuditEvent.Followed _ -> List.of();
        };
    }

    private static String requestOf(AuditEvent event) {
        return switch (event) {
            case AuditEvent.Decided decided -> decided.request().id();
            case AuditEvent.Completed completed -> completed.requestId();
            case AuditEvent.Admin admin -> admin.subject();
            case AuditEvent.Followed followed -> followed.actor();
        };
    }

    private static Optional<String> principalOf(AuditEvent.Decided decided) {
        return decided.caller().map(caller -> caller.principal().objectId());
    }

    private static boolean isAbout(
            AuditEvent.Decided decided, String workspace, String kind, Optional<String> name) {
        Optional<ResourceKey> resource = decided.request().resource();
        return resource.isPresent()
                && resource.get().workspace().equals(workspace)
                && resource.get().kind().equals(kind)
                && (name.isEmpty() || resource.get().name().equals(name));
    }

    private AuditIndex caughtUp() throws IOException {
        AuditIndex index = AuditIndex.open(directory);
        index.catchUp(Long.MAX_VALUE);
        return index;
    }

    private static void catchUp(AuditIndex index) {
        try {
            index.catchUp(Long.MAX_VALUE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void writeRandom(long seed, int count) throws Exception {
        RandomEvents events = new RandomEvents(seed);
        try (Journal journal = Journal.open(Journals.settings(directory), clock)) {
            for (int i = 0; i < count; i++) {
                assertThat(journal.appendWithinWindow(events.next("request-" + seed + "-" + i)))
                        .isTrue();
            }
        }
    }
}

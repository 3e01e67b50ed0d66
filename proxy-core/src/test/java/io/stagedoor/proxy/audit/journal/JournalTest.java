package io.stagedoor.proxy.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.TrailHealth.Status;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.JournalEvent.Checkpoint;
import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.testing.FaultyStorage;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.RandomEvents;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir Path directory;

    @Test
    void keepsRecordsInTheOrderTheyWereAppended() throws Exception {
        List<AuditEvent> appended = new ArrayList<>();
        RandomEvents events = new RandomEvents(42);
        try (Journal journal = Journals.open(directory)) {
            for (int i = 0; i < 300; i++) {
                appended.add(events.decided("request-" + i));
                assertThat(journal.appendWithinWindow(appended.getLast())).isTrue();
            }
        }

        assertThat(Journals.events(directory)).isEqualTo(appended);
    }

    @Test
    void acknowledgesWithTheSequenceNumberAndHashThatAreOnDisk() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            Receipt receipt = Journals.append(journal, SomeEvents.denied("r1"));

            AuditRecord record = Journals.records(directory).getLast();
            assertThat(record.seq()).isEqualTo(receipt.seq());
            assertThat(record.hash()).isEqualTo(receipt.hash());
            assertThat(journal.durableSeq()).isEqualTo(receipt.seq());
        }
    }

    @Test
    void acknowledgesOffTheCallersThread() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            CompletableFuture<String> thread =
                    journal.append(SomeEvents.denied("r1"))
                            .thenApply(ignored -> Thread.currentThread().getName())
                            .toCompletableFuture();

            assertThat(thread.get(10, TimeUnit.SECONDS))
                    .isIn("audit-journal", Thread.currentThread().getName());
        }
    }

    @Test
    void sealsASegmentThatIsFullAndBeginsTheNext() throws Exception {
        try (Journal journal = Journals.open(directory)) {
            for (int i = 0; i < 200; i++) {
                Journals.append(journal, SomeEvents.denied("r" + i));
            }
        }

        assertThat(Journals.segments(directory)).hasSizeGreaterThan(3);
        assertThat(Journals.verify(directory).isGood()).isTrue();
        assertThat(Journals.bodies(directory))
                .filteredOn(JournalEvent.SegmentSealed.class::isInstance)
                .hasSize(Journals.segments(directory).size() - 1);
    }

    @Test
    void goesOnInTheSameSegmentAfterAGoodClose() throws Exception {
        Journals.open(directory).close();

        try (Journal journal = Journals.open(directory)) {
            Journals.append(journal, SomeEvents.denied("r1"));

            assertThat(journal.recovery().clean()).isTrue();
            assertThat(Journals.segments(directory)).hasSize(1);
        }
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void givesSequenceNumbersWithoutGapsToEightThreads() throws Exception {
        Set<Long> acknowledged = new HashSet<>();
        ConcurrentLinkedQueue<CompletableFuture<Receipt>> receipts = new ConcurrentLinkedQueue<>();
        try (Journal journal = Journals.open(directory)) {
            List<Thread> threads =
                    IntStream.range(0, 8)
                            .mapToObj(
                                    t ->
                                            Thread.ofPlatform()
                                                    .start(() -> load(journal, t, receipts)))
                            .toList();
            for (Thread thread : threads) {
                thread.join();
            }
            for (CompletableFuture<Receipt> receipt : receipts) {
                acknowledged.add(receipt.get(10, TimeUnit.SECONDS).seq());
            }
        }

        List<AuditRecord> records = Journals.records(directory);
        assertThat(acknowledged).hasSize(8 * 250);
        assertThat(records.stream().map(AuditRecord::seq)).containsAll(acknowledged);
        assertThat(IntStream.range(0, records.size())).allMatch(i -> records.get(i).seq() == i + 1);
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void commitsManyWaitingRecordsTogether() throws Exception {
        FaultyStorage storage = new FaultyStorage(new FileStorage(directory));
        try (Journal journal = open(storage, Journals.settings(directory))) {
            Journals.append(journal, SomeEvents.denied("first"));
            storage.stall();
            int before = storage.forces.get();
            List<CompletableFuture<Receipt>> waiting =
                    IntStream.range(0, 20)
                            .mapToObj(i -> journal.append(SomeEvents.denied("r" + i)))
                            .map(stage -> stage.toCompletableFuture())
                            .toList();
            storage.resume();
            CompletableFuture.allOf(waiting.toArray(CompletableFuture[]::new))
                    .get(10, TimeUnit.SECONDS);

            assertThat(storage.forces.get() - before).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void letsReadsGatherButWritesThemWithinTheWindow() throws Exception {
        FaultyStorage storage = new FaultyStorage(new FileStorage(directory));
        JournalSettings settings =
                Journals.settings(directory)
                        .withSegmentBytes(1 << 20)
                        .withReadWindow(Duration.ofSeconds(2));
        try (Journal journal = open(storage, settings)) {
            await().until(() -> journal.durableSeq() == 2);
            int before = storage.forces.get();

            for (int i = 0; i < 50; i++) {
                assertThat(journal.appendWithinWindow(SomeEvents.denied("r" + i))).isTrue();
            }

            await().atMost(Duration.ofSeconds(5)).until(() -> journal.durableSeq() == 52);
            assertThat(storage.forces.get() - before).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void writesSignsOfLifeWhenNothingHappens() throws Exception {
        JournalSettings settings =
                Journals.settings(directory)
                        .withIntervals(Duration.ofMillis(10), Duration.ofMillis(5));
        try (Journal journal = Journal.open(settings, InstantSource.system())) {
            await().until(() -> journal.durableSeq() > 5);
        }

        assertThat(Journals.bodies(directory))
                .contains(new Checkpoint(JournalEvent.Reason.IDLE, 0))
                .endsWith(new Checkpoint(JournalEvent.Reason.CLOSED, 0));
    }

    @Test
    void letsOneJournalAtATimeWriteADirectory() throws Exception {
        try (Journal first = Journals.open(directory)) {
            assertThat(first.recovery().segment()).isEmpty();
            assertThatThrownBy(() -> Journals.open(directory))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("is being written by process")
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
        try (Journal again = Journals.open(directory)) {
            assertThat(again.health().status()).isEqualTo(Status.GREEN);
        }
    }

    @Test
    void refusesAfterItIsClosed() throws Exception {
        Journal journal = Journals.open(directory);
        journal.close();

        assertThat(journal.append(SomeEvents.denied("r1"))).isCompletedExceptionally();
        assertThat(journal.appendWithinWindow(SomeEvents.denied("r1"))).isFalse();
        assertThat(journal.health().status()).isEqualTo(Status.RED);
    }

    @Test
    void ignoresASegmentThatNeverGotItsName() throws Exception {
        Journals.open(directory).close();
        Files.writeString(directory.resolve("journal-000000000000000004.jsonl.new"), "half");

        try (Journal journal = Journals.open(directory)) {
            Journals.append(journal, SomeEvents.denied("r1"));
        }
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    private static Journal open(FaultyStorage storage, JournalSettings settings)
            throws IOException {
        return Journal.open(settings, InstantSource.system(), storage);
    }

    private static void load(
            Journal journal, int thread, ConcurrentLinkedQueue<CompletableFuture<Receipt>> all) {
        for (int i = 0; i < 250; i++) {
            all.add(
                    journal.append(SomeEvents.denied("t" + thread + "-" + i))
                            .toCompletableFuture());
        }
    }
}

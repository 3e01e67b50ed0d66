package io.stagedoor.proxy.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.audit.JournalUnavailableException;
import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.TrailHealth.Status;
import io.stagedoor.proxy.audit.record.JournalEvent;
import io.stagedoor.proxy.audit.record.JournalEvent.Checkpoint;
import io.stagedoor.proxy.audit.segment.FileStorage;
import io.stagedoor.proxy.audit.testing.FaultyStorage;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JournalFailureTest {
    @TempDir Path directory;
    private FaultyStorage storage = new FaultyStorage(new FileStorage(Path.of(".")));

    @BeforeEach
    void disk() {
        storage = new FaultyStorage(new FileStorage(directory));
    }

    static Stream<Named<Consumer<FaultyStorage>>> waysToFail() {
        return Stream.of(
                Named.of("disk full", FaultyStorage::fill),
                Named.of("flush fails", FaultyStorage::breakForce));
    }

    @ParameterizedTest
    @MethodSource("waysToFail")
    void failsWhoWaitsAndTurnsRedAndSaysWhy(Consumer<FaultyStorage> fault) throws Exception {
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.denied("before"));
            fault.accept(storage);

            assertUnavailable(journal.append(SomeEvents.denied("r1")).toCompletableFuture());
            assertUnavailable(journal.append(SomeEvents.denied("r2")).toCompletableFuture());

            assertThat(journal.health().status()).isEqualTo(Status.RED);
            assertThat(journal.health().reason())
                    .containsAnyOf("no space left on device", "input/output error");
        }
    }

    @ParameterizedTest
    @MethodSource("waysToFail")
    void neverKeepsARecordWhoseCommitFailed(Consumer<FaultyStorage> fault) throws Exception {
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.denied("before"));
            fault.accept(storage);
            assertUnavailable(journal.append(SomeEvents.denied("lost")).toCompletableFuture());
            storage.heal();
            awaitGreen(journal);
            Journals.append(journal, SomeEvents.denied("after"));
        }

        assertThat(Journals.events(directory))
                .containsExactly(SomeEvents.denied("before"), SomeEvents.denied("after"));
        assertThat(Journals.bodies(directory))
                .contains(new Checkpoint(JournalEvent.Reason.RECOVERED, 0));
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("waysToFail")
    void goesOnInANewFileAfterAFailure(Consumer<FaultyStorage> fault) throws Exception {
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.denied("before"));
            fault.accept(storage);
            assertUnavailable(journal.append(SomeEvents.denied("lost")).toCompletableFuture());
            storage.heal();
            awaitGreen(journal);

            assertThat(Journals.segments(directory)).hasSize(2);
        }
    }

    @ParameterizedTest
    @MethodSource("waysToFail")
    void keepsTheEndsOfExchangesThroughAFailure(Consumer<FaultyStorage> fault) throws Exception {
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.permitted("r1"));
            fault.accept(storage);
            assertUnavailable(journal.append(SomeEvents.denied("lost")).toCompletableFuture());
            assertThat(journal.appendWithinWindow(SomeEvents.answered("r1"))).isTrue();
            storage.heal();
            awaitGreen(journal);
        }

        assertThat(Journals.events(directory))
                .containsExactly(SomeEvents.permitted("r1"), SomeEvents.answered("r1"));
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void opensRedOnADiskThatIsFullAndRecovers() throws Exception {
        storage.fill();
        try (Journal journal = open()) {
            await().until(() -> journal.health().status() == Status.RED);
            assertUnavailable(journal.append(SomeEvents.denied("r1")).toCompletableFuture());

            storage.heal();
            awaitGreen(journal);
            Journals.append(journal, SomeEvents.denied("r2"));
        }
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void survivesThatANewSegmentCannotGetItsName() throws Exception {
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.denied("before"));
            storage.breakPublish();
            int acknowledged = appendUntilRed(journal);
            storage.heal();
            awaitGreen(journal);
            Journals.append(journal, SomeEvents.denied("after"));

            assertThat(Journals.events(directory)).hasSize(acknowledged + 2);
        }
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void writesAllOfARecordThatTheDiskTakesInPieces() throws Exception {
        storage.shortWrites(7);
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.denied("r1"));
            Journals.append(journal, SomeEvents.denied("r2"));
        }

        assertThat(Journals.events(directory)).hasSize(2);
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void failsWhenTheDiskTakesNothingAtAll() throws Exception {
        try (Journal journal = open()) {
            Journals.append(journal, SomeEvents.denied("r1"));
            storage.shortWrites(0);

            assertUnavailable(journal.append(SomeEvents.denied("r2")).toCompletableFuture());
            assertThat(journal.health().reason()).contains("takes no more bytes");
        }
    }

    @Test
    void refusesWhenTheDiskIsSlowerThanTheWindowButTakesTheEndsOfExchanges() throws Exception {
        JournalSettings settings =
                Journals.settings(directory).withReadWindow(Duration.ofMillis(50));
        try (Journal journal = Journal.open(settings, InstantSource.system(), storage)) {
            Journals.append(journal, SomeEvents.permitted("r1"));
            storage.stall();
            CompletableFuture<Receipt> stuck =
                    journal.append(SomeEvents.denied("stuck")).toCompletableFuture();
            await().until(() -> journal.health().status() == Status.RED);

            assertThat(journal.appendWithinWindow(SomeEvents.denied("read"))).isFalse();
            assertUnavailable(journal.append(SomeEvents.denied("write")).toCompletableFuture());
            assertThat(journal.appendWithinWindow(SomeEvents.answered("r1"))).isTrue();
            assertThat(journal.health().reason()).contains("waiting for the disk");

            storage.resume();
            assertThat(stuck.get(10, TimeUnit.SECONDS).seq()).isPositive();
            awaitGreen(journal);
        }
        assertThat(Journals.verify(directory).isGood()).isTrue();
    }

    @Test
    void refusesWhenTheQueueIsFullAndKeepsRoomForTheEndsOfExchanges() throws Exception {
        JournalSettings settings = Journals.settings(directory).withQueueCapacity(4);
        try (Journal journal = Journal.open(settings, InstantSource.system(), storage)) {
            Journals.append(journal, SomeEvents.permitted("r1"));
            storage.stall();
            List<CompletableFuture<Receipt>> taken =
                    Stream.of("a", "b", "c", "d")
                            .map(id -> journal.append(SomeEvents.denied(id)).toCompletableFuture())
                            .toList();

            assertUnavailable(journal.append(SomeEvents.denied("e")).toCompletableFuture());
            assertThat(journal.appendWithinWindow(SomeEvents.answered("r1"))).isTrue();

            storage.resume();
            for (CompletableFuture<Receipt> receipt : taken) {
                assertThat(receipt.get(10, TimeUnit.SECONDS).seq()).isPositive();
            }
        }
    }

    private Journal open() throws IOException {
        return Journal.open(
                Journals.settings(directory).withReadWindow(Duration.ofSeconds(30)),
                InstantSource.system(),
                storage);
    }

    private static int appendUntilRed(Journal journal) throws Exception {
        int acknowledged = 0;
        try {
            while (acknowledged < 1000) {
                Journals.append(journal, SomeEvents.denied("r" + acknowledged));
                acknowledged++;
            }
        } catch (ExecutionException e) {
            assertThat(e).hasRootCauseInstanceOf(IOException.class);
        }
        assertThat(acknowledged).isBetween(1, 999);
        return acknowledged;
    }

    private static void awaitGreen(Journal journal) {
        await().until(() -> journal.health().status() == Status.GREEN);
    }

    private static void assertUnavailable(CompletableFuture<Receipt> receipt) {
        assertThatThrownBy(() -> receipt.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(JournalUnavailableException.class);
    }
}

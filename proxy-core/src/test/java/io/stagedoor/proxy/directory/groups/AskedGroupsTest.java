package io.stagedoor.proxy.directory.groups;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.groups.GroupListener.Outcome;
import io.stagedoor.proxy.directory.groups.GroupListener.Shortcoming;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import io.stagedoor.proxy.directory.remote.NoAnswerException.Reason;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AskedGroupsTest {

    private static final PrincipalId ALICE = PrincipalId.of("t", "alice");
    private static final PrincipalId TEAM = PrincipalId.of("t", "team");
    private static final PrincipalId OTHERS = PrincipalId.of("t", "others");
    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final Duration MAX_AGE = Duration.ofHours(1);

    private final TestClock clock = new TestClock();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Scripted source = new Scripted();
    private final AskedGroups groups = asked(Duration.ofSeconds(20));

    private AskedGroups asked(Duration patience) {
        GroupTimes times = new GroupTimes(FRESH, MAX_AGE, patience, Duration.ofMinutes(1), 100);
        return new AskedGroups("entra", source, times, clock, new Hearing());
    }

    @Test
    void knowsNothingBeforeSomebodyWaited() {
        assertThat(atHand()).isEmpty();
        assertThat(source.asked.get()).isZero();
    }

    @Test
    void handsOutTheSameObjectEachTime() {
        GroupMembership first = find();

        assertThat(first).isInstanceOf(GroupMembership.Known.class);
        assertThat(atHand()).containsSame(first);
        assertThat(atHand()).isSameAs(atHand());
        assertThat(source.asked.get()).isOne();
        assertThat(first.origin().takenAt()).contains(TestClock.START);
        assertThat(first.origin().source()).isEqualTo("entra");
    }

    @Test
    void keepsTheSetWhenTheAnswerIsTheSameAgain() {
        GroupMembership first = find();
        clock.advance(FRESH);

        GroupMembership second = find();

        assertThat(setOf(second)).isSameAs(setOf(first));
        assertThat(second.origin().takenAt()).contains(clock.instant());
    }

    @Test
    void asksAheadOfTheEndWhileTheOldAnswerIsUsed() {
        find();
        source.answer = Set.of(OTHERS);
        clock.advance(Duration.ofMinutes(4));

        assertThat(atHand()).map(AskedGroupsTest::setOf).contains(Set.of(TEAM));

        await(() -> atHand().map(AskedGroupsTest::setOf).equals(Optional.of(Set.of(OTHERS))));
        assertThat(heard).containsExactly("FOUND", "FOUND");
    }

    @Test
    void waitsForANewerAnswerBeyondTheEnd() {
        find();
        source.answer = Set.of(OTHERS);
        clock.advance(FRESH);

        assertThat(atHand()).isEmpty();
        assertThat(setOf(find())).containsExactly(OTHERS);
    }

    @Test
    void asksOnceHoweverManyWait() {
        source.gate = Optional.of(new CountDownLatch(1));
        List<CompletableFuture<GroupMembership>> waiting = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            waiting.add(
                    CompletableFuture.supplyAsync(
                            this::find, task -> Thread.ofVirtual().start(task)));
        }
        await(() -> source.asked.get() == 1);

        source.gate.get().countDown();

        waiting.forEach(each -> assertThat(setOf(each.join())).containsExactly(TEAM));
        assertThat(source.asked.get()).isOne();
    }

    @ParameterizedTest
    @EnumSource(
            value = Reason.class,
            names = {"BUSY", "UNAUTHORIZED", "FORBIDDEN", "UNREACHABLE", "UNUSABLE"})
    void usesTheLastGoodAnswerWhileThereIsNoNewerOne(Reason reason) {
        GroupMembership good = find();
        source.failure = Optional.of(new NoAnswerException(reason, "no"));
        clock.advance(FRESH.plusMinutes(1));

        GroupMembership old = find();

        assertThat(setOf(old)).isSameAs(setOf(good));
        assertThat(old.origin().degraded()).isTrue();
        assertThat(old.origin().takenAt()).contains(TestClock.START);
        assertThat(atHand()).containsSame(old);
        assertThat(heard).contains("OLD");
        assertThat(groups.health().healthy()).isFalse();
    }

    @Test
    void knowsNothingOnceTheLastGoodAnswerIsTooOld() {
        find();
        source.failure = Optional.of(new NoAnswerException(Reason.UNREACHABLE, "no"));
        clock.advance(MAX_AGE);

        GroupMembership unknown = find();

        assertThat(unknown).isInstanceOf(GroupMembership.Unknown.class);
        assertThat(unknown.origin().degraded()).isTrue();
        assertThat(heard).contains("UNKNOWN");
    }

    @Test
    void usesOldAnswersNoLongerThanAllowedWhileTheDirectoryIsLeftAlone() {
        find();
        source.failure = Optional.of(new NoAnswerException(Reason.BUSY, "no", Duration.ofHours(1)));
        clock.advance(MAX_AGE.minusMinutes(10));
        assertThat(find()).isInstanceOf(GroupMembership.Known.class);

        clock.advance(Duration.ofMinutes(10));

        assertThat(atHand()).containsInstanceOf(GroupMembership.Unknown.class);
    }

    @Test
    void doesNotWaitForADirectoryThatIsLeftAlone() {
        source.failure =
                Optional.of(new NoAnswerException(Reason.BUSY, "no", Duration.ofSeconds(30)));
        find();

        clock.advance(Duration.ofSeconds(29));

        assertThat(atHand()).containsInstanceOf(GroupMembership.Unknown.class);
        assertThat(find()).isInstanceOf(GroupMembership.Unknown.class);
        assertThat(source.asked.get()).isOne();
        clock.advance(Duration.ofSeconds(1));
        assertThat(atHand()).isEmpty();
    }

    @Test
    void takesSomebodyWhoIsNotThereForUnknownAndEndsWhatWasKnown() {
        find();
        source.failure = Optional.of(new NoAnswerException(Reason.NOT_FOUND, "nobody"));
        clock.advance(FRESH);

        GroupMembership gone = find();

        assertThat(gone).isInstanceOf(GroupMembership.Unknown.class);
        assertThat(gone.origin().degraded()).isFalse();
        assertThat(groups.health().healthy()).isTrue();
        assertThat(atHand()).contains(gone);
        clock.advance(Duration.ofMinutes(1));
        assertThat(atHand()).isEmpty();
    }

    @Test
    void waitsNoLongerThanItsPatienceAndTakesTheAnswerWhenItComes() {
        AskedGroups hasty = asked(Duration.ofMillis(50));
        source.gate = Optional.of(new CountDownLatch(1));

        GroupMembership first = hasty.find(ALICE, PrincipalKind.USER);

        assertThat(first).isInstanceOf(GroupMembership.Unknown.class);
        assertThat(hasty.atHand(ALICE, PrincipalKind.USER))
                .containsInstanceOf(GroupMembership.Unknown.class);
        source.gate.get().countDown();
        await(
                () ->
                        hasty.atHand(ALICE, PrincipalKind.USER)
                                .filter(GroupMembership.Known.class::isInstance)
                                .isPresent());
        assertThat(source.asked.get()).isOne();
    }

    @Test
    void forgetsOneOrAll() {
        find();
        groups.forget(PrincipalId.of("t", "bob"));
        assertThat(atHand()).isPresent();

        groups.forget(ALICE);
        assertThat(atHand()).isEmpty();
        find();
        groups.forgetAll();

        assertThat(atHand()).isEmpty();
    }

    @Test
    void survivesAFaultOfTheSource() {
        source.fault = true;

        assertThat(find()).isInstanceOf(GroupMembership.Unknown.class);
    }

    private Optional<GroupMembership> atHand() {
        return groups.atHand(ALICE, PrincipalKind.USER);
    }

    private GroupMembership find() {
        return groups.find(ALICE, PrincipalKind.USER);
    }

    private static Set<PrincipalId> setOf(GroupMembership membership) {
        return ((GroupMembership.Known) membership).groups();
    }

    private static void await(java.util.concurrent.Callable<Boolean> condition) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(condition);
    }

    /** A directory that answers as it is told. */
    private static final class Scripted implements GroupSource {
        final AtomicInteger asked = new AtomicInteger();
        volatile Set<PrincipalId> answer = Set.of(TEAM);
        volatile Optional<NoAnswerException> failure = Optional.empty();
        volatile Optional<CountDownLatch> gate = Optional.empty();
        volatile boolean fault;

        @Override
        public Set<PrincipalId> groupsOf(PrincipalId principal, PrincipalKind kind)
                throws NoAnswerException {
            asked.incrementAndGet();
            if (gate.isPresent()) {
                awaitGate();
            }
            if (fault) {
                throw new IllegalStateException("a fault");
            }
            if (failure.isPresent()) {
                throw failure.get();
            }
            return answer;
        }

        private void awaitGate() {
            try {
                gate.get().await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public List<GroupFinding> examine() {
            return List.of();
        }

        @Override
        public void close() {}
    }

    private final class Hearing implements GroupListener {
        @Override
        public void onAsked(String directory, Outcome outcome, Duration took) {
            heard.add(outcome.name());
        }

        @Override
        public void onDegraded(String directory, Shortcoming shortcoming) {
            heard.add(shortcoming.name());
        }
    }
}

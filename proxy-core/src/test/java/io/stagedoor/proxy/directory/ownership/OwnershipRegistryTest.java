package io.stagedoor.proxy.directory.ownership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.operation.Ownership.Rule;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.directory.testing.Listed;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class OwnershipRegistryTest {

    private static final PrincipalId ALICE =
            PrincipalId.of(Listed.TENANT, Listed.guid("aaaaaaaa", 1));
    private static final PrincipalId BOB =
            PrincipalId.of(Listed.TENANT, Listed.guid("bbbbbbbb", 2));
    private static final OwnedId SESSION = new OwnedId("ws1", "livySession", List.of("p"), "7");
    private static final OwnedId RUN = new OwnedId("ws1", "notebookRun", List.of(), "run-1");
    private static final Instant EARLY = TestClock.START.minusSeconds(60);
    private static final Instant LATE = TestClock.START.minusSeconds(30);

    private final TestClock clock = new TestClock();
    private final OwnershipRegistry registry = new OwnershipRegistry(clock);

    @Test
    void bindsWhatThePlatformGave() throws Exception {
        registry.created(SESSION, ALICE);

        registry.requireOwner(SESSION, ALICE);
        assertThat(registry.standing(SESSION, ALICE)).isEqualTo(Standing.OWNER);
        assertThat(registry.standing(SESSION, BOB)).isEqualTo(Standing.OTHER);
    }

    @Test
    void refusesAnotherPrincipal() {
        registry.created(SESSION, ALICE);

        assertThatThrownBy(() -> registry.requireOwner(SESSION, BOB))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_OWNER))
                .hasMessageContaining("made by another principal");
    }

    @Test
    void refusesEverybodyWhenNobodyIsKnown() {
        assertThatThrownBy(() -> registry.requireOwner(SESSION, ALICE))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.NOT_OWNER))
                .hasMessageContaining("by nobody that is known");
    }

    @Test
    void neverNamesTheOwnerInARefusal() {
        registry.created(SESSION, ALICE);

        assertThatThrownBy(() -> registry.requireOwner(SESSION, BOB))
                .message()
                .doesNotContain(ALICE.objectId());
    }

    @Test
    void tellsSessionsOfDifferentPoolsAndWorkspacesApart() {
        registry.created(SESSION, ALICE);

        assertThat(registry.standing(of("ws2", "p", "7"), ALICE)).isEqualTo(Standing.UNKNOWN);
        assertThat(registry.standing(of("ws1", "q", "7"), ALICE)).isEqualTo(Standing.UNKNOWN);
        assertThat(registry.standing(of("ws1", "p", "8"), ALICE)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void comparesWithoutCase() {
        registry.created(of("WS1", "P", "7"), ALICE);

        assertThat(registry.standing(SESSION, ALICE)).isEqualTo(Standing.OWNER);
    }

    @Test
    void givesAReusedSessionNumberToItsNewMaker() {
        registry.created(SESSION, ALICE);

        registry.created(SESSION, BOB);

        assertThat(registry.standing(SESSION, ALICE)).isEqualTo(Standing.OTHER);
        assertThat(registry.standing(SESSION, BOB)).isEqualTo(Standing.OWNER);
    }

    @Test
    void bindsAChosenIdToItsFirstUser() throws Exception {
        assertThat(registry.requireClaim(RUN, ALICE)).isEqualTo(Claim.FIRST);
        assertThat(registry.requireClaim(RUN, ALICE)).isEqualTo(Claim.OWN);
        assertThatThrownBy(() -> registry.requireClaim(RUN, BOB))
                .isInstanceOfSatisfying(
                        RefusedException.class, e -> assertThat(e.code()).isEqualTo(Code.ID_TAKEN));
    }

    @Test
    void givesUpAnIdThatWasNeverUsed() {
        registry.claim(RUN, ALICE);

        registry.release(RUN, ALICE);

        assertThat(registry.claim(RUN, BOB)).isEqualTo(Claim.FIRST);
    }

    @Test
    void keepsAnIdThatWasUsedAgainWhenItsFirstUseIsGivenUp() {
        registry.claim(RUN, ALICE);
        registry.claim(RUN, ALICE);

        registry.release(RUN, ALICE);

        assertThat(registry.claim(RUN, BOB)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void letsNobodyGiveUpAnotherPrincipalsId() {
        registry.claim(RUN, ALICE);

        registry.release(RUN, BOB);

        assertThat(registry.claim(RUN, BOB)).isEqualTo(Claim.TAKEN);
    }

    @Test
    void restoresTheLaterOfTwoCreations() {
        registry.restore(Rule.CREATES, SESSION, BOB, LATE);
        registry.restore(Rule.CREATES, SESSION, ALICE, EARLY);

        assertThat(registry.standing(SESSION, BOB)).isEqualTo(Standing.OWNER);
    }

    @Test
    void restoresTheEarlierOfTwoClaims() {
        registry.restore(Rule.CLAIMS, RUN, BOB, LATE);
        registry.restore(Rule.CLAIMS, RUN, ALICE, EARLY);

        assertThat(registry.standing(RUN, ALICE)).isEqualTo(Standing.OWNER);
    }

    @Test
    void restoresNothingOverWhatHappenedSince() {
        registry.created(SESSION, BOB);

        registry.restore(Rule.CREATES, SESSION, ALICE, EARLY);

        assertThat(registry.standing(SESSION, BOB)).isEqualTo(Standing.OWNER);
    }

    @Test
    void restoresNothingFromAMereUse() {
        registry.restore(Rule.OWNER_ONLY, SESSION, ALICE, EARLY);

        assertThat(registry.standing(SESSION, ALICE)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void forgetsWhatNobodyUsedForLong() {
        registry.created(SESSION, ALICE);

        clock.advance(OwnershipRegistry.KEPT_UNUSED.minusMillis(1));
        assertThat(registry.standing(SESSION, ALICE)).isEqualTo(Standing.OWNER);
        clock.advance(OwnershipRegistry.KEPT_UNUSED);

        assertThat(registry.standing(SESSION, ALICE)).isEqualTo(Standing.UNKNOWN);
    }

    @Test
    void holdsNoMoreThanItsCapacity() {
        OwnershipRegistry small = new OwnershipRegistry(clock, 100);

        for (int i = 0; i < 10_000; i++) {
            small.created(of("ws1", "p", String.valueOf(i)), ALICE);
        }

        assertThat(small.size()).isBetween(1L, 100L);
    }

    @Test
    void givesAContestedIdToExactlyOne() throws Exception {
        List<Future<Claim>> claims = new ArrayList<>();
        CountDownLatch together = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 64; i++) {
                PrincipalId one = PrincipalId.of(Listed.TENANT, Listed.guid("cccccccc", i));
                claims.add(
                        executor.submit(
                                () -> {
                                    together.await();
                                    return registry.claim(RUN, one);
                                }));
            }
            together.countDown();
        }

        assertThat(claims).extracting(Future::resultNow).containsOnlyOnce(Claim.FIRST);
    }

    @Test
    void forgetsAfterADayOnlyWhatExpired() {
        registry.created(SESSION, ALICE);

        clock.advance(Duration.ofDays(1));

        assertThat(registry.size()).isEqualTo(1);
    }

    private static OwnedId of(String workspace, String pool, String id) {
        return new OwnedId(workspace, "livySession", List.of(pool), id);
    }
}

package io.stagedoor.proxy.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class UpstreamCredentialsTest {

    private static final CredentialDemand DEMAND = CredentialDemand.ofProxy("ws1");

    private final TestClock clock = new TestClock();
    private final ScriptedTokens tokens = new ScriptedTokens(clock);
    private final UpstreamCredentials credentials =
            UpstreamCredentials.builder(clock).add("ws1", "scripted", tokens).build();

    @AfterEach
    void close() {
        credentials.close();
    }

    @Test
    void hasNothingBeforeTheFirstAcquisitionAndDoesNotWaitForIt() {
        tokens.mayAnswer.drainPermits();
        credentials.renewDue();

        assertThat(credentials.atHand(DEMAND)).isEmpty();
        tokens.mayAnswer.release();
        await().atMost(Duration.ofSeconds(60)).until(() -> credentials.atHand(DEMAND).isPresent());
    }

    @Test
    void acquiresForWhoCannotDoWithout() throws Exception {
        assertThat(value()).isEqualTo("Bearer t1");
        assertThat(credentials.atHand(DEMAND)).map(UpstreamCredential::value).contains("Bearer t1");
    }

    @Test
    void acquiresAtOnceAfterItsStart() {
        credentials.start();

        await().atMost(Duration.ofSeconds(60)).until(() -> credentials.atHand(DEMAND).isPresent());
    }

    @Test
    void acquiresOnceForAllWhoWait() throws Exception {
        tokens.mayAnswer.drainPermits();
        List<Future<String>> values = new ArrayList<>();
        try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 100; i++) {
                values.add(executor.submit(this::value));
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> tokens.asked.get() == 1);
            tokens.mayAnswer.release(100);
        }

        assertThat(values).extracting(Future::resultNow).containsOnly("Bearer t1");
        assertThat(tokens.asked).hasValue(1);
    }

    @Test
    void renewsAheadOfExpiryWhileTheOldOneStaysInUse() throws Exception {
        value();
        clock.advance(Duration.ofMinutes(48).minusMillis(1));
        credentials.renewDue();
        assertThat(tokens.asked).hasValue(1);
        tokens.mayAnswer.drainPermits();
        clock.advance(Duration.ofMillis(1));

        credentials.renewDue();

        await().atMost(Duration.ofSeconds(60)).until(() -> tokens.asked.get() == 2);
        assertThat(value()).isEqualTo("Bearer t1");
        tokens.mayAnswer.release();
        await().atMost(Duration.ofSeconds(60)).until(() -> value().equals("Bearer t2"));
    }

    @Test
    void handsOutNoCredentialThatIsAboutToExpire() throws Exception {
        value();

        clock.advance(ScriptedTokens.LIFE.minusSeconds(30).minusMillis(1));
        assertThat(credentials.atHand(DEMAND)).isPresent();
        clock.advance(Duration.ofMillis(1));

        assertThat(credentials.atHand(DEMAND)).isEmpty();
    }

    @Test
    void keepsTheOldOneThroughFailuresUntilItExpires() throws Exception {
        value();
        tokens.failure = "the authority is down";
        clock.advance(Duration.ofMinutes(50));
        credentials.renewDue();
        await().atMost(Duration.ofSeconds(60)).until(() -> health().failures() == 1);

        assertThat(value()).isEqualTo("Bearer t1");
        clock.advance(Duration.ofMinutes(10));

        assertThatThrownBy(this::value).isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesWithoutSayingWhatTheAuthoritySaid() {
        tokens.failure = "AADSTS7000215 for application x";

        assertThatThrownBy(this::value)
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.code()).isEqualTo(Code.CREDENTIAL_UNAVAILABLE))
                .message()
                .contains("`ws1`")
                .doesNotContain("AADSTS");
        assertThat(health().lastFailure()).contains("AADSTS7000215 for application x");
    }

    @Test
    void doesNotAskAgainWhileItCoolsDownAndDoublesTheTime() {
        tokens.failure = "down";
        assertThatThrownBy(this::value).isInstanceOf(RefusedException.class);

        assertAsksAgainOnlyAfter(Duration.ofSeconds(1), 1);
        assertAsksAgainOnlyAfter(Duration.ofSeconds(2), 2);
        assertAsksAgainOnlyAfter(Duration.ofSeconds(4), 3);
    }

    @Test
    void coolsDownNoLongerThanAMinute() {
        tokens.failure = "down";
        for (int i = 0; i < 12; i++) {
            assertThatThrownBy(this::value).isInstanceOf(RefusedException.class);
            clock.advance(Duration.ofMinutes(1));
        }

        assertThat(tokens.asked).hasValue(12);
    }

    @Test
    void recoversOnceTheSourceDoes() throws Exception {
        tokens.failure = "down";
        assertThatThrownBy(this::value).isInstanceOf(RefusedException.class);
        tokens.failure = "";
        clock.advance(Duration.ofSeconds(1));

        assertThat(value()).isEqualTo("Bearer t2");
        assertThat(health().lastFailure()).isEmpty();
        assertThat(health().failures()).isZero();
    }

    @Test
    void acquiresAnotherOnceTheUpstreamRefusedOne() throws Exception {
        UpstreamCredential refused = credentials.credentialFor(DEMAND);

        credentials.refused("ws1", refused);

        assertThat(value()).isEqualTo("Bearer t2");
        assertThat(tokens.asked).hasValue(2);
    }

    @Test
    void keepsANewerCredentialWhenAnOlderOneWasRefused() throws Exception {
        UpstreamCredential old = credentials.credentialFor(DEMAND);
        credentials.refused("ws1", old);
        value();
        clock.advance(RenewingCredential.INVALIDATION_DISTANCE);

        credentials.refused("ws1", old);

        assertThat(value()).isEqualTo("Bearer t2");
    }

    @Test
    void doesNotAskForANewOneAtTheRateOfRefusals() throws Exception {
        credentials.refused("ws1", credentials.credentialFor(DEMAND));
        UpstreamCredential second = credentials.credentialFor(DEMAND);

        clock.advance(RenewingCredential.INVALIDATION_DISTANCE.minusMillis(1));
        credentials.refused("ws1", second);
        assertThat(credentials.atHand(DEMAND)).contains(second);
        clock.advance(Duration.ofMillis(1));
        credentials.refused("ws1", second);

        assertThat(credentials.atHand(DEMAND)).isEmpty();
        assertThat(value()).isEqualTo("Bearer t3");
    }

    @Test
    void refusesAnUpstreamItHasNoCredentialFor() {
        UpstreamCredential any = UpstreamCredential.bearer("x", clock.instant());

        assertThat(credentials.atHand(CredentialDemand.ofProxy("ws9"))).isEmpty();
        credentials.refused("ws9", any);
        assertThat(credentials.takesToken("ws9")).isFalse();
        assertThatThrownBy(() -> credentials.credentialFor(CredentialDemand.ofProxy("ws9")))
                .isInstanceOf(RefusedException.class);
    }

    @Test
    void refusesTwoCredentialsForOneUpstream() {
        UpstreamCredentials.Builder builder =
                UpstreamCredentials.builder(clock).add("ws1", "scripted", tokens);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.add("ws1", "scripted", tokens))
                .withMessageContaining("`ws1`");
    }

    @Test
    void tellsHowItIsDoing() throws Exception {
        assertThat(health().isUsable()).isFalse();

        value();

        assertThat(credentials.health())
                .containsExactly(
                        new CredentialHealth(
                                "ws1",
                                "scripted",
                                Optional.of(TestClock.START.plus(ScriptedTokens.LIFE)),
                                0,
                                Optional.empty(),
                                Optional.empty()));
    }

    @Test
    void neverWritesTheValue() throws Exception {
        assertThat(credentials.credentialFor(DEMAND).toString()).doesNotContain("t1");
    }

    @Test
    void survivesASourceThatBreaks() {
        UpstreamCredentials broken =
                UpstreamCredentials.builder(clock)
                        .add(
                                "ws1",
                                "broken",
                                _ -> {
                                    throw new IllegalStateException("secret-in-a-bug");
                                })
                        .build();

        assertThatThrownBy(() -> broken.credentialFor(DEMAND)).isInstanceOf(RefusedException.class);
        assertThat(broken.health().getFirst().lastFailure())
                .contains("the broken failed unexpectedly");
    }

    private void assertAsksAgainOnlyAfter(Duration coolDown, int askedBefore) {
        clock.advance(coolDown.minusMillis(1));
        assertThatThrownBy(this::value).isInstanceOf(RefusedException.class);
        assertThat(tokens.asked).hasValue(askedBefore);
        clock.advance(Duration.ofMillis(1));
        assertThatThrownBy(this::value).isInstanceOf(RefusedException.class);
        assertThat(tokens.asked).hasValue(askedBefore + 1);
    }

    private String value() throws RefusedException {
        return credentials.credentialFor(DEMAND).value();
    }

    private CredentialHealth health() {
        return credentials.health().getFirst();
    }
}

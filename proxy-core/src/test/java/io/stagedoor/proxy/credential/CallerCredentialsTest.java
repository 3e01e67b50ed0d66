package io.stagedoor.proxy.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CallerCredentialsTest {

    private static final Duration LIFE = Duration.ofHours(1);
    private static final Refusal NO_CONSENT =
            Refusal.of(Code.CREDENTIAL_UNAVAILABLE, "nobody consented", "ask for consent");

    private final TestClock clock = new TestClock();
    private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
    private volatile Optional<TokenUnavailableException> failure = Optional.empty();
    private final CallerCredentials credentials =
            new CallerCredentials("ws1", "on behalf of", this::exchange, clock);

    private AcquiredToken exchange(CredentialDemand demand) throws TokenUnavailableException {
        String token = demand.caller().token();
        int times = asked.computeIfAbsent(token, _ -> new AtomicInteger()).incrementAndGet();
        if (failure.isPresent()) {
            throw failure.get();
        }
        return AcquiredToken.of(
                UpstreamCredential.bearer(token + "-" + times, clock.instant().plus(LIFE)),
                clock.instant());
    }

    private static CredentialDemand demand(String principal, String token) {
        return new CredentialDemand(
                "ws1",
                new CallerProof(PrincipalId.of("t", principal), Optional.empty(), token),
                Set.of());
    }

    private int timesAsked(String token) {
        return Optional.ofNullable(asked.get(token)).map(AtomicInteger::get).orElse(0);
    }

    @Test
    void holdsNothingForWhoNeverCame() {
        assertThat(credentials.atHand(demand("a", "x"))).isEmpty();
        assertThat(credentials.size()).isZero();
    }

    @Test
    void givesEachTokenItsOwn() throws Exception {
        credentials.acquire(demand("a", "x"));
        credentials.acquire(demand("b", "y"));

        assertThat(credentials.atHand(demand("a", "x")).orElseThrow().value())
                .isEqualTo("Bearer x-1");
        assertThat(credentials.atHand(demand("b", "y")).orElseThrow().value())
                .isEqualTo("Bearer y-1");
        assertThat(credentials.atHand(demand("a", "y"))).isEmpty();
    }

    @Test
    void exchangesOnceForAllWhoWait() throws Exception {
        List<Future<UpstreamCredential>> got = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 200; i++) {
                String token = i % 2 == 0 ? "x" : "y";
                got.add(threads.submit(() -> credentials.acquire(demand("a", token))));
            }
        }

        assertThat(got).extracting(each -> each.resultNow().value()).hasSize(200);
        assertThat(timesAsked("x")).isEqualTo(1);
        assertThat(timesAsked("y")).isEqualTo(1);
    }

    @Test
    void renewsAheadOfExpiryWhenTheTokenIsShownAgain() throws Exception {
        credentials.acquire(demand("a", "x"));
        clock.advance(Duration.ofMinutes(48));

        assertThat(credentials.atHand(demand("a", "x")).orElseThrow().value())
                .isEqualTo("Bearer x-1");
        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                credentials
                                        .atHand(demand("a", "x"))
                                        .orElseThrow()
                                        .value()
                                        .equals("Bearer x-2"));
    }

    @Test
    void letsGoOfWhatItHasWithTheCallersToken() throws Exception {
        String token = token(clock.instant().plus(Duration.ofMinutes(10)));
        credentials.acquire(demand("a", token));
        assertThat(credentials.size()).isEqualTo(1);

        clock.advance(Duration.ofMinutes(10));

        assertThat(credentials.atHand(demand("a", token))).isEmpty();
        assertThat(credentials.size()).isZero();
    }

    private static String token(Instant expiresAt) throws Exception {
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader(JWSAlgorithm.HS256),
                        new JWTClaimsSet.Builder().expirationTime(Date.from(expiresAt)).build());
        token.sign(new MACSigner("0123456789abcdef0123456789abcdef"));
        return token.serialize();
    }

    @Test
    void doesNotRepeatWhatFailedUntilItCooledDown() {
        failure = Optional.of(new TokenUnavailableException("AADSTS65001", NO_CONSENT));
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> credentials.acquire(demand("a", "x")))
                    .isInstanceOfSatisfying(
                            TokenUnavailableException.class,
                            none -> assertThat(none.refusal()).contains(NO_CONSENT));
        }

        assertThat(timesAsked("x")).isEqualTo(1);
        clock.advance(RenewingCredential.FIRST_COOL_DOWN);
        assertThatThrownBy(() -> credentials.acquire(demand("a", "x")))
                .isInstanceOf(TokenUnavailableException.class);
        assertThat(timesAsked("x")).isEqualTo(2);
    }

    @Test
    void whatConcernsOneCallerIsNotTheHealthOfAll() {
        failure = Optional.of(new TokenUnavailableException("AADSTS65001", NO_CONSENT));
        assertThatThrownBy(() -> credentials.acquire(demand("a", "x")))
                .isInstanceOf(TokenUnavailableException.class);
        assertThat(credentials.health().lastFailure()).isEmpty();

        failure = Optional.of(new TokenUnavailableException("the authority is down"));
        assertThatThrownBy(() -> credentials.acquire(demand("a", "y")))
                .isInstanceOf(TokenUnavailableException.class);

        assertThat(credentials.health().lastFailure()).contains("the authority is down");
    }

    @Test
    void exchangesAnewWhatTheServiceRefusedAndNothingElse() throws Exception {
        UpstreamCredential refused = credentials.acquire(demand("a", "x"));
        credentials.acquire(demand("b", "y"));

        credentials.refused(refused);

        assertThat(credentials.atHand(demand("a", "x"))).isEmpty();
        assertThat(credentials.acquire(demand("a", "x")).value()).isEqualTo("Bearer x-2");
        assertThat(timesAsked("y")).isEqualTo(1);
    }

    @Test
    void holdsNoMoreThanItMay() throws Exception {
        CallerCredentials few =
                new CallerCredentials("ws1", "on behalf of", this::exchange, clock, 50);
        for (int i = 0; i < 200; i++) {
            few.acquire(demand("a", "x" + i));
        }

        assertThat(few.size()).isLessThanOrEqualTo(50);
    }

    @Test
    void noCallerIsTakenForTheProxy() throws Exception {
        CallerProof named =
                new CallerProof(CallerProof.PROXY.principal(), Optional.empty(), "forged");
        OwnAndCallers both =
                new OwnAndCallers(
                        Optional.of(
                                new SharedCredential(
                                        "ws1", "own", new ScriptedTokens(clock), clock)),
                        credentials);

        assertThat(both.acquire(new CredentialDemand("ws1", named, Set.of())).value())
                .isEqualTo("Bearer forged-1");
        assertThat(both.acquire(CredentialDemand.ofProxy("ws1")).value()).isEqualTo("Bearer t1");
    }
}

package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.authn.keys.KeySource;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The world of the token cases: an Entra-like issuer of tenant t1, an Okta-like one, a clock, and one
 * good token that each case changes in one place.
 */
final class AuthnFixture implements AutoCloseable {

    static final String T1 = "11111111-aaaa-4aaa-8aaa-111111111111";
    static final String T2 = "22222222-bbbb-4bbb-8bbb-222222222222";
    static final String ALICE = "0a11ce00-0000-4000-8000-000000000001";
    static final String CLIENT = "c11e0700-0000-4000-8000-000000000002";
    static final String KEYS = "/" + T1 + "/keys";
    static final String DISCOVERY = "/" + T1 + "/v2.0/.well-known/openid-configuration";
    static final String OKTA_KEYS = "/okta/keys";
    static final Duration SKEW = Duration.ofSeconds(60);
    static final Duration PAST_COOL_DOWN = Duration.ofSeconds(31);

    /** The default limits, but patient: the machine may be busy. */
    static final AuthenticationLimits LIMITS = patient(AuthenticationLimits.defaults());

    /** The default times, but patient: the machine may be busy. */
    static final KeySetTimes TIMES =
            patient(KeySetTimes.DEFAULT, KeySetTimes.DEFAULT.refreshAfter());

    /** The same without renewals, so that many rows can share a key set. */
    static final KeySetTimes NO_RENEWAL = patient(KeySetTimes.DEFAULT, Duration.ofHours(23));

    final LoopbackIssuer server = LoopbackIssuer.start();

    /** A stranger's server, which nobody may ever ask. */
    final LoopbackIssuer attacker = LoopbackIssuer.start();

    final TestClock clock = new TestClock();
    private Optional<TokenAuthenticator> authenticator = Optional.empty();
    private boolean changed = true;

    private static AuthenticationLimits patient(AuthenticationLimits limits) {
        return new AuthenticationLimits(
                limits.tokenLength(),
                limits.verifiedTokens(),
                limits.refusedTokens(),
                limits.refusedFor(),
                limits.verifications(),
                Duration.ofMinutes(1));
    }

    private static KeySetTimes patient(KeySetTimes times, Duration refreshAfter) {
        return new KeySetTimes(
                times.coolDown(),
                times.pauseAfterFailure(),
                refreshAfter,
                times.maxAge(),
                Duration.ofMinutes(1));
    }

    String entra() {
        return entra(T1);
    }

    String entra(String tenant) {
        return server.base() + "/" + tenant + "/v2.0";
    }

    String okta() {
        return server.base() + "/okta";
    }

    /** Makes the world ordinary again: time goes on past the cool-down, and nobody was asked. */
    void reset() {
        if (changed) {
            reset(LIMITS);
            changed = false;
        }
        goOn();
    }

    /** Time goes on past the cool-down, and nobody was asked. */
    void goOn() {
        clock.advance(PAST_COOL_DOWN);
        server.forgetHits();
    }

    /** Publishes the ordinary key sets and makes an authenticator that has fetched them. */
    void reset(AuthenticationLimits limits) {
        publishAll();
        use(limits, NO_RENEWAL, entraIssuer(), oktaIssuer());
    }

    /** Publishes the ordinary key sets: of good keys and of many that are not fit. */
    void publishAll() {
        attacker.serve("/keys", TestKeys.keySet(TestKeys.jwk("rsa", TestKeys.OTHER_RSA)));
        publish(
                TestKeys.jwk("rsa", TestKeys.RSA).put("use", "sig").put("alg", "RS256"),
                TestKeys.jwk("ps", TestKeys.OTHER_RSA).put("alg", "PS256"),
                TestKeys.jwk("ec", TestKeys.P256).put("use", "sig"),
                TestKeys.jwk("enc", TestKeys.RSA).put("use", "enc"),
                TestKeys.jwk("ops", TestKeys.RSA)
                        .set("key_ops", Draft.node(new String[] {"encrypt"})),
                TestKeys.jwk("short", TestKeys.SHORT_RSA),
                TestKeys.jwk("p384", TestKeys.P384),
                TestKeys.jwk("other-tenant", TestKeys.RSA).put("issuer", entra(T2)),
                TestKeys.jwk("other-cloud", TestKeys.RSA)
                        .put("issuer", "https://login.other.example/v2.0"));
        server.serve(OKTA_KEYS, TestKeys.keySet(TestKeys.jwk("okta", TestKeys.OTHER_RSA)));
    }

    void publish(ObjectNode... keys) {
        changed = true;
        server.serve(KEYS, TestKeys.keySet(keys));
        server.serve(
                DISCOVERY,
                Draft.json("{}").put("issuer", entra()).put("jwks_uri", server.base() + KEYS));
    }

    /** Uses a preloaded authenticator for these issuers, past the cool-down of its first fetch. */
    void use(AuthenticationLimits limits, KeySetTimes times, TrustedIssuer... issuers) {
        TokenAuthenticator fresh = make(limits, times, AuthenticationListener.NONE, issuers);
        fresh.preload();
        clock.advance(PAST_COOL_DOWN);
        server.forgetHits();
    }

    TokenAuthenticator make(
            AuthenticationLimits limits,
            KeySetTimes times,
            AuthenticationListener listener,
            TrustedIssuer... issuers) {
        changed = true;
        authenticator.ifPresent(TokenAuthenticator::close);
        try {
            TokenAuthenticator fresh =
                    TokenAuthenticator.of(List.of(issuers), limits, times, clock, listener);
            authenticator = Optional.of(fresh);
            return fresh;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    TrustedIssuer entraIssuer() {
        return entraIssuer(
                TokenRules.of(
                        Set.of("api1", "api://api1"),
                        EnumSet.allOf(SignatureAlgorithm.class),
                        SKEW));
    }

    TrustedIssuer entraIssuer(TokenRules rules) {
        KeySource source =
                new KeySource(Optional.empty(), Optional.of(TestCertificate.localhost().pem()));
        return new TrustedIssuer(
                "entra", entra(), source, rules, TenantRule.entra(Set.of(T1)), ClaimNames.ENTRA);
    }

    TrustedIssuer oktaIssuer() {
        return new TrustedIssuer(
                "okta",
                okta(),
                fixedKeys(OKTA_KEYS),
                TokenRules.of(Set.of("api1"), EnumSet.of(SignatureAlgorithm.RS256), SKEW),
                new TenantRule.Constant("okta-main"),
                new ClaimNames("uid", "groups", List.of("cid")));
    }

    KeySource fixedKeys(String path) {
        return new KeySource(
                Optional.of(URI.create(server.base() + path)),
                Optional.of(TestCertificate.localhost().pem()));
    }

    /** Returns the good token's draft: Entra v2, delegated, for Alice. */
    Draft good() {
        long now = clock.instant().getEpochSecond();
        ObjectNode claims =
                Draft.json("{}")
                        .put("iss", entra())
                        .put("aud", "api1")
                        .put("iat", now)
                        .put("nbf", now)
                        .put("exp", now + 3600)
                        .put("tid", T1)
                        .put("oid", ALICE)
                        .put("sub", "pairwise-subject")
                        .put("azp", CLIENT)
                        .put("scp", "user_impersonation")
                        .put("preferred_username", "alice@example.org")
                        .put("uti", "token-1")
                        .put("ver", "2.0");
        ObjectNode header =
                Draft.json("{}").put("typ", "JWT").put("alg", "RS256").put("kid", "rsa");
        return new Draft(header, claims);
    }

    /** Returns the good token's draft of the Okta-like issuer. */
    Draft goodOkta() {
        Draft draft = new Draft(good().header(), Draft.json("{}"));
        long now = clock.instant().getEpochSecond();
        return draft.header("kid", "okta")
                .claim("iss", okta())
                .claim("aud", "api1")
                .claim("iat", now)
                .claim("exp", now + 3600)
                .claim("uid", "00u1alice")
                .claim("cid", "0oaclient")
                .claim("scp", List.of("openid"))
                .claim("jti", "AT.token");
    }

    TokenAuthenticator authenticator() {
        return authenticator.orElseThrow();
    }

    VerifiedToken accept(String token) {
        return accept(token, Set.of());
    }

    VerifiedToken accept(String token, Set<String> routeAudiences) {
        try {
            return authenticator()
                    .authenticate(bearer(token), routeAudiences, new LastToken(), "::1");
        } catch (RefusedException refused) {
            throw new AssertionError(refused);
        }
    }

    Code codeOf(String token) {
        return refusalOf(token).code();
    }

    /** Returns why the token is refused, after checking that the refusal shows none of it. */
    Refusal refusalOf(String token) {
        RefusedException refused =
                catchThrowableOfType(
                        RefusedException.class,
                        () ->
                                authenticator()
                                        .authenticate(
                                                bearer(token), Set.of(), new LastToken(), "::1"));
        assertThat(refused).as("the refusal").isNotNull();
        Refusal refusal = refused.refusal();
        for (String part : token.split("\\.", -1)) {
            if (part.length() > 7) {
                assertThat(refused.toString() + refusal.help()).doesNotContain(part);
            }
        }
        return refusal;
    }

    static Optional<String> bearer(String token) {
        return Optional.of("Bearer " + token);
    }

    /** Returns how often the key set of the Entra-like issuer was fetched since the preload. */
    int fetches() {
        return server.hits(KEYS);
    }

    @Override
    public void close() {
        authenticator.ifPresent(TokenAuthenticator::close);
        attacker.close();
        server.close();
    }
}

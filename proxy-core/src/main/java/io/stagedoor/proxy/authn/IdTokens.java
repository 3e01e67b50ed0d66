package io.stagedoor.proxy.authn;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.authn.jose.UnverifiedToken;
import io.stagedoor.proxy.authn.keys.IssuerKeys;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.authn.keys.TrustedKey;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Verifies the ID tokens of one issuer for one client (OpenID Connect Core 1.0, section 3.1.3.7): as
 * strictly as access tokens, by rules of their own, so that neither is ever taken for the other.
 *
 * <p>Beyond what holds for every token: the audience is this client alone, {@code azp} is nobody else,
 * the nonce is the one of this sign-in, and the token was issued just now. May block for a key fetch;
 * safe for use by many threads.
 */
public final class IdTokens implements AutoCloseable {

    private static final int MAX_LENGTH = 32 * 1024;
    private static final Duration FRESH = Duration.ofMinutes(10);
    private static final List<String> LABELS = List.of("preferred_username", "upn", "email");
    private static final List<String> FOREIGN = List.of("cnf", "events", "scp", "scope");

    private final TrustedIssuer issuer;
    private final String client;
    private final IssuerKeys keys;
    private final ClaimChecks checks;
    private final InstantSource clock;

    private IdTokens(TrustedIssuer issuer, String client, IssuerKeys keys, InstantSource clock) {
        this.issuer = issuer;
        this.client = client;
        this.keys = keys;
        this.checks = new ClaimChecks(issuer.rules());
        this.clock = clock;
    }

    /**
     * Makes a verifier. Nothing is fetched yet.
     *
     * @param client the client id
     * @throws IOException if certificates to trust cannot be read
     */
    public static IdTokens of(
            TrustedIssuer issuer, String client, KeySetTimes times, InstantSource clock)
            throws IOException {
        IssuerKeys.PublishedKeys published =
                new IssuerKeys.PublishedKeys(
                        issuer.name(), issuer.issuer(), issuer.keySource(), issuer.keyIssuers());
        return new IdTokens(
                issuer,
                client,
                IssuerKeys.of(published, times, clock, new AuthenticationListener() {}),
                clock);
    }

    /**
     * Who signed in.
     *
     * @param principal tenant and object id
     * @param groups all groups, or nothing when the token does not tell
     * @param label a name for people to read; nothing may be decided by it
     */
    public record SignedIn(
            PrincipalId principal, Optional<Set<PrincipalId>> groups, Optional<String> label) {}

    /**
     * Verifies a token.
     *
     * @param nonce what was sent with the request to sign in
     * @throws RefusedException with a {@code token_*} code or {@code keys_unavailable}
     */
    public SignedIn verify(String token, String nonce) throws RefusedException {
        if (token.length() > MAX_LENGTH) {
            throw RefusedException.of(Code.TOKEN_MALFORMED, "the ID token is too long");
        }
        UnverifiedToken unverified = UnverifiedToken.parse(token);
        requireKind(unverified);
        TrustedKey key = keys.keyFor(unverified.header().algorithm(), unverified.header().keyId());
        boolean genuine =
                key.verifies(
                        unverified.header().algorithm(),
                        unverified.signingInput(),
                        unverified.signature());
        if (!genuine) {
            throw RefusedException.of(
                    Code.TOKEN_BAD_SIGNATURE, "the ID token's signature is not its issuer's");
        }
        Claims claims = new Claims(unverified.payload());
        requireIssuedHere(claims, nonce);
        return identityOf(claims);
    }

    private void requireKind(UnverifiedToken token) throws RefusedException {
        if (token.header().accessTokenType()) {
            throw unacceptable("an access token is no ID token");
        }
        if (!issuer.rules().algorithms().contains(token.header().algorithm())) {
            throw unacceptable("the ID token's algorithm is not one of its issuer's");
        }
    }

    private void requireIssuedHere(Claims claims, String nonce) throws RefusedException {
        for (String name : FOREIGN) {
            if (claims.has(name)) {
                throw unacceptable("the token has the claim `" + name + "` and is no ID token");
            }
        }
        if (!claims.text("iss").filter(issuer.issuer()::equals).isPresent()) {
            throw RefusedException.of(Code.TOKEN_WRONG_ISSUER, "the ID token is another issuer's");
        }
        boolean ours =
                claims.texts("aud").equals(Set.of(client))
                        && claims.text("azp").map(client::equals).orElse(true);
        if (!ours) {
            throw RefusedException.of(
                    Code.TOKEN_WRONG_AUDIENCE, "the ID token is for another client");
        }
        requireFresh(claims);
        byte[] shown = octets(claims.text("nonce").orElse(""));
        if (nonce.isEmpty() || !MessageDigest.isEqual(shown, octets(nonce))) {
            throw unacceptable("the ID token belongs to another sign-in");
        }
        if (claims.text("sub").filter(subject -> !subject.isEmpty()).isEmpty()) {
            throw unacceptable("the ID token has no subject");
        }
    }

    private void requireFresh(Claims claims) throws RefusedException {
        Instant now = clock.instant();
        checks.requireCurrent(claims, now);
        Instant issued =
                claims.date("iat", RoundingMode.CEILING)
                        .orElseThrow(() -> unacceptable("the ID token does not say how old it is"));
        Instant end = issued.plus(FRESH).plus(issuer.rules().clockSkew());
        if (!now.isBefore(end)) {
            throw RefusedException.of(Code.TOKEN_EXPIRED, "the ID token is too old");
        }
    }

    private SignedIn identityOf(Claims claims) throws RefusedException {
        String tenant = new TenantCheck(issuer).tenantOf(claims);
        String id = claims.text(issuer.claims().principal()).orElse("");
        PrincipalId principal;
        try {
            principal = PrincipalId.of(tenant, id);
        } catch (IllegalArgumentException unfit) {
            throw unacceptable(
                    "the ID token names no principal by the claim `"
                            + issuer.claims().principal()
                            + "`");
        }
        GroupsReader groups = new GroupsReader(issuer, new AuthenticationListener() {});
        return new SignedIn(principal, groups.groupsOf(claims, tenant), label(claims));
    }

    private static Optional<String> label(Claims claims) {
        return LABELS.stream()
                .map(claims.payload()::path)
                .filter(value -> value.isTextual())
                .flatMap(value -> DisplayText.of(value.textValue()).stream())
                .findFirst();
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static RefusedException unacceptable(String sentence) {
        return RefusedException.of(Code.TOKEN_UNACCEPTABLE, sentence);
    }

    /** Drops the connections to the issuer. */
    @Override
    public void close() {
        keys.close();
    }
}

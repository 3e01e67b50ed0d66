package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.jose.UnverifiedToken;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.authn.keys.TrustedKey;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Turns the {@code Authorization} field of a request into a {@link VerifiedToken}, or refuses.
 *
 * <pre>
 *   field -> token -> remembered? -> strict form -> issuer -> key -> signature -> claims -> audience
 *            \____ tryAuthenticate ____/
 *            \_____________________________ authenticate _________________________________/
 * </pre>
 *
 * Every failure has its own {@code token_*} code for the audit record; clients must be given the same
 * answer for all of them. No message, text form or listener ever holds any of the token.
 *
 * <p>Threads: safe for use by many. {@link #tryAuthenticate} never waits and is
 * made for event loops; {@link #authenticate} may block for a key fetch or for its turn to compute and
 * is made for virtual threads.
 */
public final class TokenAuthenticator implements AutoCloseable {

    private final Map<String, TokenVerifier> verifiers;
    private final TokenMemory memory;
    private final VerificationTurns turns;
    private final int maxLength;
    private final InstantSource clock;
    private final AuthenticationListener listener;

    private TokenAuthenticator(
            Map<String, TokenVerifier> verifiers,
            AuthenticationLimits limits,
            InstantSource clock,
            AuthenticationListener listener) {
        this.verifiers = verifiers;
        this.memory = new TokenMemory(limits);
        this.turns = new VerificationTurns(limits.verifications(), limits.verificationWait());
        this.maxLength = limits.tokenLength();
        this.clock = clock;
        this.listener = listener;
    }

    /**
     * Makes an authenticator whose issuers' key sets all have the same times.
     *
     * @param issuers the issuers to believe; each {@code iss} value once
     * @throws IOException if certificates to trust cannot be read
     */
    public static TokenAuthenticator of(
            Collection<TrustedIssuer> issuers,
            AuthenticationLimits limits,
            KeySetTimes times,
            InstantSource clock,
            AuthenticationListener listener)
            throws IOException {
        Map<TrustedIssuer, KeySetTimes> timed = new LinkedHashMap<>();
        issuers.forEach(issuer -> timed.put(issuer, times));
        return of(timed, limits, clock, listener);
    }

    /**
     * Makes an authenticator. Nothing is fetched yet: see {@link #preload}.
     *
     * @param issuers the issuers to believe, each {@code iss} value once, with the times of its key
     *     set
     * @throws IOException if certificates to trust cannot be read
     */
    public static TokenAuthenticator of(
            Map<TrustedIssuer, KeySetTimes> issuers,
            AuthenticationLimits limits,
            InstantSource clock,
            AuthenticationListener listener)
            throws IOException {
        List<TokenVerifier> verifiers = new ArrayList<>();
        for (Map.Entry<TrustedIssuer, KeySetTimes> issuer : issuers.entrySet()) {
            verifiers.add(TokenVerifier.of(issuer.getKey(), issuer.getValue(), clock, listener));
        }
        return of(verifiers, limits, clock, listener);
    }

    /**
     * Makes an authenticator of verifiers that others may share; who shares them must not close it.
     *
     * @param issuers each {@code iss} value once
     */
    public static TokenAuthenticator of(
            List<TokenVerifier> issuers,
            AuthenticationLimits limits,
            InstantSource clock,
            AuthenticationListener listener) {
        Map<String, TokenVerifier> verifiers = new LinkedHashMap<>();
        for (TokenVerifier verifier : issuers) {
            if (verifiers.put(verifier.issuer(), verifier) != null) {
                throw new IllegalArgumentException(
                        "the issuer `" + verifier.issuer() + "` is configured twice");
            }
        }
        return new TokenAuthenticator(verifiers, limits, clock, listener);
    }

    /**
     * Verifies the request's token. May block; for virtual threads.
     *
     * @param authorizationField the value of the request's only {@code Authorization} field; a request
     *     with several must have been refused before
     * @param routeAudiences the audiences that the route accepts, out of those of the issuer; empty
     *     for all of them
     * @param lastToken the connection's; gets the token
     * @throws RefusedException with a {@code token_*} code, with {@code keys_unavailable}, or with
     *     {@code overloaded}
     */
    public VerifiedToken authenticate(
            Optional<String> authorizationField, Set<String> routeAudiences, LastToken lastToken)
            throws RefusedException {
        try {
            BearerField field = BearerField.parse(authorizationField, maxLength);
            TokenDigest digest = field.digest();
            Optional<VerifiedToken> remembered = memory.find(digest, clock.instant());
            VerifiedToken token =
                    remembered.isPresent()
                            ? remembered(remembered.get(), routeAudiences)
                            : forRoute(verify(field.token(), digest), routeAudiences);
            lastToken.show(memory, field.value(), token);
            return token;
        } catch (RefusedException refused) {
            listener.onRefused(refused.code());
            throw refused;
        }
    }

    /**
     * Returns the request's token if it was verified before and is still good. Never waits; for event
     * loops. A connection that repeats its token is known by the comparison of two texts.
     *
     * @param authorizationField as for {@link #authenticate}
     * @param routeAudiences as for {@link #authenticate}
     * @param lastToken the connection's; gets the token
     * @return nothing if the token has to be looked at: then call {@link #authenticate} on a thread
     *     that may block
     * @throws RefusedException with a {@code token_*} code if the token is known to be bad
     */
    public Optional<VerifiedToken> tryAuthenticate(
            Optional<String> authorizationField, Set<String> routeAudiences, LastToken lastToken)
            throws RefusedException {
        try {
            Instant now = clock.instant();
            Optional<VerifiedToken> known = repeated(authorizationField, lastToken, now);
            if (known.isEmpty()) {
                known = find(authorizationField, lastToken, now);
            }
            return known.isPresent()
                    ? Optional.of(remembered(known.get(), routeAudiences))
                    : Optional.empty();
        } catch (RefusedException refused) {
            listener.onRefused(refused.code());
            throw refused;
        }
    }

    /** Fetches the key sets that are missing; blocks; failures show in {@link #keySets}. */
    public void preload() {
        verifiers.values().forEach(verifier -> verifier.keys().preload());
    }

    /** Returns how the key set of each issuer is doing. */
    public List<KeySetStatus> keySets() {
        return verifiers.values().stream().map(verifier -> verifier.keys().status()).toList();
    }

    private Optional<VerifiedToken> repeated(
            Optional<String> authorizationField, LastToken lastToken, Instant now)
            throws RefusedException {
        Optional<VerifiedToken> last =
                authorizationField.isPresent()
                        ? lastToken.repeated(memory, authorizationField.get())
                        : Optional.empty();
        return last.isPresent() ? TokenMemory.current(last.get(), now) : last;
    }

    private Optional<VerifiedToken> find(
            Optional<String> authorizationField, LastToken lastToken, Instant now)
            throws RefusedException {
        BearerField field = BearerField.parse(authorizationField, maxLength);
        Optional<VerifiedToken> remembered = memory.find(field.digest(), now);
        if (remembered.isPresent()) {
            lastToken.show(memory, field.value(), remembered.get());
        }
        return remembered;
    }

    private VerifiedToken verify(String token, TokenDigest digest) throws RefusedException {
        UnverifiedToken unverified = UnverifiedToken.parse(token);
        TokenVerifier verifier = verifierFor(unverified);
        TrustedKey key = verifier.keyFor(unverified);
        turns.begin();
        try {
            Instant now = clock.instant();
            Optional<VerifiedToken> meanwhile = memory.find(digest, now);
            return meanwhile.isPresent()
                    ? meanwhile.get()
                    : remember(digest, verifier.verify(unverified, key, now));
        } catch (RefusedException refused) {
            memory.refuse(digest, refused.refusal(), clock.instant());
            throw refused;
        } finally {
            turns.end();
        }
    }

    private VerifiedToken remember(TokenDigest digest, VerifiedToken verified) {
        memory.remember(digest, verified);
        listener.onVerified(verified.issuerName());
        return verified;
    }

    private TokenVerifier verifierFor(UnverifiedToken token) throws RefusedException {
        String issuer = new Claims(token.payload()).text("iss").orElse("");
        TokenVerifier verifier = verifiers.get(issuer);
        if (verifier == null) {
            throw RefusedException.of(
                    Code.TOKEN_WRONG_ISSUER, "the token's issuer is not a configured one");
        }
        return verifier;
    }

    private VerifiedToken remembered(VerifiedToken token, Set<String> routeAudiences)
            throws RefusedException {
        listener.onRemembered(token.issuerName());
        return forRoute(token, routeAudiences);
    }

    private static VerifiedToken forRoute(VerifiedToken token, Set<String> routeAudiences)
            throws RefusedException {
        if (!routeAudiences.isEmpty()) {
            ClaimChecks.requireAnyOf(token.audiences(), routeAudiences);
        }
        return token;
    }

    /** Drops the connections to the issuers. */
    @Override
    public void close() {
        verifiers.values().forEach(TokenVerifier::close);
    }
}

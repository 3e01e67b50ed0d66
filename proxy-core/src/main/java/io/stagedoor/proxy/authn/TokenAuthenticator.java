package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.authn.jose.UnverifiedToken;
import io.stagedoor.proxy.authn.keys.IssuerKeys;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.authn.keys.TrustedKey;
import io.stagedoor.proxy.authn.proof.ProofVerifier;
import io.stagedoor.proxy.authn.proof.SeenProofs;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Demand;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
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

    private static final Demand.Proof PROOF =
            new Demand.Proof(
                    Arrays.stream(SignatureAlgorithm.values())
                            .map(SignatureAlgorithm::name)
                            .toList());

    private final Map<String, TokenVerifier> verifiers;
    private final TokenMemory memory;
    private final VerificationTurns turns;
    private final SharedLooks looks = new SharedLooks();
    private final Possession possession;
    private final Optional<TokenVerifier> asked;
    private final boolean takesProofs;
    private final int maxLength;
    private final InstantSource clock;
    private final AuthenticationListener listener;

    private TokenAuthenticator(
            Map<String, TokenVerifier> verifiers,
            AuthenticationLimits limits,
            InstantSource clock,
            AuthenticationListener listener,
            SeenProofs seen) {
        this.verifiers = verifiers;
        this.memory = new TokenMemory(limits);
        this.turns = new VerificationTurns(limits.verifications(), limits.verificationWait());
        this.possession = new Possession(new ProofVerifier(clock, seen), turns);
        this.asked = verifiers.values().stream().filter(TokenVerifier::introspects).findFirst();
        this.takesProofs = verifiers.values().stream().anyMatch(TokenVerifier::takesBoundTokens);
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
        return of(issuers, limits, clock, listener, new SeenProofs());
    }

    /**
     * Makes an authenticator of verifiers that others may share; who shares them must not close it.
     *
     * @param issuers each {@code iss} value once; at most one whose tokens it must be asked about
     * @param seen the proofs that were used, by whichever authenticator they were verified
     */
    public static TokenAuthenticator of(
            List<TokenVerifier> issuers,
            AuthenticationLimits limits,
            InstantSource clock,
            AuthenticationListener listener,
            SeenProofs seen) {
        Map<String, TokenVerifier> verifiers = new LinkedHashMap<>();
        for (TokenVerifier verifier : issuers) {
            if (verifiers.put(verifier.issuer(), verifier) != null) {
                throw new IllegalArgumentException(
                        "the issuer `" + verifier.issuer() + "` is configured twice");
            }
        }
        if (issuers.stream().filter(TokenVerifier::introspects).count() > 1) {
            throw new IllegalArgumentException("an opaque token does not say whom to ask about it");
        }
        return new TokenAuthenticator(verifiers, limits, clock, listener, seen);
    }

    /**
     * Verifies the request's token. May block; for virtual threads.
     *
     * @param authorizationField the value of the request's only {@code Authorization} field; a request
     *     with several must have been refused before
     * @param routeAudiences the audiences that the route accepts, out of those of the issuer; empty
     *     for all of them
     * @param lastToken the connection's; gets the token
     * @param client the address that the request comes from, as text: those who wait for their token
     *     to be verified take turns by it
     * @throws RefusedException with a {@code token_*} code, with {@code actor_unknown}, {@code
     *     keys_unavailable}, {@code introspection_unavailable}, or with {@code overloaded}
     */
    public VerifiedToken authenticate(
            Optional<String> authorizationField,
            Set<String> routeAudiences,
            LastToken lastToken,
            String client)
            throws RefusedException {
        try {
            BearerField field = BearerField.parse(authorizationField, maxLength, takesProofs);
            TokenDigest digest = field.digest();
            Optional<VerifiedToken> remembered = memory.find(digest, clock.instant());
            VerifiedToken token =
                    remembered.isPresent()
                            ? remembered(remembered.get(), routeAudiences)
                            : forRoute(verify(field.token(), digest, client), routeAudiences);
            lastToken.show(memory, field.value(), token);
            return token;
        } catch (RefusedException refused) {
            throw told(refused);
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
            throw told(refused);
        }
    }

    /**
     * Returns whether {@link #requirePossession} verifies a signature for this token, which is not for
     * event loops.
     */
    public static boolean provesByKey(VerifiedToken token) {
        return Possession.needsSignature(token.binding());
    }

    /**
     * Checks that the sender of a request has what its token is bound to; to be asked once for every
     * request, however the token was come by. A proof is used up by it.
     *
     * @throws RefusedException with {@code token_binding}, with {@code token_proof}, or with {@code
     *     overloaded}
     */
    public void requirePossession(VerifiedToken token, Sender sender) throws RefusedException {
        if (token.binding().isNone() && !takesProofs && !sender.hasProof()) {
            return;
        }
        try {
            BearerField field = BearerField.parse(sender.authorization(), maxLength, takesProofs);
            possession.require(token.binding(), field, sender);
        } catch (RefusedException refused) {
            throw told(refused);
        }
    }

    /** Tells the listener of a refusal, and the client of the proofs that it could show. */
    private RefusedException told(RefusedException refused) {
        listener.onRefused(refused.code());
        return takesProofs && refused.code().isTokenFault()
                ? new RefusedException(refused.refusal().demanding(PROOF))
                : refused;
    }

    /** Fetches the key sets that are missing; blocks; failures show in {@link #keySets}. */
    public void preload() {
        verifiers.values().forEach(verifier -> verifier.keys().ifPresent(IssuerKeys::preload));
    }

    /** Returns how the key set of each issuer is doing whose tokens are verified with keys. */
    public List<KeySetStatus> keySets() {
        return verifiers.values().stream()
                .flatMap(verifier -> verifier.keys().stream())
                .map(IssuerKeys::status)
                .toList();
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
        BearerField field = BearerField.parse(authorizationField, maxLength, takesProofs);
        Optional<VerifiedToken> remembered = memory.find(field.digest(), now);
        if (remembered.isPresent()) {
            lastToken.show(memory, field.value(), remembered.get());
        }
        return remembered;
    }

    private VerifiedToken verify(String token, TokenDigest digest, String client)
            throws RefusedException {
        if (asked.isPresent() && OpaqueToken.isOne(token)) {
            return introspect(asked.get(), token, digest);
        }
        UnverifiedToken unverified = UnverifiedToken.parse(token);
        TokenVerifier verifier = verifierFor(unverified);
        if (verifier.introspects()) {
            return introspect(verifier, token, digest);
        }
        TrustedKey key = verifier.keyFor(unverified);
        turns.begin(client);
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

    /** Whatever form it has, a token of an issuer that is asked is never believed by its signature. */
    private VerifiedToken introspect(TokenVerifier verifier, String token, TokenDigest digest)
            throws RefusedException {
        return looks.take(
                digest,
                () -> {
                    Optional<VerifiedToken> meanwhile = memory.find(digest, clock.instant());
                    return meanwhile.isPresent()
                            ? meanwhile.get()
                            : askedAbout(verifier, token, digest);
                });
    }

    private VerifiedToken askedAbout(TokenVerifier verifier, String token, TokenDigest digest)
            throws RefusedException {
        try {
            return remember(digest, verifier.introspect(token, clock));
        } catch (RefusedException refused) {
            memory.refuse(digest, refused.refusal(), clock.instant());
            throw refused;
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

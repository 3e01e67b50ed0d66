package io.stagedoor.proxy.authn;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which tokens were verified and which were refused, by their digests.
 *
 * <p>Remembering is never believing: whatever a verified token rests on (its expiry, its key, the age
 * of the key set) is checked again at every use. Audiences of routes are no part of it. Bounded; safe
 * for use by many threads; never waits.
 */
final class TokenMemory {

    private static final int GROUPS_PER_PLACE = 32;
    private static final Duration LONGEST_STAY = Duration.ofHours(24);

    /** Refusals that looking again within seconds would not change. */
    private static final Set<Code> LASTING =
            EnumSet.of(
                    Code.ACTOR_UNKNOWN,
                    Code.TOKEN_INACTIVE,
                    Code.TOKEN_BAD_SIGNATURE,
                    Code.TOKEN_EXPIRED,
                    Code.TOKEN_MALFORMED,
                    Code.TOKEN_UNACCEPTABLE,
                    Code.TOKEN_WRONG_AUDIENCE,
                    Code.TOKEN_WRONG_ISSUER,
                    Code.TOKEN_WRONG_TENANT);

    private record Refused(Refusal refusal, Instant until) {}

    private final Cache<TokenDigest, VerifiedToken> verified;
    private final Cache<TokenDigest, Refused> refused;
    private final Duration refusedFor;

    TokenMemory(AuthenticationLimits limits) {
        this.verified =
                Caffeine.newBuilder()
                        .maximumWeight(limits.verifiedTokens())
                        .weigher(TokenMemory::places)
                        .expireAfterWrite(LONGEST_STAY)
                        .executor(Runnable::run)
                        .build();
        this.refused =
                Caffeine.newBuilder()
                        .maximumSize(limits.refusedTokens())
                        .expireAfterWrite(limits.refusedFor())
                        .executor(Runnable::run)
                        .build();
        this.refusedFor = limits.refusedFor();
    }

    private static int places(TokenDigest digest, VerifiedToken token) {
        return 1 + token.groups().map(Set::size).orElse(0) / GROUPS_PER_PLACE;
    }

    /**
     * Returns the token if it was verified and is still good, and nothing if it has to be looked at.
     *
     * @throws RefusedException if the token is known to be bad
     */
    Optional<VerifiedToken> find(TokenDigest digest, Instant now) throws RefusedException {
        VerifiedToken token = verified.getIfPresent(digest);
        if (token != null) {
            return current(token, now);
        }
        Refused known = refused.getIfPresent(digest);
        if (known != null && now.isBefore(known.until())) {
            throw new RefusedException(known.refusal());
        }
        return Optional.empty();
    }

    /**
     * Returns the token if what its verification rests on still holds, and nothing if its key or the
     * key set has to be looked at.
     *
     * @throws RefusedException with {@code token_expired}
     */
    static Optional<VerifiedToken> current(VerifiedToken token, Instant now)
            throws RefusedException {
        VerifiedToken.Proof proof = token.proof();
        if (!now.isBefore(proof.usableUntil())) {
            throw ClaimChecks.expired();
        }
        if (!proof.backing().stands(now)) {
            return Optional.empty();
        }
        proof.backing().renewIfDue(now);
        return Optional.of(token);
    }

    /** Remembers a token that was just verified. */
    void remember(TokenDigest digest, VerifiedToken token) {
        verified.put(digest, token);
    }

    /** Remembers for a short time that the token is bad, if looking again would not change that. */
    void refuse(TokenDigest digest, Refusal refusal, Instant now) {
        if (LASTING.contains(refusal.code())) {
            refused.put(digest, new Refused(refusal, now.plus(refusedFor)));
        }
    }
}

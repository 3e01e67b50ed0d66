package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks the registered claims of one issuer's tokens (RFC 7519, section 4.1).
 *
 * <p>Boundaries, with the skew s: a token is refused from the instant {@code exp + s} on, so that
 * without skew one that expires exactly now is refused; it is taken from the instant {@code nbf - s}
 * and {@code iat - s} on, that instant included; with an age limit, it is refused from {@code iat + limit
 * + s} on.
 *
 * @param rules what the tokens must be like
 */
record ClaimChecks(TokenRules rules) {

    /** Claims that only other kinds of token have: ID tokens, and RFC 8417 security events. */
    private static final List<String> FOREIGN =
            List.of("nonce", "at_hash", "c_hash", "s_hash", "events");

    /** Refuses tokens of another kind: ID tokens and event tokens. */
    void requireAccessToken(Claims claims) throws RefusedException {
        for (String name : FOREIGN) {
            if (claims.has(name)) {
                throw RefusedException.of(
                        Code.TOKEN_UNACCEPTABLE,
                        "the token has the claim `" + name + "` and is no access token");
            }
        }
    }

    /** Returns the token's own expiry time. */
    Instant expiry(Claims claims) throws RefusedException {
        return claims.date("exp", RoundingMode.FLOOR)
                .orElseThrow(
                        () ->
                                RefusedException.of(
                                        Code.TOKEN_UNACCEPTABLE, "the token never expires"));
    }

    /**
     * Checks all times, and returns the instant from which the token is no longer taken.
     *
     * @throws RefusedException with {@code token_expired} or {@code token_not_yet_valid}
     */
    Instant requireCurrent(Claims claims, Instant now) throws RefusedException {
        Duration skew = rules.clockSkew();
        Instant end = expiry(claims);
        Optional<Instant> issued = claims.date("iat", RoundingMode.CEILING);
        if (rules.maxAge().isPresent()) {
            Instant tooOld = issuedAt(issued).plus(rules.maxAge().get());
            end = tooOld.isBefore(end) ? tooOld : end;
        }
        end = end.plus(skew);
        if (!now.isBefore(end)) {
            throw expired();
        }
        Optional<Instant> notBefore = claims.date("nbf", RoundingMode.CEILING);
        requireBegun(notBefore, now.plus(skew));
        requireBegun(issued, now.plus(skew));
        return end;
    }

    private static Instant issuedAt(Optional<Instant> issued) throws RefusedException {
        return issued.orElseThrow(
                () ->
                        RefusedException.of(
                                Code.TOKEN_UNACCEPTABLE, "the token does not say how old it is"));
    }

    private static void requireBegun(Optional<Instant> begin, Instant latest)
            throws RefusedException {
        if (begin.filter(latest::isBefore).isPresent()) {
            throw RefusedException.of(Code.TOKEN_NOT_YET_VALID, "the token is not valid yet");
        }
    }

    /** Returns the refusal of a token that has expired. */
    static RefusedException expired() {
        return RefusedException.of(Code.TOKEN_EXPIRED, "the token has expired");
    }

    /** Returns the token's audiences, one of which is an accepted one. */
    Set<String> requireAudience(Claims claims) throws RefusedException {
        Set<String> audiences = claims.texts("aud");
        requireAnyOf(audiences, rules.audiences());
        return audiences;
    }

    /** Checks that one of the token's audiences is among the accepted ones. */
    static void requireAnyOf(Set<String> audiences, Set<String> accepted) throws RefusedException {
        if (Collections.disjoint(audiences, accepted)) {
            throw RefusedException.of(
                    Code.TOKEN_WRONG_AUDIENCE, "the token was issued for another audience");
        }
    }
}

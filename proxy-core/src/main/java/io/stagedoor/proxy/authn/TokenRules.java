package io.stagedoor.proxy.authn;

import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What an issuer's tokens must be like, whoever they speak of.
 *
 * @param audiences the accepted {@code aud} values, compared as they are: with case, and with or
 *     without a trailing slash exactly as written here
 * @param algorithms the accepted {@code alg} values
 * @param clockSkew how far this clock and the issuer's may differ, at most 10 minutes
 * @param maxAge how old a token may be by its {@code iat}, whatever its expiry says; without it, {@code
 *     iat} is not needed
 * @param accessTokenTypeRequired whether the header must say {@code at+jwt} (RFC 9068); Entra does not
 * @param binding whether they may be bound to their sender
 */
public record TokenRules(
        Set<String> audiences,
        Set<SignatureAlgorithm> algorithms,
        Duration clockSkew,
        Optional<Duration> maxAge,
        boolean accessTokenTypeRequired,
        BindingRule binding) {

    private static final Duration MAX_SKEW = Duration.ofMinutes(10);

    /** Copies the sets, and checks that none is empty and the skew is within its bounds. */
    public TokenRules {
        audiences = Set.copyOf(audiences);
        algorithms = Set.copyOf(algorithms);
        if (audiences.isEmpty() || algorithms.isEmpty()) {
            throw new IllegalArgumentException("an issuer needs an audience and an algorithm");
        }
        if (clockSkew.isNegative() || clockSkew.compareTo(MAX_SKEW) > 0) {
            throw new IllegalArgumentException("the clock skew is not between 0 and 10 minutes");
        }
        if (maxAge.filter(age -> age.isNegative() || age.isZero()).isPresent()) {
            throw new IllegalArgumentException("the age limit must be longer than nothing");
        }
    }

    /** Makes the rules of an issuer whose tokens are bearer tokens. */
    public TokenRules(
            Set<String> audiences,
            Set<SignatureAlgorithm> algorithms,
            Duration clockSkew,
            Optional<Duration> maxAge,
            boolean accessTokenTypeRequired) {
        this(
                audiences,
                algorithms,
                clockSkew,
                maxAge,
                accessTokenTypeRequired,
                BindingRule.REFUSED);
    }

    /** Returns rules without an age limit, for either token type. */
    public static TokenRules of(
            Set<String> audiences, Set<SignatureAlgorithm> algorithms, Duration clockSkew) {
        return new TokenRules(audiences, algorithms, clockSkew, Optional.empty(), false);
    }
}

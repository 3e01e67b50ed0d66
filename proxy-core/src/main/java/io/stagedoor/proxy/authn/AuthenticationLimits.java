package io.stagedoor.proxy.authn;

import java.time.Duration;

/**
 * Bounds on the work and memory that tokens may cause.
 *
 * @param tokenLength the longest token that is looked at, in characters
 * @param verifiedTokens how many verified tokens are remembered; one with many groups counts once
 *     more for every 32 of them
 * @param refusedTokens how many refused tokens are remembered
 * @param refusedFor how long a refused token is refused without being looked at again
 * @param verifications how many signatures are verified at a time
 * @param verificationWait how long a request waits for its turn before it is refused as overload
 */
public record AuthenticationLimits(
        int tokenLength,
        int verifiedTokens,
        int refusedTokens,
        Duration refusedFor,
        int verifications,
        Duration verificationWait) {

    /** Checks that everything is positive. */
    public AuthenticationLimits {
        if (tokenLength <= 0 || verifiedTokens <= 0 || refusedTokens <= 0 || verifications <= 0) {
            throw new IllegalArgumentException("a limit must be at least 1");
        }
        if (refusedFor.isNegative() || verificationWait.isNegative()) {
            throw new IllegalArgumentException("a limit cannot be a negative time");
        }
    }

    /**
     * Returns the limits used unless something else is configured: 16 KiB, 10,000 verified and 10,000
     * refused tokens, 10 s, one verification a processor, 2 s.
     */
    public static AuthenticationLimits defaults() {
        return new AuthenticationLimits(
                16 * 1024,
                10_000,
                10_000,
                Duration.ofSeconds(10),
                Runtime.getRuntime().availableProcessors(),
                Duration.ofSeconds(2));
    }
}

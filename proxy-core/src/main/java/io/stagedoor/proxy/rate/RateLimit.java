package io.stagedoor.proxy.rate;

import io.github.bucket4j.Bucket;
import java.time.Duration;

/**
 * How many requests are let through.
 *
 * @param perSecond the sustained rate, at least 1
 * @param burst how many may come at once, at least 1
 */
public record RateLimit(int perSecond, int burst) {

    Bucket bucket() {
        return Bucket.builder()
                .addLimit(
                        bandwidth ->
                                bandwidth
                                        .capacity(burst)
                                        .refillGreedy(perSecond, Duration.ofSeconds(1)))
                .build();
    }

    /** Returns how long an empty bucket takes to fill. */
    Duration untilFull() {
        return Duration.ofSeconds(Math.ceilDiv(burst, perSecond));
    }
}

package io.stagedoor.proxy.rate;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.Optional;

/**
 * A bucket of requests for each principal, which fills at a steady rate.
 *
 * <p>Safe for any thread; never waits. Buckets of principals that have not asked for so long that they
 * are full again are forgotten, and so are the longest unused of more than {@value #MOST}.
 */
public final class PrincipalRates {

    private static final int MOST = 100_000;

    private final Optional<RateLimit> limit;
    private final Cache<PrincipalId, Bucket> buckets;

    /** Makes buckets of one size; without a limit nobody is ever refused. */
    public PrincipalRates(Optional<RateLimit> limit) {
        this.limit = limit;
        Duration untilFull = limit.map(RateLimit::untilFull).orElse(Duration.ZERO);
        this.buckets =
                Caffeine.newBuilder()
                        .maximumSize(MOST)
                        .expireAfterAccess(untilFull.plusSeconds(1))
                        .build();
    }

    /**
     * Takes one request out of a principal's bucket.
     *
     * @throws RefusedException {@code rate_limited} if it is empty, with the time until it is not
     */
    public void take(PrincipalId principal) throws RefusedException {
        if (limit.isEmpty()) {
            return;
        }
        Bucket bucket = buckets.get(principal, _ -> limit.get().bucket());
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        if (!probe.isConsumed()) {
            Duration wait = Duration.ofNanos(probe.getNanosToWaitForRefill());
            throw new RefusedException(
                    Refusal.of(
                                    Code.RATE_LIMITED,
                                    "the principal makes more requests than it may",
                                    "wait as long as `Retry-After` says")
                            .after(wait));
        }
    }
}

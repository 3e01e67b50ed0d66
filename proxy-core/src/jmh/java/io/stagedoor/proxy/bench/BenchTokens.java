package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.client.TokenSupply;
import java.util.List;

/**
 * The tokens of all runs: a few that are kept, and for each run some that were never used before by
 * the same peer.
 */
final class BenchTokens {

    private static final int WARM_UP_RUNS = 3;

    private final TokenSupply kept;
    private final List<byte[]> fresh;
    private final int perRun;

    /** Mints what the settings ask for. */
    BenchTokens(BenchScenery scenery, BenchSettings settings) {
        this.kept = TokenSupply.Kept.of(scenery.tokens());
        this.perRun = settings.newTokens();
        boolean needed = settings.scenarios().stream().anyMatch(Scenario::hasNewTokens);
        int runs = needed ? WARM_UP_RUNS + settings.rounds() : 0;
        this.fresh = scenery.newTokens(runs * perRun);
    }

    /** Returns how many runs of the warm-up have new tokens. */
    int warmUpRuns() {
        return WARM_UP_RUNS;
    }

    /**
     * Returns the tokens of a run.
     *
     * @param round as in {@link Measurement}
     */
    TokenSupply supply(Scenario scenario, int round) {
        if (!scenario.hasNewTokens()) {
            return kept;
        }
        int run = round < 0 ? -round - 1 : WARM_UP_RUNS + round - 1;
        return new TokenSupply.New(fresh.subList(run * perRun, (run + 1) * perRun).iterator());
    }
}

package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import java.util.OptionalInt;

/**
 * One run of one peer.
 *
 * @param peer the peer's name
 * @param rate requests per second; empty for the closed loop
 * @param round counts from 1; a negative number is a step of the warm-up
 */
record Measurement(
        String peer, Scenario scenario, OptionalInt rate, int round, LoadResult result) {}

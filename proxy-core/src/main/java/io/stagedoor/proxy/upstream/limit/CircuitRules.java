package io.stagedoor.proxy.upstream.limit;

import java.time.Duration;

/**
 * When a service is left alone altogether.
 *
 * @param consecutiveFailures so many attempts without any answer, at whichever endpoint
 * @param openTime how long nothing is tried then; doubled whenever the next attempt fails too
 * @param longestOpen but never longer than this
 */
public record CircuitRules(int consecutiveFailures, Duration openTime, Duration longestOpen) {}

package io.stagedoor.proxy.upstream.endpoint;

import java.time.Duration;

/**
 * When an endpoint is left alone because it fails.
 *
 * @param consecutiveFailures so many failures without a success between them
 * @param window no further apart than this
 * @param ejectionTime how long it is left alone the first time; each further time by so much longer
 * @param longestEjection but never longer than this
 * @param mostEjected the greatest share of the endpoints left alone at a time, in percent
 */
public record OutlierRules(
        int consecutiveFailures,
        Duration window,
        Duration ejectionTime,
        Duration longestEjection,
        int mostEjected) {}

/**
 * How much is asked of one service at a time: connections in use, requests that wait, attempts that
 * are repeated, and none at all while nothing answers.
 *
 * <p>Counts only; knows neither sockets nor requests.
 */
@NullMarked
package io.stagedoor.proxy.upstream.limit;

import org.jspecify.annotations.NullMarked;

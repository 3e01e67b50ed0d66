package io.stagedoor.proxy.bench.client;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.function.Supplier;

/**
 * One run of load.
 *
 * @param scenario what is asked
 * @param tokens what the connections show
 * @param port where the proxy listens on loopback
 * @param connections how many keep-alive connections there are
 * @param rate requests per second, each due at its own time; empty for a closed loop, in which each
 *     connection asks again as soon as it is answered
 * @param window how long requests are sent
 * @param cpu reads the processor times
 */
public record LoadPlan(
        Scenario scenario,
        TokenSupply tokens,
        int port,
        int connections,
        OptionalInt rate,
        Duration window,
        Supplier<CpuTimes> cpu) {}

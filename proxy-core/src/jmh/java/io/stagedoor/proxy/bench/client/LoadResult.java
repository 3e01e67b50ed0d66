package io.stagedoor.proxy.bench.client;

import java.time.Duration;

/**
 * What a run showed. Every answer in it was right.
 *
 * @param requests how many were sent and answered
 * @param starved how many connections got no answer while requests were sent
 * @param window from the first request to the last answer
 * @param rest how long the proxy went on working after that
 * @param cpu what was used from the first request until the proxy was at rest: also what it does
 *     later, on other threads, was caused by the requests
 * @param median the latency that half of the requests do not exceed
 * @param p99 the latency that 99 of 100 do not exceed
 */
public record LoadResult(
        long requests,
        int starved,
        Duration window,
        Duration rest,
        CpuTimes cpu,
        Duration median,
        Duration p99) {

    LoadResult atRest(Duration restTook, CpuTimes atRest) {
        return new LoadResult(requests, starved, window, restTook, atRest.since(cpu), median, p99);
    }

    /** Returns answers per second of wall time. */
    public double perSecond() {
        return requests / seconds(window);
    }

    /** Returns answers per second of the proxy's processor time. */
    public double perCpuSecond() {
        return requests / seconds(cpu.proxy());
    }

    /** Returns the proxy's processor time per request, in microseconds. */
    public double microsPerRequest() {
        return 1e6 * seconds(cpu.proxy()) / requests;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}

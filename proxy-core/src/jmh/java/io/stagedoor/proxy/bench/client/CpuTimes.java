package io.stagedoor.proxy.bench.client;

import java.time.Duration;

/**
 * How much processor time has been used: at a moment since the processes' start, or between two
 * moments.
 *
 * @param proxyUser by the proxy under load, in user mode
 * @param proxySystem by the proxy under load, in the kernel
 * @param others by upstream and client
 * @param machine by everything on the machine, these included
 */
public record CpuTimes(
        Duration proxyUser, Duration proxySystem, Duration others, Duration machine) {

    /** Returns what was used since an earlier moment. */
    public CpuTimes since(CpuTimes earlier) {
        return new CpuTimes(
                proxyUser.minus(earlier.proxyUser),
                proxySystem.minus(earlier.proxySystem),
                others.minus(earlier.others),
                machine.minus(earlier.machine));
    }

    /** Returns what the proxy used. */
    public Duration proxy() {
        return proxyUser.plus(proxySystem);
    }

    /** Returns what neither the proxy nor the upstream nor the client used. */
    public Duration strangers() {
        return machine.minus(proxy()).minus(others);
    }
}

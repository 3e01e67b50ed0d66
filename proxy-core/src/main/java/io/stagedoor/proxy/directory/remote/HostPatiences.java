package io.stagedoor.proxy.directory.remote;

import java.net.URI;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The patience with each host that was ever configured. Outlives configurations: a reload does not
 * make a host less busy. Safe for any thread.
 */
public final class HostPatiences {

    private final InstantSource clock;
    private final Map<String, HostPatience> byHost = new ConcurrentHashMap<>();

    /** Makes an empty set. */
    public HostPatiences(InstantSource clock) {
        this.clock = clock;
    }

    /** Returns the patience with the host and port of an address: the same each time. */
    public HostPatience with(URI address) {
        return byHost.computeIfAbsent(
                address.getRawAuthority().toLowerCase(Locale.ROOT), _ -> new HostPatience(clock));
    }
}

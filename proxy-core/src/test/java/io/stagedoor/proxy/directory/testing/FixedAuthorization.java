package io.stagedoor.proxy.directory.testing;

import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Gives one value until it is refused, then the next if there is one. */
public final class FixedAuthorization implements UpstreamAuthorization {

    private final Queue<String> values;
    public final Queue<String> refused = new ConcurrentLinkedQueue<>();

    public FixedAuthorization(String... values) {
        this.values = new ArrayDeque<>(List.of(values));
    }

    @Override
    public synchronized String value() {
        return values.element();
    }

    @Override
    public synchronized boolean refused(String value) {
        refused.add(value);
        if (values.size() < 2) {
            return false;
        }
        values.remove();
        return true;
    }
}

package io.stagedoor.proxy.refresh.book;

import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.Observation;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * An entry for each piece of content of one site, the 10,000 of which something was heard last. Safe
 * for any thread.
 */
public final class RefreshBook {

    private static final int MOST = 10_000;

    private final Map<String, RefreshEntry> entries =
            new LinkedHashMap<>(16, 0.75f, true) {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, RefreshEntry> eldest) {
                    return size() > MOST;
                }
            };

    /** Notes that a refresh was held back. */
    public void held(Content content, Instant at, Observation by) {
        change(content, entry -> entry.held(at, by));
    }

    /** Notes that a refresh was let through and begun. */
    public void started(Content content, Instant at) {
        change(content, entry -> entry.started(at));
    }

    /** Notes that a refresh has succeeded. */
    public void succeeded(Content content, Instant at) {
        change(content, entry -> entry.succeeded(at));
    }

    /** Notes that a refresh has failed. */
    public void failed(Content content, Instant at) {
        change(content, entry -> entry.failed(at));
    }

    /** Forgets content that is no more. */
    public synchronized void forget(String luid) {
        entries.remove(luid.toLowerCase(Locale.ROOT));
    }

    /** Returns what is known of content. */
    public synchronized Optional<RefreshEntry> entry(String luid) {
        return Optional.ofNullable(entries.get(luid.toLowerCase(Locale.ROOT)));
    }

    /** Returns all entries, what was heard of last at the end. */
    public synchronized List<RefreshEntry> entries() {
        return List.copyOf(entries.values());
    }

    private synchronized void change(Content content, UnaryOperator<RefreshEntry> change) {
        RefreshEntry known =
                Optional.ofNullable(entries.get(content.luid()))
                        .map(entry -> entry.about(content))
                        .orElseGet(() -> RefreshEntry.of(content));
        entries.put(content.luid(), change.apply(known));
    }
}

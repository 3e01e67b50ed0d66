package io.stagedoor.proxy.trace;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads fields that were copied from a request. */
final class MapGetter implements TextMapGetter<Map<String, String>> {

    static final MapGetter INSTANCE = new MapGetter();

    @Override
    public Set<String> keys(Map<String, String> carrier) {
        return carrier.keySet();
    }

    @Override
    public @Nullable String get(@Nullable Map<String, String> carrier, String key) {
        return carrier == null ? null : carrier.get(key);
    }
}

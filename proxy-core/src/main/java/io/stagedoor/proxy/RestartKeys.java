package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** The keys that a running proxy cannot take up: what was opened with them stays open. */
final class RestartKeys {

    private static final Map<String, Function<StagedoorConfig, Object>> FIXED = fixed();

    private RestartKeys() {}

    private static Map<String, Function<StagedoorConfig, Object>> fixed() {
        Map<String, Function<StagedoorConfig, Object>> keys = new LinkedHashMap<>();
        keys.put("listener.host", config -> config.listener().host());
        keys.put("listener.port", config -> config.listener().port());
        keys.put("listener.plaintext", config -> config.listener().tls().isEmpty());
        keys.put("listener.max_connections", config -> config.listener().maxConnections());
        keys.put("listener.handshake_timeout", config -> config.listener().handshakeTimeout());
        keys.put("listener.request_timeout", config -> config.listener().requestTimeout());
        keys.put("listener.idle_timeout", config -> config.listener().idleTimeout());
        keys.put("listener.clients", config -> config.listener().clients());
        keys.put("limits.request_line", config -> config.limits().requestLine());
        keys.put("limits.request_fields", config -> config.limits().requestFields());
        keys.put("limits.http2", config -> config.limits().http2());
        keys.put("credentials", config -> config.upstreams().credentials());
        keys.put("admin", StagedoorConfig::admin);
        keys.put("audit", StagedoorConfig::audit);
        return keys;
    }

    /** Returns the keys whose values differ and that need a restart. */
    static List<String> changed(StagedoorConfig running, StagedoorConfig wanted) {
        return FIXED.entrySet().stream()
                .filter(key -> !key.getValue().apply(running).equals(key.getValue().apply(wanted)))
                .map(Map.Entry::getKey)
                .toList();
    }
}

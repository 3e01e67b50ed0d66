package io.stagedoor.config.place;

import io.stagedoor.config.connection.ConnectionConfig;
import io.stagedoor.config.refresh.RefreshGuardConfig;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.util.List;
import java.util.Optional;

/**
 * What the proxy does at a Tableau site by itself, with its own credential.
 *
 * @param refreshGuard how refreshes wait for what they read from, if they do
 * @param connections the connections whose embedded credentials it keeps
 */
public record SiteWork(
        Optional<RefreshGuardConfig> refreshGuard, List<ConnectionConfig> connections) {

    /** Nothing. */
    public static final SiteWork NONE = new SiteWork(Optional.empty(), List.of());

    /** Copies the list. */
    public SiteWork {
        connections = List.copyOf(connections);
    }

    /** Returns whether there is anything to do. */
    public boolean isAny() {
        return refreshGuard().isPresent() || !connections.isEmpty();
    }

    /** Reads its keys, which stand among the others of a site. */
    static Setting<SiteWork> read(Section in) {
        Setting<Optional<RefreshGuardConfig>> guard =
                in.optionalSection("refresh_guard", RefreshGuardConfig::read);
        Setting<List<ConnectionConfig>> connections =
                in.sections("connections", ConnectionConfig::read, 0);
        return in.combine(
                () -> new SiteWork(guard.value(), connections.value()),
                List.of(guard, connections));
    }
}

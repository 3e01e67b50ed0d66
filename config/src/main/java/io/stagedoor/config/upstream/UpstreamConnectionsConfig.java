package io.stagedoor.config.upstream;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.util.Optional;

/**
 * The connections to each upstream.
 *
 * @param timeouts how long things may take
 * @param pool how many connections there are
 * @param maxAttempts how often a request is attempted at most, the first time included
 * @param retryBudget the most repeated attempts at a time, in percent of the requests under way
 * @param outliers when one address is left alone because it fails
 * @param circuit when the whole upstream is left alone
 * @param healthCheck how addresses are looked after, if they are
 */
public record UpstreamConnectionsConfig(
        TimeoutsConfig timeouts,
        PoolConfig pool,
        int maxAttempts,
        int retryBudget,
        OutliersConfig outliers,
        CircuitConfig circuit,
        Optional<HealthCheckConfig> healthCheck) {

    /** Reads the section {@code upstream_connections}. */
    public static Optional<UpstreamConnectionsConfig> read(Section in) {
        Setting<TimeoutsConfig> timeouts = TimeoutsConfig.keys(in);
        Setting<PoolConfig> pool = PoolConfig.keys(in);
        Setting<Integer> attempts = in.optional("max_attempts", Kinds.number(1, 10), 3);
        Setting<Integer> budget = in.optional("retry_budget", Kinds.number(0, 100), 20);
        Setting<OutliersConfig> outliers = in.section("outliers", OutliersConfig::read);
        Setting<CircuitConfig> circuit = in.section("circuit", CircuitConfig::read);
        Setting<Optional<HealthCheckConfig>> check =
                in.optionalSection("health_check", HealthCheckConfig::read);
        return in.build(
                () ->
                        new UpstreamConnectionsConfig(
                                timeouts.value(),
                                pool.value(),
                                attempts.value(),
                                budget.value(),
                                outliers.value(),
                                circuit.value(),
                                check.value()));
    }
}

package io.stagedoor.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.stagedoor.proxy.authn.keys.KeyFault;
import io.stagedoor.proxy.authn.keys.KeySetStatus;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Shows each issuer's key set as gauges: its age, its usable keys, and those left out by reason. */
final class KeySetMetrics {

    private final Foundation foundation;
    private final Serving serving;
    private final MultiGauge ages;
    private final MultiGauge usable;
    private final MultiGauge dropped;

    private KeySetMetrics(Foundation foundation, Serving serving) {
        this.foundation = foundation;
        this.serving = serving;
        MeterRegistry registry = foundation.metrics;
        this.ages =
                MultiGauge.builder("stagedoor.keys.age")
                        .description("seconds since the issuer's keys were fetched; NaN if never")
                        .baseUnit("seconds")
                        .register(registry);
        this.usable =
                MultiGauge.builder("stagedoor.keys.usable")
                        .description("keys of the issuer that tokens can be verified with")
                        .register(registry);
        this.dropped =
                MultiGauge.builder("stagedoor.keys.dropped")
                        .description("published keys of the issuer that are not used")
                        .register(registry);
    }

    static KeySetMetrics register(Foundation foundation, Serving serving) {
        KeySetMetrics all = new KeySetMetrics(foundation, serving);
        all.showIssuers();
        return all;
    }

    /** Has gauges for each issuer that is configured now. */
    void showIssuers() {
        List<String> issuers = keySets().map(KeySetStatus::issuerName).toList();
        ages.register(issuers.stream().map(issuer -> row(issuer, this::ageOf)).toList(), true);
        usable.register(
                issuers.stream().map(issuer -> row(issuer, KeySetStatus::keys)).toList(), true);
        dropped.register(issuers.stream().flatMap(this::droppedOf).toList(), true);
    }

    private Stream<MultiGauge.Row<?>> droppedOf(String issuer) {
        return Arrays.stream(KeyFault.values())
                .map(
                        fault ->
                                MultiGauge.Row.of(
                                        Tags.of("issuer", issuer, "reason", fault.text()),
                                        this,
                                        all ->
                                                all.valueOf(
                                                        issuer,
                                                        keys ->
                                                                keys.ignored()
                                                                        .getOrDefault(fault, 0))));
    }

    private MultiGauge.Row<?> row(String issuer, ToDoubleFunction<KeySetStatus> value) {
        return MultiGauge.Row.of(
                Tags.of("issuer", issuer), this, all -> all.valueOf(issuer, value));
    }

    private double ageOf(KeySetStatus keys) {
        return keys.loadedAt()
                .map(at -> Duration.between(at, foundation.clock.instant()).toSeconds())
                .map(Long::doubleValue)
                .orElse(Double.NaN);
    }

    private double valueOf(String issuer, ToDoubleFunction<KeySetStatus> value) {
        return keySets()
                .filter(keys -> keys.issuerName().equals(issuer))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
    }

    private Stream<KeySetStatus> keySets() {
        return serving.current().authenticator().keySets().stream();
    }
}

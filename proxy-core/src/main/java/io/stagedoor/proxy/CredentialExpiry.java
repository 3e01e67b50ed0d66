package io.stagedoor.proxy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.stagedoor.proxy.credential.SecretExpiry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows when the secrets and certificates expire that credentials are got with, and warns once of each
 * that expires soon. What is known of them changes as they are read, so it looks again all the time.
 */
final class CredentialExpiry implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(CredentialExpiry.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private final Supplier<Map<String, List<SecretExpiry>>> expiries;
    private final ExpiryWarning warning;
    private final MultiGauge gauge;
    private final Set<SecretExpiry> warnedOf = ConcurrentHashMap.newKeySet();
    private final CountDownLatch closed = new CountDownLatch(1);

    CredentialExpiry(
            Supplier<Map<String, List<SecretExpiry>>> expiries,
            ExpiryWarning warning,
            MeterRegistry metrics) {
        this.expiries = expiries;
        this.warning = warning;
        this.gauge =
                MultiGauge.builder("stagedoor.credential.expiry")
                        .description(
                                "seconds until a secret or certificate expires that the"
                                        + " credential for a service is got with")
                        .baseUnit("seconds")
                        .register(metrics);
    }

    /** Begins to look, until it is closed. */
    CredentialExpiry start() {
        Thread.ofVirtual().name("credential-expiry").start(this::lookUntilClosed);
        return this;
    }

    private void lookUntilClosed() {
        try {
            do {
                look();
            } while (!closed.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows what is known now, and warns of what is new. */
    void look() {
        List<MultiGauge.Row<?>> rows = new ArrayList<>();
        expiries.get()
                .forEach(
                        (service, known) ->
                                known.forEach(
                                        each -> {
                                            rows.add(row(service, each));
                                            warn(service, each);
                                        }));
        gauge.register(rows, true);
    }

    private MultiGauge.Row<?> row(String service, SecretExpiry expiry) {
        return MultiGauge.Row.of(
                Tags.of("service", service, "secret", expiry.secret()),
                expiry.expiresAt(),
                this::secondsUntil);
    }

    private double secondsUntil(Instant expiresAt) {
        return Duration.between(warning.clock().instant(), expiresAt).toSeconds();
    }

    private void warn(String service, SecretExpiry expiry) {
        if (warning.isDue(expiry) && warnedOf.add(expiry)) {
            LOG.atWarn()
                    .addKeyValue("service", service)
                    .addKeyValue("secret", expiry.secret())
                    .addKeyValue("expiresAt", expiry.expiresAt())
                    .log("what the service's credential is got with expires soon: renew it");
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}

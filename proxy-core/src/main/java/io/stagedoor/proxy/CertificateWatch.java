package io.stagedoor.proxy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Takes up the listener's certificates when their files change, and counts it. One thread's. */
final class CertificateWatch {

    private final ListenerCertificates certificates;
    private final InstantSource clock;
    private final Counter taken;
    private final Counter broken;
    private final MultiGauge expiry;

    CertificateWatch(
            ListenerCertificates certificates, MeterRegistry metrics, InstantSource clock) {
        this.certificates = certificates;
        this.clock = clock;
        this.taken = counter(metrics, "success");
        this.broken = counter(metrics, "failure");
        this.expiry =
                MultiGauge.builder("stagedoor.certificate.expiry")
                        .description("seconds until a certificate of the listener expires")
                        .baseUnit("seconds")
                        .register(metrics);
        showExpiry();
    }

    private static Counter counter(MeterRegistry metrics, String result) {
        return Counter.builder("stagedoor.certificate.reload")
                .description("changed certificates of the listener, by whether they can be used")
                .tag("result", result)
                .register(metrics);
    }

    /** Looks at the files. Blocks on the disk. */
    void look() {
        ListenerCertificates.Look look = certificates.look();
        taken.increment(look.taken());
        broken.increment(look.broken());
        showExpiry();
    }

    private void showExpiry() {
        expiry.register(
                certificates.inUse().stream()
                        .<MultiGauge.Row<?>>map(
                                each ->
                                        MultiGauge.Row.of(
                                                Tags.of("certificate", each.file()),
                                                each.expiresAt(),
                                                this::secondsUntil))
                        .toList(),
                true);
    }

    private double secondsUntil(Instant expiresAt) {
        return Duration.between(clock.instant(), expiresAt).toSeconds();
    }
}

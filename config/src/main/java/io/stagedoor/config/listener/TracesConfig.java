package io.stagedoor.config.listener;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where traces go (OpenTelemetry, OTLP over HTTP).
 *
 * @param collector scheme, host and port of the collector, which takes spans at {@code /v1/traces}
 * @param trustedCertificates the authorities that sign its certificate, or nothing for the JVM's
 * @param percent how many of a hundred traces that begin here are sampled; those that a caller began
 *     are when the caller says so
 * @param queue how many spans wait at most; further ones are dropped and counted
 */
public record TracesConfig(
        URI collector, Optional<Path> trustedCertificates, int percent, int queue) {

    /** Reads the section {@code admin.traces}. */
    public static Optional<TracesConfig> read(Section in) {
        Setting<URI> collector =
                in.required("collector", NetKinds.origin("https://collector.example:4318"));
        Setting<Optional<Path>> trusted =
                in.optional("trusted_certificates", in.reading().files().certificates());
        Setting<Integer> percent = in.optional("percent", Kinds.number(0, 100), 1);
        Setting<Integer> queue = in.optional("queue", Kinds.number(64, 65_536), 2_048);
        return in.build(
                () ->
                        new TracesConfig(
                                collector.value(),
                                trusted.value(),
                                percent.value(),
                                queue.value()));
    }
}

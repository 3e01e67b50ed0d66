package io.stagedoor.proxy;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.stagedoor.config.listener.TracesConfig;
import io.stagedoor.proxy.trace.OpenTelemetryTracing;
import io.stagedoor.proxy.trace.SpanQueue;
import io.stagedoor.proxy.trace.Tracing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Tracing as it is configured: off, or with a collector over OTLP/HTTP. */
final class Traces implements AutoCloseable {

    private static final String PATH = "/v1/traces";
    private static final Duration COLLECTOR_TIMEOUT = Duration.ofSeconds(5);

    private final Optional<Running> running;

    private record Running(OpenTelemetryTracing tracing, SpanQueue spans) {}

    private Traces(Optional<Running> running) {
        this.running = running;
    }

    /**
     * Begins to trace, if a collector is named.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    static Traces open(Optional<TracesConfig> config) throws IOException {
        return new Traces(config.isEmpty() ? Optional.empty() : Optional.of(run(config.get())));
    }

    private static Running run(TracesConfig config) throws IOException {
        OtlpHttpSpanExporterBuilder exporter =
                OtlpHttpSpanExporter.builder()
                        .setEndpoint(config.collector() + PATH)
                        .setTimeout(COLLECTOR_TIMEOUT);
        Optional<Path> trusted = config.trustedCertificates();
        if (trusted.isPresent()) {
            exporter.setTrustedCertificates(Files.readAllBytes(trusted.get()));
        }
        SpanQueue spans = SpanQueue.start(config.queue(), exporter.build());
        return new Running(
                new OpenTelemetryTracing(config.percent() / 100.0, ProductVersion.text(), spans),
                spans);
    }

    Tracing tracing() {
        return running.<Tracing>map(Running::tracing).orElse(Tracing.OFF);
    }

    /** Counts what becomes of spans, as {@code stagedoor_trace_spans_total}. */
    void register(MeterRegistry metrics) {
        running.map(Running::spans)
                .ifPresent(
                        spans -> {
                            count(metrics, spans, "exported", SpanQueue::exported);
                            count(metrics, spans, "dropped", SpanQueue::dropped);
                            count(metrics, spans, "failed", SpanQueue::failed);
                        });
    }

    private static void count(
            MeterRegistry metrics,
            SpanQueue spans,
            String end,
            ToDoubleFunction<SpanQueue> figure) {
        FunctionCounter.builder("stagedoor.trace.spans", spans, figure)
                .description("spans, by what became of them")
                .tag("end", end)
                .register(metrics);
    }

    @Override
    public void close() {
        running.map(Running::tracing).ifPresent(OpenTelemetryTracing::close);
    }
}

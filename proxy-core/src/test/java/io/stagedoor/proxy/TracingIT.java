package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.TraceCollector;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Traces over real sockets: from a client's trace context to a collector, and to the upstream. */
class TracingIT {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";
    private static final String CREATE_RUN = "/pipelines/" + DemoCast.NIGHTLY + "/createRun";

    private TraceCollector collector;
    private ProxyFixture proxy;

    @BeforeEach
    void start() throws IOException {
        collector = TraceCollector.start();
        proxy = proxyThatSamples(0);
    }

    private ProxyFixture proxyThatSamples(int percent) throws IOException {
        return ProxyFixture.start(
                text ->
                        text.replace(
                                "admin:\n",
                                "admin:\n  traces:\n    collector: "
                                        + collector.uri()
                                        + "\n    percent: "
                                        + percent
                                        + "\n"));
    }

    @AfterEach
    void stop() {
        proxy.close();
        collector.close();
    }

    @Test
    void continuesTheCallersTraceAndTellsTheUpstream() throws Exception {
        HttpResponse<String> answer =
                send(
                        DemoCast.ENGINEER,
                        "traceparent",
                        "00-" + TRACE + "-" + PARENT + "-01",
                        "tracestate",
                        "vendor=a1");

        assertThat(answer.statusCode()).isEqualTo(202);
        Span server = awaitSpan(Span.SpanKind.SPAN_KIND_SERVER);
        Span client = awaitSpan(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(List.of(hex(server.getTraceId()), hex(client.getTraceId()))).containsOnly(TRACE);
        assertThat(hex(server.getParentSpanId())).isEqualTo(PARENT);
        assertThat(client.getParentSpanId()).isEqualTo(server.getSpanId());
        SeenRequest seen = upstreamSaw();
        assertThat(seen.field("traceparent"))
                .contains("00-" + TRACE + "-" + hex(client.getSpanId()) + "-01");
        assertThat(seen.field("tracestate")).contains("vendor=a1");
    }

    @Test
    void spansSayWhatWasDecidedAndNothingOfWhoAsked() throws Exception {
        HttpResponse<String> refused =
                send(DemoCast.ANALYST, "traceparent", "00-" + TRACE + "-" + PARENT + "-01");

        Span server = awaitSpan(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(attributes(server))
                .containsOnlyKeys(
                        "http.request.method",
                        "http.response.status_code",
                        "stagedoor.route",
                        "stagedoor.operation",
                        "stagedoor.decision",
                        "stagedoor.decision_id")
                .containsEntry("stagedoor.route", "demo")
                .containsEntry("stagedoor.decision", "not_permitted")
                .containsEntry("http.response.status_code", "403")
                .containsEntry(
                        "stagedoor.decision_id",
                        refused.headers().firstValue("x-stagedoor-decision-id").orElseThrow());
        assertThat(server.toString())
                .doesNotContain("Bearer")
                .doesNotContain(DemoCast.ANALYST.name())
                .doesNotContain(DemoCast.ANALYST.id().objectId());
    }

    @Test
    void aTraceTheCallerDidNotSampleIsNotExportedButGoesOn() throws Exception {
        send(DemoCast.ENGINEER, "traceparent", "00-" + TRACE + "-" + PARENT + "-00");

        assertThat(upstreamSaw().field("traceparent").orElseThrow())
                .startsWith("00-" + TRACE + "-")
                .endsWith("-00");
        proxy.proxy().drain();
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void aMalformedOrRepeatedContextBeginsAnotherTrace() throws Exception {
        send(DemoCast.ENGINEER, "traceparent", "00-" + "0".repeat(32) + "-" + PARENT + "-01");
        assertThat(upstreamSaw().field("traceparent").orElseThrow()).doesNotContain("0".repeat(32));

        String good = "00-" + TRACE + "-" + PARENT + "-01";
        send(DemoCast.ENGINEER, "traceparent", good, "traceparent", good);
        assertThat(upstreamSaw().field("traceparent").orElseThrow()).doesNotContain(TRACE);
    }

    @Test
    void anEndlessTraceStateIsNotPassedOn() throws Exception {
        send(
                DemoCast.ENGINEER,
                "traceparent",
                "00-" + TRACE + "-" + PARENT + "-01",
                "tracestate",
                "vendor=" + "x".repeat(250) + ",other=" + "y".repeat(260));

        SeenRequest seen = upstreamSaw();
        assertThat(seen.field("traceparent").orElseThrow()).contains(TRACE);
        assertThat(seen.field("tracestate")).isEmpty();
    }

    @Test
    void tracesThatBeginHereAreSampledAsConfigured() throws Exception {
        proxy.close();
        proxy = proxyThatSamples(100);

        send(DemoCast.ENGINEER);

        assertThat(awaitSpan(Span.SpanKind.SPAN_KIND_SERVER).getParentSpanId()).isEmpty();
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () ->
                                assertThat(proxy.admin("/metrics").body())
                                        .contains(
                                                "stagedoor_trace_spans_total{end=\"exported\"} 2"));
    }

    private HttpResponse<String> send(CastMember caller, String... fields)
            throws IOException, InterruptedException {
        return proxy.send(
                proxy.request(
                        proxy.scenery().token(caller),
                        "POST",
                        CREATE_RUN,
                        Optional.empty(),
                        fields));
    }

    private SeenRequest upstreamSaw() {
        return proxy.workspace().requests().stream()
                .filter(request -> request.path().endsWith("createRun"))
                .reduce((_, last) -> last)
                .orElseThrow();
    }

    private Span awaitSpan(Span.SpanKind kind) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(
                        () ->
                                collector.spans().stream()
                                        .filter(span -> span.getKind() == kind)
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static Map<String, String> attributes(Span span) {
        return span.getAttributesList().stream()
                .collect(Collectors.toMap(KeyValue::getKey, each -> text(each.getValue())));
    }

    private static String text(AnyValue value) {
        return value.hasIntValue() ? Long.toString(value.getIntValue()) : value.getStringValue();
    }

    private static String hex(ByteString bytes) {
        return HexFormat.of().formatHex(bytes.toByteArray());
    }
}

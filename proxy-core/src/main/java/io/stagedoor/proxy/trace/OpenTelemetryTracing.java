package io.stagedoor.proxy.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Makes spans with the OpenTelemetry SDK: one of kind SERVER for an exchange, one of kind CLIENT for
 * its request to the upstream. Safe for any thread.
 *
 * <p>A trace that a caller began is sampled when the caller says so; of the others, a share is.
 * Methods that HTTP does not define are called {@code _OTHER}, as the conventions ask, so that no
 * attribute but the ids takes values from a client.
 */
public final class OpenTelemetryTracing implements Tracing, AutoCloseable {

    /** The longest {@code tracestate} that is passed on; W3C asks for 512 characters at least. */
    static final int STATE_AT_MOST = 512;

    private static final String PARENT = "traceparent";
    private static final String STATE = "tracestate";
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

    private static final AttributeKey<String> METHOD =
            AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<Long> STATUS =
            AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> HOST = AttributeKey.stringKey("server.address");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("stagedoor.route");
    private static final AttributeKey<String> OPERATION =
            AttributeKey.stringKey("stagedoor.operation");
    private static final AttributeKey<String> DECISION =
            AttributeKey.stringKey("stagedoor.decision");
    private static final AttributeKey<String> DECISION_ID =
            AttributeKey.stringKey("stagedoor.decision_id");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("stagedoor.outcome");

    private final SdkTracerProvider provider;
    private final Tracer tracer;

    /**
     * Makes spans.
     *
     * @param share the share of the traces begun here that are sampled, from 0 to 1
     * @param version the proxy's, for {@code service.version}
     * @param spans takes those that have ended; closed with this
     */
    public OpenTelemetryTracing(double share, String version, SpanProcessor spans) {
        this.provider =
                SdkTracerProvider.builder()
                        .setResource(
                                Resource.builder()
                                        .put("service.name", "stagedoor")
                                        .put("service.version", version)
                                        .build())
                        .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
                        .addSpanProcessor(spans)
                        .build();
        this.tracer = provider.get("io.stagedoor.proxy");
    }

    @Override
    public ExchangeTrace begin(String method, Function<String, List<String>> fields) {
        Context caller = callerOf(fields);
        String bounded = METHODS.contains(method) ? method : "_OTHER";
        Span span =
                tracer.spanBuilder(bounded)
                        .setSpanKind(SpanKind.SERVER)
                        .setParent(caller)
                        .setAttribute(METHOD, bounded)
                        .startSpan();
        return new Server(span);
    }

    /** A caller's trace counts only when it is told once, and well. */
    private static Context callerOf(Function<String, List<String>> fields) {
        List<String> parents = fields.apply(PARENT);
        if (parents.size() != 1) {
            return Context.root();
        }
        Map<String, String> carrier = new HashMap<>(Map.of(PARENT, parents.getFirst()));
        String state = String.join(",", fields.apply(STATE));
        if (!state.isEmpty() && state.length() <= STATE_AT_MOST) {
            carrier.put(STATE, state);
        }
        return W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), carrier, MapGetter.INSTANCE);
    }

    @Override
    public void close() {
        provider.close();
    }

    private final class Server implements ExchangeTrace {

        private final Span span;

        Server(Span span) {
            this.span = span;
        }

        @Override
        public Optional<String> traceId() {
            return Optional.of(span.getSpanContext().getTraceId());
        }

        @Override
        public UpstreamTrace toUpstream(String host, String method) {
            String bounded = METHODS.contains(method) ? method : "_OTHER";
            return new Client(
                    tracer.spanBuilder(bounded)
                            .setSpanKind(SpanKind.CLIENT)
                            .setParent(Context.root().with(span))
                            .setAttribute(METHOD, bounded)
                            .setAttribute(HOST, host)
                            .startSpan());
        }

        @Override
        public void ended(Ending ending) {
            span.setAttribute(ROUTE, ending.route())
                    .setAttribute(OPERATION, ending.operation())
                    .setAttribute(DECISION, ending.code())
                    .setAttribute(DECISION_ID, ending.decisionId())
                    .setAttribute(STATUS, (long) ending.status());
            if (!ending.operation().equals("none")) {
                span.updateName(ending.operation());
            }
            if (ending.status() >= 500) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }

    private record Client(Span span) implements UpstreamTrace {

        @Override
        public Optional<Propagated> propagated() {
            Map<String, String> carrier = new HashMap<>();
            SpanContext context = span.getSpanContext();
            W3CTraceContextPropagator.getInstance()
                    .inject(
                            Context.root().with(Span.wrap(context)),
                            carrier,
                            (map, key, value) -> {
                                if (map != null) {
                                    map.put(key, value);
                                }
                            });
            return Optional.ofNullable(carrier.get(PARENT))
                    .map(parent -> new Propagated(parent, Optional.ofNullable(carrier.get(STATE))));
        }

        @Override
        public void ended(Optional<Integer> status, String outcome) {
            status.ifPresent(code -> span.setAttribute(STATUS, (long) code));
            span.setAttribute(OUTCOME, outcome);
            if (status.isEmpty() || status.get() >= 400) {
                span.setStatus(StatusCode.ERROR);
            }
            span.end();
        }
    }
}

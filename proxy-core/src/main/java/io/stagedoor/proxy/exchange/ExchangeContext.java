package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Denials;
import io.stagedoor.proxy.http.Dialect;
import io.stagedoor.proxy.http.Explanation;
import io.stagedoor.proxy.http.NettyHeads;
import io.stagedoor.proxy.http.RefusalResponse;
import io.stagedoor.proxy.journey.AdmissionTrace;
import io.stagedoor.proxy.listener.ClientConnection;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.route.Route;
import io.stagedoor.proxy.trace.ExchangeTrace;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What both halves of an exchange share: who the client is, what is known so far, and how an answer
 * is sent and an exchange ended. Confined to the event loop of the client's connection.
 */
final class ExchangeContext {

    private final ExchangeId id;
    private final ExchangeParts parts;
    private final DecisionRecords decisions;
    private final ClientConnection client;
    private final AdmissionTrace trace;
    private final Arrival arrival;
    private StreamList.@Nullable Entry entry;
    private ExchangeTrace spans = ExchangeTrace.NONE;
    private boolean reusable;
    private boolean clientGone;
    private boolean ended;

    ExchangeContext(
            ExchangeId id,
            ExchangeParts parts,
            DecisionRecords decisions,
            ClientConnection client,
            AdmissionTrace trace,
            Arrival arrival) {
        this.id = id;
        this.parts = parts;
        this.decisions = decisions;
        this.client = client;
        this.trace = trace;
        this.arrival = arrival;
        this.reusable = arrival.keepsAlive();
        parts.setting().inFlight().began();
    }

    ExchangeId id() {
        return id;
    }

    ExchangeParts parts() {
        return parts;
    }

    ClientConnection client() {
        return client;
    }

    AdmissionTrace trace() {
        return trace;
    }

    boolean isClientGone() {
        return clientGone;
    }

    boolean isEnded() {
        return ended;
    }

    void clientIsGone() {
        clientGone = true;
    }

    /** Gives it a trace, before anything of it has happened. */
    ExchangeContext traced(ExchangeTrace began) {
        spans = began;
        return this;
    }

    ExchangeTrace spans() {
        return spans;
    }

    /** Has it asked again and again, until the exchange ends, whether the stream may go on. */
    void watch(OpenStream stream) {
        entry = parts.setting().streams().opened(stream);
    }

    /** Says that the connection cannot carry another request, whatever the client wished. */
    void closeAfterwards() {
        reusable = false;
    }

    /**
     * Writes the audit record of a refusal that came before anything was permitted. Nothing waits for
     * the disk, but the record goes there at once, so that the client can ask why.
     *
     * @return whether the trail took it
     */
    boolean recordRefusal(Refusal refusal, JobIds jobs) {
        return !parts.trail()
                .append(decisions.refused(id, trace, refusal, jobs))
                .toCompletableFuture()
                .isCompletedExceptionally();
    }

    AuditEvent.Decided permitRecord(Permit permit, JobIds jobs) {
        return decisions.permitted(id, trace, permit, jobs);
    }

    /** Returns whether records of the operation have to be on disk before anything follows. */
    boolean waitsForDisk(Operation operation) {
        return operation.effect().isStateChanging() || parts.setting().readsWait();
    }

    /** Makes the answer to a refusal. */
    Answer answerTo(Refusal refusal, boolean mayHaveActed) {
        RefusalResponse.Context context =
                new RefusalResponse.Context(
                        id.id(),
                        id.client().requestId(),
                        mayHaveActed,
                        trace.decision().flatMap(ExchangeContext::explanationOf),
                        dialect());
        return RefusalResponse.of(refusal, context);
    }

    /** Nobody knows whose client it is before there is a route. */
    private Dialect dialect() {
        return trace.route()
                .map(route -> parts.serviceOf(route.service()).rules().platform())
                .map(arrival::dialect)
                .orElse(Dialect.AZURE);
    }

    private static Optional<Explanation> explanationOf(Decision decision) {
        return decision instanceof Deny deny ? Denials.explanationOf(deny) : Optional.empty();
    }

    /** Sends a whole answer and ends the exchange. */
    void send(Answer answer, String code) {
        send(NettyHeads.toNetty(answer, id.method().equals("HEAD")), code);
    }

    /** Sends a whole response and ends the exchange. */
    void send(FullHttpResponse response, String code) {
        int status = response.status().code();
        if (clientGone) {
            response.release();
        } else {
            closeIfLast(response.headers());
            client.write(response);
            client.flush();
        }
        end(code, status, List.of());
    }

    /** Tells the client that the connection will be closed, if it will. */
    void closeIfLast(HttpHeaders headers) {
        if (!reusable || client.isDraining()) {
            reusable = false;
            headers.set("Connection", "close");
        }
    }

    /**
     * Ends the exchange after the last part of its answer was written.
     *
     * @param jobs the ids of the jobs it had to do with, for the access line
     */
    void end(String code, int status, List<String> jobs) {
        if (ended) {
            return;
        }
        ended = true;
        arrival.leave();
        unwatch();
        parts.setting().inFlight().ended();
        endSpan(code, clientGone ? 0 : status);
        Duration took = Duration.between(trace.startedAt(), parts.setting().clock().instant());
        parts.setting()
                .observer()
                .ended(
                        new ExchangeSummary(
                                new ExchangeSummary.Ids(id.id(), spans.traceId()),
                                trace.route().map(Route::service),
                                trace.matched().map(matched -> matched.operation().name()),
                                trace.token()
                                        .map(token -> token.principal())
                                        .map(PrincipalId::toString),
                                code,
                                clientGone ? 0 : status,
                                took,
                                jobs.stream().findFirst()));
        if (!clientGone) {
            client.complete(reusable);
        }
    }

    @SuppressWarnings("ReferenceEquality") // there is one that traces nothing
    private void endSpan(String code, int status) {
        if (spans.traceId().isPresent()) {
            spans.ended(
                    new ExchangeTrace.Ending(
                            id.id(),
                            trace.route().map(Route::service).orElse("none"),
                            trace.matched()
                                    .map(matched -> matched.operation().name())
                                    .orElse("none"),
                            code,
                            status));
        }
    }

    private void unwatch() {
        StreamList.Entry watched = entry;
        if (watched != null) {
            watched.end();
        }
    }

    /** Ends the exchange in the middle of its answer: the client must see that it is cut. */
    void cut(String code, int status) {
        if (!clientGone) {
            client.abort();
            clientGone = true;
        }
        end(code, status, List.of());
    }
}

package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.fact.UpstreamFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.body.BodyUse;
import io.stagedoor.proxy.body.JobId;
import io.stagedoor.proxy.body.JobIdReader;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.IdentityFields;
import io.stagedoor.proxy.http.NettyHeads;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.replay.KeptAnswer;
import io.stagedoor.proxy.replay.RunStart;
import io.stagedoor.proxy.trace.UpstreamTrace;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A permitted request that goes upstream: sent, answered, recorded, and only then ended.
 *
 * <p>The end of an answer to a state-changing request waits until its completed record is on disk,
 * so that whatever a client was told can be found again. When the client leaves after such a request
 * was sent, the answer is still heard to its end, for the record. Confined to the event loop of the
 * client's connection.
 */
final class ForwardedExchange implements UpstreamListener, OpenStream {

    private final ExchangeContext context;
    private final Admitted admitted;
    private final Operation operation;
    private final IdentityFields identity;
    private final Service service;
    private final UpstreamTrace span;
    private final OnwardRequest onward;
    private final Optional<byte[]> body;
    private final CredentialRenewal renewal;
    private final Forwarding forwarding;
    private final JobIdReader jobs;
    private final AnswerPassage passage;
    private final Optional<RunStart.Ticket> ticket;
    private final long begun = System.nanoTime();
    private @Nullable AnswerRelay relay;
    private @Nullable Tunnel tunnel;
    private Optional<ResponseHead> answer = Optional.empty();
    private Optional<String> revoked = Optional.empty();
    private Optional<String> failureReason = Optional.empty();
    private boolean upstreamKeepsAlive;
    private boolean over;
    private long received;

    ForwardedExchange(
            ExchangeContext context,
            Admitted admitted,
            Optional<byte[]> body,
            IdentityFields identity,
            Optional<RunStart.Ticket> ticket) {
        this.context = context;
        this.admitted = admitted;
        this.operation = admitted.operation().operation();
        this.identity = identity;
        this.ticket = ticket;
        this.service = context.parts().serviceOf(admitted.route().service());
        this.jobs = new JobIdReader(admitted.operation(), context.parts().limits().jobIds());
        this.passage = new AnswerPassage(context, admitted, identity, jobs);
        this.span = context.spans().toUpstream(service.host(), admitted.head().method());
        this.renewal = new CredentialRenewal(context, admitted);
        this.onward = new OnwardRequest(context, admitted, identity, service);
        this.body = body;
        Forwarding.Request request = onward.carrying(body, span);
        this.forwarding = new Forwarding(service.upstream(), request, context.client(), this);
        jobs.request(admitted.head());
        body.map(ByteBuffer::wrap).ifPresent(jobs::requestBody);
    }

    private boolean isStateChanging() {
        return operation.effect().isStateChanging();
    }

    void start() {
        context.watch(this);
        forwarding.start();
    }

    @Override
    public Admitted admitted() {
        return admitted;
    }

    /**
     * Cuts the client off; what follows is as if it had left. A sent request that changes state is
     * not cut for its token's expiry alone, and the answer to it is heard to its end in any case.
     */
    @Override
    public void close(String reason) {
        boolean spared = isHeardOn() && reason.equals(Code.TOKEN_EXPIRED.text());
        if (!over && !spared && revoked.isEmpty()) {
            revoked = Optional.of(reason);
            context.client().abort();
        }
    }

    /** Returns whether what the upstream says counts even if nobody takes it. */
    private boolean isHeardOn() {
        return isStateChanging() && forwarding.isSent() && tunnel == null;
    }

    void onRequestContent(HttpContent content) {
        if (BodyUse.ofRequest(operation).reads()) {
            jobs.requestBody(content.content().nioBuffer());
        }
        forwarding.onRequestContent(content);
    }

    @Override
    public void onAnswerHead(HttpResponse response) {
        upstreamKeepsAlive = HttpUtil.isKeepAlive(response);
        ResponseHead head = NettyHeads.from(response);
        answer = Optional.of(head);
        if (head.status() == 401 && !admitted.hasClientsCredential()) {
            credentialRefused();
            return;
        }
        if (head.status() == 101) {
            openTunnel(head);
            return;
        }
        try {
            relay = passage.begin(head, admitted.hasClientsCredential());
        } catch (RefusedException refused) {
            withhold(refused.refusal());
        }
    }

    private void openTunnel(ResponseHead head) {
        if (!admitted.head().isOpenedBy(head)) {
            failureReason = Optional.of("its 101 is no answer to this opening of a WebSocket");
            endWith(NoAnswer.notSwitched(), Outcome.ANSWERED, false);
        } else if (context.isClientGone()) {
            endTunnel(Outcome.CUT_SHORT, "the client left before the tunnel was open");
        } else {
            ResponseHead granted = head.forClient(identity).switchingToWebSocket();
            relay = new AnswerRelay(context, granted, AnswerRelay.Manner.TUNNEL, Optional.empty());
            tunnel = new Tunnel(context, forwarding, this::endTunnel);
            tunnel.open(service.lifetimeOf(operation.name()));
        }
    }

    private void endTunnel(Outcome outcome, String reason) {
        if (over) {
            return;
        }
        over = true;
        if (tunnel != null) {
            tunnel.ended();
        }
        failureReason = Optional.of(reason);
        forwarding.cancel();
        completeThen(
                revoked.isPresent() ? Outcome.REVOKED : outcome,
                jobs.finish(),
                () -> context.end(code(), status(), List.of()));
    }

    @Override
    public void onAnswerContent(HttpContent content) {
        AnswerRelay current = relay;
        if (current == null || over) {
            content.release();
            return;
        }
        received += content.content().readableBytes();
        boolean last = AnswerRelay.isLast(content);
        try {
            current.add(passage.read(content));
            if (last) {
                onAnswerEnd(current);
            }
        } catch (RefusedException refused) {
            withhold(refused.refusal());
        }
    }

    private void onAnswerEnd(AnswerRelay current) throws RefusedException {
        Optional<AnswerRelay.Whole> whole = current.whole();
        over = true;
        forwarding.finish(upstreamKeepsAlive);
        int status = status();
        JobIds seen = jobs.finish();
        context.parts().effects().answered(admitted, status, seen);
        settleTicket(status, whole);
        List<String> ids = seen.jobs().stream().map(JobId::id).toList();
        completeThen(
                Outcome.ANSWERED,
                seen,
                () -> {
                    if (!context.isClientGone()) {
                        current.release(whole);
                    }
                    context.end(code(), status, ids);
                });
    }

    /** An upstream that says no has started nothing, and the client may try again. */
    private void settleTicket(int status, Optional<AnswerRelay.Whole> whole) {
        boolean saidNo = status >= 400 && status < 500 && status != 408;
        ticket.ifPresent(
                first -> {
                    if (saidNo) {
                        first.notStarted();
                    } else {
                        first.answered(
                                whole.map(kept -> KeptAnswers.of(context.id(), kept))
                                        .orElseGet(this::tooLongToKeep));
                    }
                });
    }

    private KeptAnswer tooLongToKeep() {
        return KeptAnswers.of(context.id(), context.answerTo(NoAnswer.tooLongToKeep(), true));
    }

    private String code() {
        return revoked.isPresent() ? "revoked" : admitted.permit().code();
    }

    private int status() {
        return answer.map(ResponseHead::status).orElse(0);
    }

    @Override
    public void onAnswerReadComplete() {
        AnswerRelay current = relay;
        if (over || current == null) {
            return;
        }
        if (current.isHolding() || context.isClientGone()) {
            forwarding.readMore();
            return;
        }
        context.client().flush();
        if (context.client().isWritable()) {
            forwarding.readMore();
        }
    }

    void onClientWritable() {
        if (!over && relay != null) {
            forwarding.readMore();
        }
    }

    /** The upstream did not take the proxy's own credential, so it did not act. */
    private void credentialRefused() {
        forwarding.pause();
        renewal.acquire(this::onCredential, this::onNoCredential);
    }

    private void onCredential(UpstreamCredential other) {
        if (!over && forwarding.isAtHand()) {
            answer = Optional.empty();
            forwarding.again(onward.carrying(body, span, other));
        } else {
            onNoCredential(NoAnswer.credentialRefused());
        }
    }

    private void onNoCredential(Refusal refusal) {
        if (!over) {
            ticket.ifPresent(RunStart.Ticket::notStarted);
            context.parts().effects().neverSent(admitted);
            endWith(refusal, Outcome.ANSWERED, false);
        }
    }

    /** The upstream answered, and its answer must not reach the client. */
    private void withhold(Refusal refusal) {
        failureReason = Optional.of(refusal.sentence());
        Answer instead = endWith(refusal, Outcome.ANSWERED, isStateChanging());
        ticket.ifPresent(first -> first.answered(KeptAnswers.of(context.id(), instead)));
    }

    @Override
    public void onUpstreamFailure(UpstreamFailure failure) {
        if (tunnel != null) {
            endTunnel(Outcome.ANSWERED, "the upstream closed the tunnel");
        } else {
            failed(failure);
        }
    }

    private void failed(UpstreamFailure failure) {
        failureReason = Optional.of(failure.reason());
        switch (failure.reach()) {
            case NOT_TRIED -> unsent(NoAnswer.saturated(), Outcome.NOT_SENT);
            case NOT_SENT -> unsent(NoAnswer.unreachable(), Outcome.UNREACHABLE);
            case MAYBE_ARRIVED -> lost(Outcome.UNKNOWN);
            case ANSWER_BEGUN -> lost(Outcome.CUT_SHORT);
        }
    }

    private void unsent(Refusal refusal, Outcome outcome) {
        ticket.ifPresent(RunStart.Ticket::notStarted);
        context.parts().effects().neverSent(admitted);
        endWith(refusal, outcome, false);
    }

    private void lost(Outcome outcome) {
        Refusal refusal = NoAnswer.lost(isStateChanging());
        Answer instead = endWith(refusal, outcome, isStateChanging());
        ticket.ifPresent(first -> first.answered(KeptAnswers.of(context.id(), instead)));
    }

    /** Records, then tells the client in place of the upstream's answer, and ends the exchange. */
    private Answer endWith(Refusal refusal, Outcome outcome, boolean mayHaveActed) {
        over = true;
        forwarding.cancel();
        Answer instead = context.answerTo(refusal, mayHaveActed);
        AnswerRelay current = relay;
        boolean begunAnswer = current != null && current.isBegun();
        completeThen(
                outcome,
                jobs.finish(),
                () -> {
                    if (begunAnswer) {
                        context.cut(refusal.code().text(), status());
                    } else {
                        context.send(instead, refusal.code().text());
                    }
                });
        return instead;
    }

    void onClientGone() {
        if (tunnel != null) {
            endTunnel(Outcome.ANSWERED, "the client closed the tunnel");
        } else if (!over && isHeardOn()) {
            forwarding.readMore();
        } else if (!over) {
            giveUp();
        }
    }

    private void giveUp() {
        over = true;
        boolean nothingSent = forwarding.cancel();
        if (nothingSent) {
            ticket.ifPresent(RunStart.Ticket::notStarted);
            context.parts().effects().neverSent(admitted);
        } else {
            ticket.ifPresent(first -> first.answered(tooLongToKeep()));
        }
        Outcome cut = revoked.isPresent() ? Outcome.REVOKED : Outcome.CUT_SHORT;
        Outcome outcome = nothingSent ? Outcome.NOT_SENT : cut;
        completeThen(outcome, jobs.finish(), () -> context.end(code(), status(), List.of()));
    }

    /** Writes the completed record; what follows waits for the disk if the request changed state. */
    private void completeThen(Outcome outcome, JobIds seen, Runnable then) {
        passage.close();
        span.ended(answer.map(ResponseHead::status), outcome.name().toLowerCase(Locale.ROOT));
        AuditEvent.Completed record =
                CompletionRecords.sent(context.id(), context.trace(), outcome, facts(), seen)
                        .because(revoked)
                        .narrowed(passage.removed());
        if (!context.waitsForDisk(operation)) {
            context.parts().trail().appendWithinWindow(record);
            then.run();
            return;
        }
        var recorded = context.parts().trail().append(record);
        recorded.whenComplete((_, _) -> context.client().eventLoop().execute(then));
    }

    private UpstreamFacts facts() {
        return new UpstreamFacts(
                service.host(),
                service.identity(),
                answer.map(ResponseHead::status),
                answer.flatMap(head -> head.fields().first("x-ms-request-id")),
                new UpstreamFacts.Traffic(forwarding.sent(), received),
                Duration.ofNanos(System.nanoTime() - begun),
                forwarding.attempts(),
                failureReason);
    }
}

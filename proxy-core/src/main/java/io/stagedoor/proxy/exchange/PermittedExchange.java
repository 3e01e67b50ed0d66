package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.HttpContent;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationFlag;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.audit.fact.Outcome;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.body.JobIdReader;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.IdentityFields;
import io.stagedoor.proxy.http.LocalAnswers;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.replay.KeptAnswer;
import io.stagedoor.proxy.replay.RunStart;
import io.stagedoor.proxy.replay.RunStartKey;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that was permitted and recorded as such: it is answered by the proxy itself, given the
 * answer to the call that it repeats, or forwarded.
 *
 * <p>Confined to the event loop of the client's connection.
 */
final class PermittedExchange {

    private static final Logger LOG = LoggerFactory.getLogger(PermittedExchange.class);

    private final ExchangeContext context;
    private final Admitted admitted;
    private final Optional<byte[]> body;
    private final Operation operation;
    private Optional<RunStart.Ticket> ticket = Optional.empty();
    private @Nullable ForwardedExchange forwarded;

    PermittedExchange(ExchangeContext context, Admitted admitted, Optional<byte[]> body) {
        this.context = context;
        this.admitted = admitted;
        this.body = body;
        this.operation = admitted.operation().operation();
    }

    /** Goes on from the moment at which the decision was recorded. */
    void start() {
        if (context.isClientGone()) {
            endUnsent(Outcome.NOT_SENT);
        } else if (operation.traits().answeredLocally()) {
            answerHere();
        } else if (operation.traits().startsRun()
                && context.id().client().requestId().isPresent()) {
            startRun(context.id().client().requestId().get());
        } else {
            forward();
        }
    }

    /** Gives up before anything was sent, since the decision could not be recorded. */
    void giveUp() {
        context.parts().effects().neverSent(admitted);
    }

    private void endUnsent(Outcome outcome) {
        context.parts().effects().neverSent(admitted);
        complete(CompletionRecords.notSent(context.id(), outcome));
        context.end(admitted.permit().code(), 0, List.of());
    }

    private void complete(AuditEvent.Completed record) {
        context.parts().trail().appendWithinWindow(record);
    }

    private void answerHere() {
        if (operation.platform() == Platform.TABLEAU) {
            tellOfSession();
            return;
        }
        if (operation.traits().has(OperationFlag.UNGUARDED)) {
            tellCaller();
            return;
        }
        answerHere(
                LocalAnswers.assignedRoles(
                        OwnRoles.of(
                                context.trace().snapshot().orElseThrow(),
                                context.trace().principal().orElseThrow()),
                        identity()));
    }

    private void tellOfSession() {
        try {
            answerHere(
                    new SessionCall(
                                    context.parts().journey().sessions(),
                                    admitted,
                                    identity(),
                                    context.parts().setting().clock())
                            .answer(body));
        } catch (RefusedException refused) {
            complete(CompletionRecords.notSent(context.id(), Outcome.NOT_SENT));
            context.send(
                    context.answerTo(refused.refusal(), false), refused.refusal().code().text());
        }
    }

    /** What is to be told grows with the number of role assignments: it is found off the loop. */
    private void tellCaller() {
        var _ =
                CompletableFuture.supplyAsync(
                                () ->
                                        WhoAmI.tell(
                                                context.parts().journey().viewOf(context.trace())),
                                context.parts().setting().threads())
                        .whenComplete(
                                (seen, fault) ->
                                        context.client()
                                                .eventLoop()
                                                .execute(() -> onSeen(seen, fault)));
    }

    private void onSeen(@Nullable String seen, @Nullable Throwable fault) {
        if (seen != null) {
            answerHere(LocalAnswers.json(seen, identity()));
            return;
        }
        LOG.atError()
                .addKeyValue("requestId", context.id().id())
                .setCause(fault)
                .log("a caller could not be told about itself by our own fault");
        complete(CompletionRecords.notSent(context.id(), Outcome.NOT_SENT));
        context.cut(Code.INTERNAL.text(), 0);
    }

    private void answerHere(Answer answer) {
        complete(CompletionRecords.notSent(context.id(), Outcome.NOT_SENT));
        context.send(answer, admitted.permit().code());
    }

    /** Finds out whether this call is the first of its kind, or a client's repetition. */
    private void startRun(String clientRequestId) {
        RunStartKey key =
                new RunStartKey(
                        admitted.permit().principal(),
                        admitted.route().service(),
                        admitted.head().method() + " " + admitted.route().target().raw(),
                        clientRequestId);
        switch (context.parts().runStarts().claim(key)) {
            case RunStart.First(RunStart.Ticket first) -> {
                ticket = Optional.of(first);
                forward();
            }
            case RunStart.Repeat(var answer) ->
                    answer.whenComplete(
                            (kept, failure) ->
                                    context.client()
                                            .eventLoop()
                                            .execute(() -> onFirstAnswer(clientRequestId, kept)));
        }
    }

    private void onFirstAnswer(String clientRequestId, @Nullable KeptAnswer kept) {
        if (context.isClientGone()) {
            endUnsent(Outcome.NOT_SENT);
        } else if (kept == null) {
            startRun(clientRequestId);
        } else {
            complete(CompletionRecords.repeated(context.id(), jobsIn(kept)));
            context.send(KeptAnswers.again(kept, context.id()), admitted.permit().code());
        }
    }

    private JobIds jobsIn(KeptAnswer kept) {
        JobIdReader reader =
                new JobIdReader(admitted.operation(), context.parts().limits().jobIds());
        reader.request(admitted.head());
        reader.response(new ResponseHead(kept.status(), kept.fields()));
        reader.responseBody(ByteBuffer.wrap(kept.body()));
        return reader.finish();
    }

    private void forward() {
        ForwardedExchange exchange =
                new ForwardedExchange(context, admitted, body, identity(), ticket);
        forwarded = exchange;
        exchange.start();
    }

    private IdentityFields identity() {
        return new IdentityFields(
                admitted.permit().principal().toString(),
                admitted.token().clientApplication(),
                context.id().id());
    }

    /** Returns whether the body still has to come from the client when this starts. */
    boolean readsBodyFromClient() {
        return body.isEmpty() && admitted.head().framing().hasBody();
    }

    RequestHead head() {
        return admitted.head();
    }

    void onRequestContent(HttpContent content) {
        ForwardedExchange current = forwarded;
        if (current == null) {
            content.release();
        } else {
            current.onRequestContent(content);
        }
    }

    void onClientWritable() {
        ForwardedExchange current = forwarded;
        if (current != null) {
            current.onClientWritable();
        }
    }

    void onClientGone() {
        ForwardedExchange current = forwarded;
        if (current != null) {
            current.onClientGone();
        }
    }
}

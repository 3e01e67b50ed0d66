package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.authn.Sender;
import io.stagedoor.proxy.body.JobIdReader;
import io.stagedoor.proxy.body.JobIds;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Dialect;
import io.stagedoor.proxy.http.NettyHeads;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.http.ServerInfo;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.journey.Attempt;
import io.stagedoor.proxy.journey.NotYet;
import io.stagedoor.proxy.listener.ClientExchange;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.serverinfo.ServerInfos;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One request and its answer.
 *
 * <pre>
 *   Admitting --- body needed ---> Collecting --+
 *       |   \____________________________________/
 *       | admitted
 *       v
 *   Recording --- on disk ---> Permitted ---> (forwarded, or answered here)
 *       |
 *       +-- refused at any point ---> Finished
 * </pre>
 *
 * Confined to the event loop of the client's connection. A journey that has to wait runs on a virtual
 * thread while nothing is read from the client, and its outcome comes back to the loop. Whatever
 * happens, the exchange ends in exactly one decided record, and one completed record if it was
 * permitted. Only who asks for what anybody may read is answered without a record: nothing is decided
 * about anybody.
 */
final class Exchange implements ClientExchange {

    private static final Logger LOG = LoggerFactory.getLogger(Exchange.class);
    private static final JobIds NO_JOBS = new JobIds(List.of(), List.of(), false);

    private final ExchangeContext context;
    private final HttpRequest request;
    private final Arrival arrival;
    private final LastToken lastToken;
    private ExchangeState state = new ExchangeState.Admitting();

    Exchange(ExchangeContext context, HttpRequest request, Arrival arrival, LastToken lastToken) {
        this.lastToken = lastToken;
        this.arrival = arrival;
        this.context = context;
        this.request = request;
    }

    /** Checks the head of the request and sends it on its journey. */
    @Override
    public void begin() {
        RequestHead head;
        try {
            head = NettyHeads.from(request);
        } catch (RefusedException refused) {
            context.closeAfterwards();
            refuse(refused.refusal());
            return;
        }
        if (head.opensTunnel()) {
            context.closeAfterwards();
        }
        if (arrival.refusal().isPresent()) {
            refuse(arrival.refusal().get());
            return;
        }
        Optional<Answer> open = context.parts().announcements().documents().answerTo(head);
        if (open.isPresent()) {
            answerOpenly(open.get(), OpenDocuments.CODE);
            return;
        }
        Optional<Answer> keys =
                PublishedKeys.answerTo(head, context.parts().announcements().assertions());
        if (keys.isPresent()) {
            answerOpenly(keys.get(), PublishedKeys.CODE);
            return;
        }
        Optional<ServerInfos> infos = context.parts().announcements().sites().askedBy(head);
        if (infos.isPresent()) {
            tell(infos.get());
            return;
        }
        if (!head.framing().hasBody()) {
            context.client().read();
        }
        outcomeOf(Attempt.first(sender(head), context.trace(), lastToken)).run();
    }

    /** Sends what anybody may have: no journey begins, and no record is kept. */
    private void answerOpenly(Answer answer, String code) {
        state = new ExchangeState.Finished();
        context.client().read();
        context.send(answer, code);
    }

    /** Says what a server is, and waits for it on a virtual thread if it has to be asked. */
    private void tell(ServerInfos infos) {
        Optional<ServerInfos.Told> atHand = infos.atHand();
        if (atHand.isPresent()) {
            answerOpenly(answerOf(atHand.get()), OpenDocuments.CODE);
            return;
        }
        context.parts().setting().threads().execute(() -> tellAfterAsking(infos));
    }

    private void tellAfterAsking(ServerInfos infos) {
        Runnable outcome = outcomeOf(infos);
        context.client().eventLoop().execute(outcome);
    }

    private Runnable outcomeOf(ServerInfos infos) {
        try {
            ServerInfos.Told told = infos.told();
            return () -> answerOpenly(answerOf(told), OpenDocuments.CODE);
        } catch (RuntimeException fault) {
            return () -> onFault(fault);
        }
    }

    private Answer answerOf(ServerInfos.Told told) {
        Dialect dialect = arrival.dialect(Platform.TABLEAU);
        return switch (told) {
            case ServerInfos.Told.Known(ServerInfo info) -> info.answer(dialect);
            case ServerInfos.Told.Unknown(Duration retryAfter) ->
                    ServerInfo.unavailable(dialect, retryAfter);
        };
    }

    private Sender sender(RequestHead head) {
        RequestFacts.ClientFacts client = context.id().client();
        return new Sender(
                head,
                client.certificate().map(RequestFacts.CertificateFacts::thumbprint),
                client.address());
    }

    /** Runs the journey here and returns what to do next, to be run on the event loop. */
    private Runnable outcomeOf(Attempt attempt) {
        try {
            Admitted admitted = context.parts().journey().admit(attempt);
            return () -> onAdmitted(admitted, attempt.body());
        } catch (RefusedException refused) {
            return () -> refuse(refused.refusal());
        } catch (NotYet notYet) {
            return () -> onNotYet(notYet.lack(), attempt);
        } catch (RuntimeException fault) {
            return () -> onFault(fault);
        }
    }

    private void onNotYet(NotYet.Lack lack, Attempt attempt) {
        switch (lack) {
            case TIME -> context.parts().setting().threads().execute(() -> waitFor(attempt));
            case BODY -> collectBody(attempt);
        }
    }

    private void waitFor(Attempt attempt) {
        Runnable outcome = outcomeOf(attempt.waiting());
        context.client().eventLoop().execute(outcome);
    }

    private void collectBody(Attempt attempt) {
        if (context.isClientGone()) {
            refuse(clientLeft());
            return;
        }
        int limit = context.parts().limits().decidingBody();
        state = new ExchangeState.Collecting(attempt, new BodyCollector(limit));
        inviteBody(attempt.head());
        context.client().read();
    }

    private void inviteBody(RequestHead head) {
        if (head.expectsContinue()) {
            context.client()
                    .write(
                            new DefaultFullHttpResponse(
                                    HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE));
            context.client().flush();
        }
    }

    @Override
    public void onRequestContent(HttpContent content) {
        switch (state) {
            case ExchangeState.Collecting(Attempt attempt, BodyCollector body) ->
                    collect(attempt, body, content);
            case ExchangeState.Permitted(PermittedExchange permitted) ->
                    permitted.onRequestContent(content);
            case ExchangeState.Admitting _, ExchangeState.Recording _, ExchangeState.Finished _ ->
                    content.release();
        }
    }

    private void collect(Attempt attempt, BodyCollector body, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        body.add(content);
        content.release();
        if (body.isOverflowing()) {
            refuse(Refusal.of(Code.BAD_REQUEST, "the body is longer than a decision may need"));
        } else if (last) {
            state = new ExchangeState.Admitting();
            outcomeOf(attempt.withBody(body.toByteArray())).run();
        } else {
            context.client().read();
        }
    }

    private void onAdmitted(Admitted admitted, Optional<byte[]> body) {
        state = new ExchangeState.Recording(admitted);
        PermittedExchange permitted = new PermittedExchange(context, admitted, body);
        var decided = context.permitRecord(admitted.permit(), jobsOf(admitted, body));
        if (context.waitsForDisk(admitted.operation().operation())) {
            context.parts()
                    .trail()
                    .append(decided)
                    .whenComplete(
                            (_, failure) ->
                                    context.client()
                                            .eventLoop()
                                            .execute(() -> onRecorded(permitted, failure == null)));
        } else {
            onRecorded(permitted, context.parts().trail().appendWithinWindow(decided));
        }
    }

    private void onRecorded(PermittedExchange permitted, boolean recorded) {
        if (!recorded) {
            permitted.giveUp();
            state = new ExchangeState.Finished();
            Refusal refusal =
                    Refusal.of(
                            Code.JOURNAL_UNAVAILABLE,
                            "the request cannot be recorded at present, so it is not served",
                            "try again shortly");
            context.send(context.answerTo(refusal, false), refusal.code().text());
            return;
        }
        state = new ExchangeState.Permitted(permitted);
        inviteBodyUnlessRead(permitted);
        permitted.start();
    }

    private void inviteBodyUnlessRead(PermittedExchange permitted) {
        if (permitted.readsBodyFromClient()) {
            inviteBody(permitted.head());
        }
    }

    /** Returns the jobs that the request itself names. */
    private JobIds jobsOf(Admitted admitted, Optional<byte[]> body) {
        BoundOperation operation = admitted.operation();
        if (operation.operation().traits().jobIds().isEmpty()) {
            return NO_JOBS;
        }
        JobIdReader reader = new JobIdReader(operation, context.parts().limits().jobIds());
        reader.request(admitted.head());
        body.map(ByteBuffer::wrap).ifPresent(reader::requestBody);
        return reader.finish();
    }

    @Override
    public void onClientWritable() {
        if (state instanceof ExchangeState.Permitted(PermittedExchange permitted)) {
            permitted.onClientWritable();
        }
    }

    @Override
    public void onClientGone() {
        context.clientIsGone();
        switch (state) {
            case ExchangeState.Collecting _ -> refuse(clientLeft());
            case ExchangeState.Permitted(PermittedExchange permitted) -> permitted.onClientGone();
            case ExchangeState.Admitting _, ExchangeState.Recording _, ExchangeState.Finished _ -> {
                // the outcome is on its way, and will find the client gone
            }
        }
    }

    private static Refusal clientLeft() {
        return Refusal.of(Code.BAD_REQUEST, "the client left before its request was complete");
    }

    private void refuse(Refusal refusal) {
        state = new ExchangeState.Finished();
        boolean recorded = context.recordRefusal(refusal, NO_JOBS);
        if (!recorded) {
            LOG.atWarn()
                    .addKeyValue("requestId", context.id().id())
                    .addKeyValue("refusal", refusal.code().text())
                    .log("a refusal could not be recorded");
        }
        context.send(context.answerTo(refusal, false), refusal.code().text());
    }

    private void onFault(RuntimeException fault) {
        LOG.atError()
                .addKeyValue("requestId", context.id().id())
                .setCause(fault)
                .log("a request failed by our own fault");
        context.closeAfterwards();
        refuse(Refusal.of(Code.INTERNAL, "the proxy failed; nothing was forwarded"));
    }
}

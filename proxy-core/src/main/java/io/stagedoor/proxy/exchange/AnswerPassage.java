package io.stagedoor.proxy.exchange;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationFlag;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.body.BodyRewriter;
import io.stagedoor.proxy.body.BodyUse;
import io.stagedoor.proxy.body.ContentDecoder;
import io.stagedoor.proxy.body.JobIdReader;
import io.stagedoor.proxy.body.LinkRewriter;
import io.stagedoor.proxy.http.IdentityFields;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.Set;

/**
 * What an upstream's answer goes through on its way to the client: its coding is undone where it is
 * read, its job ids are seen, its links led back to the proxy. Confined to the event loop of the
 * client's connection; to be closed.
 */
final class AnswerPassage implements AutoCloseable {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final ExchangeContext context;
    private final Operation operation;
    private final IdentityFields identity;
    private final AnswerRules rules;
    private final boolean narrowed;
    private final JobIdReader jobs;
    private final LinkRewriter links;
    private final BodyRewriter rewriter;
    private Optional<ContentDecoder> decoder = Optional.empty();

    AnswerPassage(
            ExchangeContext context, Admitted admitted, IdentityFields identity, JobIdReader jobs) {
        String service = admitted.route().service();
        this.context = context;
        this.operation = admitted.operation().operation();
        this.identity = identity;
        this.rules = context.parts().serviceOf(service).rules();
        this.narrowed = admitted.permit().visible().isPresent();
        this.jobs = jobs;
        this.links =
                LinkRewriter.of(
                        rules.names(),
                        admitted.route().externalBase(),
                        place ->
                                context.parts()
                                        .setting()
                                        .observer()
                                        .foreignLocation(service, place));
        this.rewriter = new BodyRewriter(links, rules.links(), operation);
    }

    /**
     * Takes the head of the answer.
     *
     * @param clientsCredential whether the upstream was sent the client's own credential
     * @throws RefusedException if the client must not have the answer
     */
    AnswerRelay begin(ResponseHead head, boolean clientsCredential) throws RefusedException {
        if (narrowed && head.isSuccess()) {
            throw new RefusedException(NoAnswer.notNarrowed());
        }
        ResponseHead plain = plain(head);
        jobs.response(plain);
        ResponseHead forClient = noted(plain.forClient(identity, clientsCredential));
        ResponseHead linked = forClient.withFields(links.rewrite(forClient.fields()));
        if (rules.platform() == Platform.TABLEAU && REDIRECTS.contains(head.status())) {
            throw new RefusedException(NoAnswer.redirected());
        }
        if (rewriter.appliesTo(head)) {
            return new AnswerRelay(
                    context, linked, AnswerRelay.Manner.HOLD_AND_REWRITE, Optional.of(rewriter));
        }
        AnswerRelay.Manner manner =
                operation.effect().isStateChanging()
                        ? AnswerRelay.Manner.HOLD_SHORT
                        : AnswerRelay.Manner.STREAM;
        return new AnswerRelay(context, linked, manner, Optional.empty());
    }

    /** An upstream was asked for no coding where the answer is read, but some use one all the same. */
    private ResponseHead plain(ResponseHead head) throws RefusedException {
        boolean read = BodyUse.ofResponse(operation, rules.links()).reads();
        if (!read || head.isBodiless(context.id().method()) || head.isIdentityCoded()) {
            return head;
        }
        decoder = ContentDecoder.of(head);
        if (decoder.isEmpty() && rewriter.appliesTo(head)) {
            throw ContentDecoder.unknown(head);
        }
        return decoder.isPresent() ? head.decoded() : head;
    }

    private ResponseHead noted(ResponseHead head) {
        return operation.traits().has(OperationFlag.NAMES_PROXY_IDENTITY)
                ? head.namingProxyIdentity()
                : head;
    }

    /**
     * Takes a piece of the body, and gives what is to be passed on for it.
     *
     * @throws RefusedException if the client must not have the answer; the piece is released then
     */
    HttpContent read(HttpContent content) throws RefusedException {
        HttpContent plain = decoder.isPresent() ? decoded(decoder.get(), content) : content;
        jobs.responseBody(plain.content().nioBuffer());
        return plain;
    }

    private static HttpContent decoded(ContentDecoder decoder, HttpContent content)
            throws RefusedException {
        try {
            byte[] octets = decoder.decode(content.content().nioBuffer());
            ByteBuf plain = Unpooled.wrappedBuffer(octets);
            if (!AnswerRelay.isLast(content)) {
                return new DefaultHttpContent(plain);
            }
            decoder.finish();
            return new DefaultLastHttpContent(plain);
        } finally {
            content.release();
        }
    }

    @Override
    public void close() {
        decoder.ifPresent(ContentDecoder::close);
    }
}

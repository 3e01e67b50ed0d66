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
import java.util.OptionalInt;
import java.util.Set;

/**
 * What an upstream's answer goes through on its way to the client: its coding is undone where it is
 * read, its job ids are seen, its links led back to the proxy, and what the caller may not see left out. Confined to the event loop of the
 * client's connection; to be closed.
 */
final class AnswerPassage implements AutoCloseable {

    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    private final ExchangeContext context;
    private final Operation operation;
    private final IdentityFields identity;
    private final AnswerRules rules;
    private final JobIdReader jobs;
    private final LinkRewriter links;
    private final AnswerEdits edits;
    private Optional<ContentDecoder> decoder = Optional.empty();

    AnswerPassage(
            ExchangeContext context, Admitted admitted, IdentityFields identity, JobIdReader jobs) {
        String service = admitted.route().service();
        this.context = context;
        this.operation = admitted.operation().operation();
        this.identity = identity;
        this.rules = context.parts().serviceOf(service).rules();
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
        this.edits = new AnswerEdits(admitted, new BodyRewriter(links, rules.links(), operation));
    }

    /**
     * Takes the head of the answer.
     *
     * @param clientsCredential whether the upstream was sent the client's own credential
     * @throws RefusedException if the client must not have the answer
     */
    AnswerRelay begin(ResponseHead head, boolean clientsCredential) throws RefusedException {
        ResponseHead plain = plain(head);
        jobs.response(plain);
        ResponseHead forClient = noted(plain.forClient(identity, clientsCredential));
        ResponseHead linked = forClient.withFields(links.rewrite(forClient.fields()));
        if (rules.platform() == Platform.TABLEAU && REDIRECTS.contains(head.status())) {
            throw new RefusedException(NoAnswer.redirected());
        }
        if (edits.applyTo(head)) {
            return new AnswerRelay(
                    context,
                    edits.headOf(linked),
                    AnswerRelay.Manner.HOLD_AND_CHANGE,
                    Optional.of(edits));
        }
        AnswerRelay.Manner manner =
                operation.effect().isStateChanging()
                        ? AnswerRelay.Manner.HOLD_SHORT
                        : AnswerRelay.Manner.STREAM;
        return new AnswerRelay(context, linked, manner, Optional.empty());
    }

    /** An upstream was asked for no coding where the answer is read, but some use one all the same. */
    private ResponseHead plain(ResponseHead head) throws RefusedException {
        boolean read = BodyUse.ofResponse(operation, rules.links()).reads() || edits.applyTo(head);
        if (!read || head.isBodiless(context.id().method()) || head.isIdentityCoded()) {
            return head;
        }
        decoder = ContentDecoder.of(head);
        if (decoder.isEmpty() && edits.applyTo(head)) {
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

    /** Returns how many items of a list were left out; empty if all of it could be shown. */
    OptionalInt removed() {
        return edits.removed();
    }

    @Override
    public void close() {
        decoder.ifPresent(ContentDecoder::close);
    }
}

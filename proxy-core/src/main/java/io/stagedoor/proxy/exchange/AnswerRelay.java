package io.stagedoor.proxy.exchange;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.stagedoor.proxy.http.NettyHeads;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/**
 * Passes an upstream's answer on to the client: as it comes, or held until it is whole.
 *
 * <p>Held are answers in which links are rewritten or items left out, and short answers to state-changing requests,
 * which the client gets only when their audit record is on disk. The very end of any answer waits
 * for {@link #release}. Confined to the event loop of the client's connection.
 */
final class AnswerRelay {

    /** What is done with the pieces of the body as they come. */
    enum Manner {
        /** Each is passed on. */
        STREAM,
        /** They are held; if there are too many, what was held is passed on and the rest follows. */
        HOLD_SHORT,
        /** They are held and then changed; too many of them are refused. */
        HOLD_AND_CHANGE,
        /** They are octets of another protocol, to which the head switches; each is passed on. */
        TUNNEL
    }

    private final ExchangeContext context;
    private final ResponseHead head;
    private final boolean bodiless;
    private final Optional<AnswerEdits> edits;
    private BodyCollector held;
    private Manner manner;
    private boolean begun;

    AnswerRelay(
            ExchangeContext context,
            ResponseHead head,
            Manner manner,
            Optional<AnswerEdits> edits) {
        this.context = context;
        this.head = head;
        this.bodiless = head.isBodiless(context.id().method());
        this.edits = edits;
        this.manner = manner;
        this.held = new BodyCollector(limitOf(manner));
        if (manner == Manner.STREAM) {
            writeHead();
        } else if (manner == Manner.TUNNEL) {
            begun = true;
            context.client().write(NettyHeads.toNetty(head, new byte[0]));
            context.client().flush();
        }
    }

    private int limitOf(Manner holding) {
        ExchangeLimits limits = context.parts().limits();
        return holding == Manner.HOLD_AND_CHANGE ? limits.rewrittenAnswer() : limits.heldAnswer();
    }

    /** Returns whether the client has been sent any of it. */
    boolean isBegun() {
        return begun;
    }

    /** Returns whether pieces are held, so that the client's pace does not matter. */
    boolean isHolding() {
        return manner == Manner.HOLD_SHORT || manner == Manner.HOLD_AND_CHANGE;
    }

    /**
     * Takes a piece of the body and releases it.
     *
     * @throws RefusedException if the answer is too long to change
     */
    void add(HttpContent content) throws RefusedException {
        try {
            if (isHolding()) {
                hold(content);
            } else {
                pass(content);
            }
        } finally {
            content.release();
        }
    }

    private void hold(HttpContent content) throws RefusedException {
        held.add(content);
        if (!held.isOverflowing()) {
            return;
        }
        if (manner == Manner.HOLD_AND_CHANGE) {
            throw edits.orElseThrow().tooLong();
        }
        manner = Manner.STREAM;
        writeHead();
        byte[] before = held.toByteArray();
        held = new BodyCollector(0);
        context.client().write(new DefaultHttpContent(Unpooled.wrappedBuffer(before)));
        pass(content);
    }

    private void writeHead() {
        begun = true;
        HttpResponse response = NettyHeads.toNetty(head, bodiless);
        context.closeIfLast(response.headers());
        context.client().write(response);
    }

    /** Passes the octets on, but not the end: that is {@link #release}'s. */
    private void pass(HttpContent content) {
        if (content.content().isReadable()) {
            context.client().write(new DefaultHttpContent(content.content().retain()));
        }
    }

    /**
     * Makes the whole of a held answer.
     *
     * @return the answer, or nothing if it streams
     * @throws RefusedException if the client must not have it
     */
    Optional<Whole> whole() throws RefusedException {
        if (manner == Manner.STREAM) {
            return Optional.empty();
        }
        byte[] body = held.toByteArray();
        if (edits.isPresent()) {
            body = edits.get().change(head, body);
        }
        ResponseHead sized = bodiless ? head : head.withLength(body.length);
        return Optional.of(new Whole(sized, body));
    }

    /**
     * An answer that was held.
     *
     * @param head its head
     * @param body its body, changed where it had to be
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Whole(ResponseHead head, byte[] body) {}

    /** Sends the held answer, or the end of a streamed one. */
    void release(Optional<Whole> whole) {
        if (whole.isPresent()) {
            begun = true;
            context.client().write(responseOf(whole.get()));
        } else {
            context.client().write(new DefaultLastHttpContent(Unpooled.EMPTY_BUFFER));
        }
        context.client().flush();
    }

    private FullHttpResponse responseOf(Whole whole) {
        FullHttpResponse response =
                NettyHeads.toNetty(whole.head(), bodiless ? new byte[0] : whole.body());
        context.closeIfLast(response.headers());
        return response;
    }

    static boolean isLast(HttpContent content) {
        return content instanceof LastHttpContent;
    }
}

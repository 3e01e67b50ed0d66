package io.stagedoor.proxy.exchange;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import io.stagedoor.proxy.exchange.UpstreamFailure.Reach;
import io.stagedoor.proxy.http.NettyHeads;
import io.stagedoor.proxy.http.UpstreamHead;
import io.stagedoor.proxy.listener.ClientConnection;
import io.stagedoor.proxy.upstream.ResponseReceiver;
import io.stagedoor.proxy.upstream.Upstream;
import io.stagedoor.proxy.upstream.UpstreamConnection;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends one admitted request upstream and hands on what comes back.
 *
 * <p>Confined to the event loop of the client's connection, on which the upstream's connection lives
 * too. The body is read from the client only as fast as the upstream takes it. A second attempt is
 * made, on a new connection, only when a kept connection turned out to be closed, the request can be
 * sent again in full and repeating it is harmless.
 */
final class Forwarding implements ResponseReceiver {

    /**
     * What is sent.
     *
     * @param head the head, as it goes upstream
     * @param body the body, if it was read whole before; else it is read from the client
     * @param clientSendsBody whether the client's connection still holds the body
     * @param repeatable whether sending it twice is harmless
     * @param answerTimeout how long the upstream may take until its answer begins
     */
    record Request(
            UpstreamHead head,
            Optional<byte[]> body,
            boolean clientSendsBody,
            boolean repeatable,
            Duration answerTimeout) {}

    private enum Progress {
        CONNECTING,
        SENDING,
        AWAITING,
        ANSWERING,
        ENDED
    }

    private final Upstream upstream;
    private final Request request;
    private final ClientConnection client;
    private final UpstreamListener listener;
    private @Nullable UpstreamConnection connection;
    private @Nullable ScheduledFuture<?> deadline;
    private Progress progress = Progress.CONNECTING;
    private boolean wholeRequestSent;
    private boolean secondAttempt;
    private long sent;

    Forwarding(
            Upstream upstream,
            Request request,
            ClientConnection client,
            UpstreamListener listener) {
        this.upstream = upstream;
        this.request = request;
        this.client = client;
        this.listener = listener;
    }

    void start() {
        upstream.borrow(client.eventLoop(), this, secondAttempt, this::onOpened, this::onUnopened);
    }

    private void onOpened(UpstreamConnection opened) {
        if (progress == Progress.ENDED) {
            opened.close();
            return;
        }
        connection = opened;
        progress = Progress.SENDING;
        opened.write(NettyHeads.toNetty(request.head()));
        if (request.clientSendsBody()) {
            client.read();
        } else {
            byte[] body = request.body().orElseGet(() -> new byte[0]);
            send(opened, new DefaultLastHttpContent(Unpooled.wrappedBuffer(body)));
        }
    }

    private void onUnopened(String reason) {
        fail(Reach.NOT_SENT, reason);
    }

    /** Takes a piece of the body from the client. */
    void onRequestContent(HttpContent content) {
        UpstreamConnection open = connection;
        if (open == null || progress != Progress.SENDING) {
            content.release();
            return;
        }
        send(open, content);
    }

    private void send(UpstreamConnection open, HttpContent content) {
        boolean last = content instanceof LastHttpContent;
        sent += content.content().readableBytes();
        open.write(withoutTrailers(content));
        open.flush();
        if (last) {
            wholeRequestSent = true;
            progress = Progress.AWAITING;
            startDeadline();
        } else if (open.isWritable()) {
            client.read();
        }
    }

    /** Trailer fields were not decided on, so they end here (RFC 9110, 6.5.1). */
    private static HttpContent withoutTrailers(HttpContent content) {
        return content instanceof LastHttpContent last && !last.trailingHeaders().isEmpty()
                ? new DefaultLastHttpContent(last.content())
                : content;
    }

    @Override
    public void onUpstreamWritable() {
        if (progress == Progress.SENDING && request.clientSendsBody()) {
            client.read();
        }
    }

    @Override
    public void onResponseHead(HttpResponse head) {
        stopDeadline();
        progress = Progress.ANSWERING;
        listener.onAnswerHead(head);
    }

    @Override
    public void onResponseContent(HttpContent content) {
        listener.onAnswerContent(content);
    }

    @Override
    public void onResponseReadComplete() {
        if (progress == Progress.ANSWERING) {
            listener.onAnswerReadComplete();
        } else if (progress != Progress.ENDED) {
            readMore();
        }
    }

    @Override
    public void onUpstreamFailed(String reason) {
        boolean reused = connection != null && connection.isReused();
        connection = null;
        if (progress == Progress.ANSWERING) {
            fail(Reach.ANSWER_BEGUN, reason);
        } else if (reused && mayRepeat()) {
            repeat();
        } else {
            fail(Reach.MAYBE_ARRIVED, reason);
        }
    }

    private boolean mayRepeat() {
        return request.repeatable() && !request.clientSendsBody() && !secondAttempt;
    }

    private void repeat() {
        stopDeadline();
        secondAttempt = true;
        wholeRequestSent = false;
        sent = 0;
        progress = Progress.CONNECTING;
        start();
    }

    private void fail(Reach reach, String reason) {
        if (progress != Progress.ENDED) {
            progress = Progress.ENDED;
            stopDeadline();
            listener.onUpstreamFailure(new UpstreamFailure(reach, reason));
        }
    }

    private void startDeadline() {
        deadline =
                client.eventLoop()
                        .schedule(
                                this::onDeadline,
                                request.answerTimeout().toMillis(),
                                TimeUnit.MILLISECONDS);
    }

    private void onDeadline() {
        closeConnection();
        fail(Reach.MAYBE_ARRIVED, "no answer within " + request.answerTimeout().toSeconds() + " s");
    }

    private void stopDeadline() {
        ScheduledFuture<?> running = deadline;
        deadline = null;
        if (running != null) {
            running.cancel(false);
        }
    }

    /** Asks for more of the answer. */
    void readMore() {
        UpstreamConnection open = connection;
        if (open != null) {
            open.read();
        }
    }

    /** Returns how many octets of the body were sent. */
    long sent() {
        return sent;
    }

    /** Returns whether the whole request has been sent. */
    boolean isSent() {
        return wholeRequestSent;
    }

    /**
     * Ends it after the whole answer.
     *
     * @param reusable whether the upstream keeps the connection open
     */
    void finish(boolean reusable) {
        UpstreamConnection open = connection;
        connection = null;
        progress = Progress.ENDED;
        if (open != null) {
            open.release(reusable && wholeRequestSent);
        }
    }

    /**
     * Gives up: the answer is of no use any more.
     *
     * @return whether surely nothing was sent
     */
    boolean cancel() {
        boolean nothingSent = progress == Progress.CONNECTING;
        progress = Progress.ENDED;
        stopDeadline();
        closeConnection();
        return nothingSent;
    }

    private void closeConnection() {
        UpstreamConnection open = connection;
        connection = null;
        if (open != null) {
            open.close();
        }
    }
}

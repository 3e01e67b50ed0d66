package io.stagedoor.proxy.exchange;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.LastHttpContent;
import io.stagedoor.proxy.exchange.UpstreamFailure.Reach;
import io.stagedoor.proxy.http.NettyHeads;
import io.stagedoor.proxy.http.UpstreamHead;
import io.stagedoor.proxy.listener.ClientConnection;
import io.stagedoor.proxy.upstream.Borrower;
import io.stagedoor.proxy.upstream.ConnectionFailure;
import io.stagedoor.proxy.upstream.NoConnection;
import io.stagedoor.proxy.upstream.Upstream;
import io.stagedoor.proxy.upstream.UpstreamConnection;
import io.stagedoor.proxy.upstream.endpoint.Endpoint;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends one admitted request upstream and hands on what comes back.
 *
 * <p>Confined to the event loop of the client's connection, on which the upstream's connection lives
 * too. The body is read from the client only as fast as the upstream takes it. Another
 * attempt is made, on a new connection and at another endpoint if there is one, only when nothing
 * was sent, or when the request changes nothing, can be sent again in full and was not answered at
 * all. How often is bounded, for each request and for all.
 */
final class Forwarding implements Borrower {

    /**
     * What is sent.
     *
     * @param head the head, as it goes upstream
     * @param body the body, if it was read whole before; else it is read from the client
     * @param clientSendsBody whether the client's connection still holds the body
     * @param repeatable whether sending it twice is harmless
     */
    record Request(
            UpstreamHead head,
            Optional<byte[]> body,
            boolean clientSendsBody,
            boolean repeatable) {}

    private enum Progress {
        CONNECTING,
        SENDING,
        AWAITING,
        ANSWERING,
        PAUSED,
        TUNNELLING,
        ENDED
    }

    private final Upstream upstream;
    private final ClientConnection client;
    private final UpstreamListener listener;
    private Request request;
    private @Nullable UpstreamConnection connection;
    private Progress progress = Progress.CONNECTING;
    private boolean wholeRequestSent;
    private boolean begun;
    private boolean repeating;
    private int attempts;
    private long sent;
    private final long endsAt;

    Forwarding(
            Upstream upstream,
            Request request,
            ClientConnection client,
            UpstreamListener listener) {
        this.upstream = upstream;
        this.request = request;
        this.client = client;
        this.listener = listener;
        this.endsAt = System.nanoTime() + upstream.settings().deadlines().total().toNanos();
    }

    void start() {
        attempt(Optional.empty());
    }

    private void attempt(Optional<Endpoint> failed) {
        attempts++;
        progress = Progress.CONNECTING;
        upstream.borrow(client.eventLoop(), this, failed);
    }

    @Override
    public boolean isWaiting() {
        return progress == Progress.CONNECTING;
    }

    @Override
    public long endsAt() {
        return endsAt;
    }

    @Override
    public boolean needsFresh() {
        return request.head().asksForUpgrade();
    }

    @Override
    public void onConnection(UpstreamConnection opened) {
        connection = opened;
        begun = true;
        progress = Progress.SENDING;
        opened.write(NettyHeads.toNetty(request.head()));
        if (request.clientSendsBody()) {
            client.read();
        } else {
            byte[] body = request.body().orElseGet(() -> new byte[0]);
            send(opened, new DefaultLastHttpContent(Unpooled.wrappedBuffer(body)));
        }
    }

    @Override
    public void onNoConnection(NoConnection none) {
        if (progress != Progress.CONNECTING) {
            return;
        }
        switch (none.cause()) {
            case SATURATED -> failUnlessSent(Reach.NOT_TRIED, none.reason());
            case CIRCUIT_OPEN -> failUnlessSent(Reach.NOT_SENT, none.reason());
            case FAILED -> {
                if (mayTryAgain()) {
                    attempt(none.endpoint());
                } else {
                    failUnlessSent(Reach.NOT_SENT, none.reason());
                }
            }
        }
    }

    /** An attempt before this one may have arrived. */
    private void failUnlessSent(Reach reach, String reason) {
        fail(begun ? Reach.MAYBE_ARRIVED : reach, reason);
    }

    /** Takes a piece of the body from the client. */
    void onRequestContent(HttpContent content) {
        UpstreamConnection open = connection;
        boolean taken = progress == Progress.SENDING || progress == Progress.TUNNELLING;
        if (open == null || !taken) {
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
        boolean sendsBody = progress == Progress.SENDING && request.clientSendsBody();
        if (sendsBody || progress == Progress.TUNNELLING) {
            client.read();
        }
    }

    @Override
    public void onResponseHead(HttpResponse head) {
        progress = Progress.ANSWERING;
        listener.onAnswerHead(head);
    }

    @Override
    public void onResponseContent(HttpContent content) {
        listener.onAnswerContent(content);
    }

    @Override
    public void onResponseReadComplete() {
        if (isAnswered()) {
            listener.onAnswerReadComplete();
        } else if (progress != Progress.ENDED) {
            readMore();
        }
    }

    @Override
    public void onUpstreamFailed(ConnectionFailure failure) {
        UpstreamConnection lost = connection;
        connection = null;
        if (isAnswered()) {
            fail(Reach.ANSWER_BEGUN, failure.reason());
        } else if (lost != null && isWorthRepeating(failure) && mayTryAgain()) {
            wholeRequestSent = false;
            sent = 0;
            attempt(Optional.of(lost.endpoint()));
        } else {
            fail(Reach.MAYBE_ARRIVED, failure.reason());
        }
    }

    private boolean isAnswered() {
        return progress == Progress.ANSWERING || progress == Progress.TUNNELLING;
    }

    /** What was too slow once would take as long again, and the client waits. */
    private boolean isWorthRepeating(ConnectionFailure failure) {
        return failure.kind() != ConnectionFailure.Kind.OVERDUE
                && request.repeatable()
                && !request.clientSendsBody();
    }

    private boolean mayTryAgain() {
        if (attempts >= upstream.settings().retries().maxAttempts()) {
            return false;
        }
        repeating = repeating || upstream.tryRepeat();
        return repeating;
    }

    private void fail(Reach reach, String reason) {
        if (progress != Progress.ENDED) {
            end();
            listener.onUpstreamFailure(new UpstreamFailure(reach, reason));
        }
    }

    private void end() {
        progress = Progress.ENDED;
        if (repeating) {
            repeating = false;
            upstream.repeated();
        }
    }

    /** Returns whether all of the request is at hand, so that it can be sent once more. */
    boolean isAtHand() {
        return !request.clientSendsBody();
    }

    /** Drops the answer, for {@link #again} or {@link #cancel} to follow. */
    void pause() {
        progress = Progress.PAUSED;
        closeConnection();
    }

    /** Sends the request once more, in another form. */
    void again(Request other) {
        if (progress == Progress.PAUSED) {
            request = other;
            wholeRequestSent = false;
            sent = 0;
            attempt(Optional.empty());
        }
    }

    /** Lets octets flow both ways, now that the upstream has switched protocols. */
    void becomeTunnel() {
        UpstreamConnection open = connection;
        if (open != null) {
            progress = Progress.TUNNELLING;
            open.becomeTunnel();
            open.read();
            client.read();
        }
    }

    /** Asks for more of the answer. */
    void readMore() {
        UpstreamConnection open = connection;
        if (open != null) {
            open.read();
        }
    }

    /** Returns how often it was tried to send the request. */
    int attempts() {
        return attempts;
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
        end();
        if (open != null) {
            open.release(reusable && wholeRequestSent && !needsFresh());
        }
    }

    /**
     * Gives up: the answer is of no use any more.
     *
     * @return whether surely nothing was sent
     */
    boolean cancel() {
        boolean nothingSent = !begun;
        end();
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

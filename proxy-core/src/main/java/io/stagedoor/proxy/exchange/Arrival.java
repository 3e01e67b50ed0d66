package io.stagedoor.proxy.exchange;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.proxy.http.Dialect;
import io.stagedoor.proxy.listener.ClientConnection;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.net.InetAddress;
import java.util.Optional;

/**
 * One request at the door: whether it is let in, and whom it comes from. Confined to the event loop of
 * the client's connection.
 */
final class Arrival {

    private final Door door;
    private final boolean entered;
    private final boolean keepsAlive;
    private final String address;
    private final HttpHeaders fields;
    private Optional<Refusal> refusal = Optional.empty();

    Arrival(Door door, ClientConnection connection, HttpRequest request) {
        this.door = door;
        this.fields = request.headers();
        this.keepsAlive = !request.headers().containsValue("connection", "close", true);
        this.entered = door.running().enter();
        if (!entered) {
            refuse(
                    Refusal.of(
                            Code.OVERLOADED,
                            "the proxy has as many requests as it takes on at a time",
                            "try again shortly"));
        }
        this.address = addressOf(connection, request);
    }

    private String addressOf(ClientConnection connection, HttpRequest request) {
        InetAddress peer = connection.remoteAddress().getAddress();
        if (request.headers().size() > door.maxFields()) {
            refuse(
                    Refusal.of(
                            Code.FIELDS_TOO_LARGE,
                            "the request has more than " + door.maxFields() + " header fields"));
        }
        try {
            return door.forwardedFor()
                    .clientOf(
                            peer,
                            request.headers().getAll("forwarded"),
                            request.headers().getAll("x-forwarded-for"))
                    .getHostAddress();
        } catch (RefusedException unclear) {
            refuse(unclear.refusal());
            return peer.getHostAddress();
        }
    }

    private void refuse(Refusal reason) {
        if (refusal.isEmpty()) {
            refusal = Optional.of(reason);
        }
    }

    /** Returns the form of error that the client understands. */
    Dialect dialect(Platform platform) {
        return Dialect.of(
                platform,
                Optional.ofNullable(fields.get("accept")),
                Optional.ofNullable(fields.get("content-type")));
    }

    /** Returns the client's address, as text: the peer's own if it is not clear. */
    String address() {
        return address;
    }

    /** Returns whether the client keeps the connection open (RFC 9112 section 9.3). */
    boolean keepsAlive() {
        return keepsAlive;
    }

    /** Returns why the request is not let in. */
    Optional<Refusal> refusal() {
        return refusal;
    }

    /** Says that its exchange has ended. */
    void leave() {
        if (entered) {
            door.running().leave();
        }
    }
}

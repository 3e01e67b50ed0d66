package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;

/**
 * The head of one request after every structural check: what all stages decide on, and the only
 * thing from which a head for the upstream is made.
 *
 * <p>Immutable and safe for any thread. Made by {@link #parse} alone, so holding one is the proof
 * that {@link HeadRules} and {@link CanonicalTarget} found one reading of it.
 */
public final class RequestHead {

    private final String method;
    private final Authority authority;
    private final CanonicalTarget target;
    private final Fields fields;
    private final boolean opensTunnel;

    private RequestHead(
            String method,
            Authority authority,
            CanonicalTarget target,
            Fields fields,
            boolean opensTunnel) {
        this.method = method;
        this.authority = authority;
        this.target = target;
        this.fields = fields;
        this.opensTunnel = opensTunnel;
    }

    /**
     * Checks a head as it came off the wire.
     *
     * @param method the method, as sent
     * @param rawTarget the request target, one character an octet
     * @param fields all header fields, one character an octet
     * @throws RefusedException {@code bad_request} or {@code ambiguous_target}
     */
    public static RequestHead parse(String method, String rawTarget, Fields fields)
            throws RefusedException {
        HeadRules.checkMethod(method);
        CanonicalTarget target = CanonicalTarget.parse(rawTarget);
        boolean opensTunnel = fields.has("upgrade") && WebSocketOpening.isAskedFor(method, fields);
        HeadRules.checkFields(fields, opensTunnel);
        HeadRules.checkOneCredential(target, fields);
        String host = fields.first("host").orElseThrow();
        return new RequestHead(method, Authority.parse(host), target, fields, opensTunnel);
    }

    /** Returns the method, an upper-case token. */
    public String method() {
        return method;
    }

    /** Returns the host and port the client asked for. */
    public Authority authority() {
        return authority;
    }

    /** Returns the target as the client sent it, with a path prefix if it used one. */
    public CanonicalTarget target() {
        return target;
    }

    /** Returns all fields as sent, identity and hop-by-hop fields included. */
    public Fields fields() {
        return fields;
    }

    /** Returns the value of the first field with this name. */
    public Optional<String> field(String name) {
        return fields.first(name);
    }

    /** Returns the value of the only Authorization field. */
    public Optional<String> authorization() {
        return fields.first("authorization");
    }

    /**
     * Returns whether this is the opening of a WebSocket, complete as RFC 6455 section 4.2.1 asks;
     * every other head that asks for an upgrade is refused.
     */
    public boolean opensTunnel() {
        return opensTunnel;
    }

    /** Returns whether the answer grants the WebSocket that this asks for. */
    public boolean isOpenedBy(ResponseHead answer) {
        return opensTunnel
                && answer.status() == 101
                && WebSocketOpening.isGranted(fields, answer.fields());
    }

    /** Returns how the body that follows is delimited. */
    public Framing framing() {
        return Framing.of(fields);
    }

    /** Returns whether the client waits for {@code 100 Continue} before it sends the body. */
    public boolean expectsContinue() {
        return fields.has("expect");
    }

    /** Returns method and raw target; fields are left out, since they hold credentials. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}

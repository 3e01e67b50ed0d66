package io.stagedoor.proxy.http;

import io.stagedoor.proxy.http.FieldNames.Trait;
import java.util.Optional;
import java.util.Set;

/**
 * The head of a request as it goes upstream, made from a checked head and from nothing else.
 *
 * <p>Removed: hop-by-hop fields, every field by which a client could claim an identity, an origin or
 * a session (Authorization, Cookie, Forwarded, X-Forwarded-*, X-Stagedoor-* and their underscore
 * spellings), and Host. Set: Host, the upstream credential, the identity fields, {@code X-Forwarded-For} with
 * the one address the connection came from, and {@code Via} (RFC 9110 section 7.6.3), to which a
 * client's own Via stays in front. Length and transfer coding are not among the fields: they are
 * the {@link #framing()}. The opening of a WebSocket asks for the upgrade in the proxy's own words.
 *
 * @param method the method
 * @param target path and query, the octets that were decided on
 * @param fields the fields without framing
 * @param framing how the body is delimited
 */
public record UpstreamHead(String method, String target, Fields fields, Framing framing) {

    private static final String VIA = "1.1 stagedoor";
    private static final Set<String> REPLACED = Set.of("host", "content-length", "via");
    private static final Set<String> PARTIAL_OR_CODED =
            Set.of("accept-encoding", "range", "if-range");

    /**
     * Makes the head that goes upstream.
     *
     * @param target the target behind the route: the head's own, or that without its path prefix
     */
    public static UpstreamHead of(RequestHead head, CanonicalTarget target, Onward onward) {
        Fields.Builder fields = Fields.builder().add("Host", onward.host());
        copy(head.fields(), fields, onward.readsResponse());
        fields.add(onward.credential());
        fields.add("X-Forwarded-For", onward.clientAddress());
        fields.add("Via", via(head.fields()));
        if (onward.readsResponse()) {
            fields.add("Accept-Encoding", "identity");
        }
        if (head.opensTunnel()) {
            fields.add("Connection", "Upgrade").add("Upgrade", "websocket");
        }
        onward.identity().addTo(fields);
        fields.add(IdentityFields.ASSERTION, onward.assertion());
        return new UpstreamHead(head.method(), target.raw(), fields.build(), framing(head));
    }

    private static void copy(Fields from, Fields.Builder to, boolean readsResponse) {
        Set<String> nominated = HopByHop.nominations(from.all("connection"));
        for (Fields.Field field : from) {
            String folded = FieldNames.folded(field.name());
            boolean kept =
                    !HopByHop.isHopByHop(folded, nominated)
                            && !FieldNames.traitsOf(folded).contains(Trait.CLAIM)
                            && !REPLACED.contains(folded)
                            && !(readsResponse && PARTIAL_OR_CODED.contains(folded));
            if (kept) {
                to.add(field);
            }
        }
    }

    private static String via(Fields fields) {
        String before = String.join(", ", fields.all("via"));
        return before.isEmpty() ? VIA : before + ", " + VIA;
    }

    /** A request that may have a body and has none says so, since some hosts answer 411 else. */
    private static Framing framing(RequestHead head) {
        boolean mayHaveBody = Set.of("POST", "PUT", "PATCH").contains(head.method());
        return head.framing() instanceof Framing.None && mayHaveBody
                ? new Framing.Length(0)
                : head.framing();
    }

    /**
     * Returns the same head with the fields of another trace context in place of its own (W3C Trace
     * Context, section 3).
     */
    public UpstreamHead withTrace(String parent, Optional<String> state) {
        Fields.Builder changed = Fields.builder();
        for (Fields.Field field : fields) {
            if (!field.isNamed("traceparent") && !field.isNamed("tracestate")) {
                changed.add(field);
            }
        }
        changed.add("traceparent", parent).add("tracestate", state);
        return new UpstreamHead(method, target, changed.build(), framing);
    }

    /** Returns whether it asks the upstream to switch the connection to another protocol. */
    public boolean asksForUpgrade() {
        return fields.has("upgrade");
    }

    /** Returns the same head for a body that was read whole. */
    public UpstreamHead withLength(long octets) {
        return new UpstreamHead(method, target, fields, new Framing.Length(octets));
    }

    /** Returns method and target. */
    @Override
    public String toString() {
        return method + " " + target;
    }
}

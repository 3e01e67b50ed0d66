package io.stagedoor.proxy.http;

import java.util.Set;

/**
 * The head of an upstream's response.
 *
 * @param status the status code
 * @param fields all fields as received
 */
public record ResponseHead(int status, Fields fields) {

    /**
     * Fields that speak of the upstream's own names or of the proxy's own credential: a cookie of a
     * foreign domain, a challenge the client cannot answer, another address to go to, a redirect in
     * disguise.
     */
    private static final Set<String> WITHHELD =
            Set.of(
                    "set-cookie",
                    "set-cookie2",
                    "www-authenticate",
                    "authentication-info",
                    "alt-svc",
                    "alternates",
                    "refresh",
                    "strict-transport-security",
                    "public-key-pins",
                    "x-ms-authorization-auxiliary");

    /** What an upstream asks of the credential that it was sent: RFC 9110, section 11.6.1. */
    private static final String CHALLENGE = "www-authenticate";

    private static final Set<String> CODED =
            Set.of("content-encoding", "content-length", "content-md5", "content-digest", "digest");
    private static final Set<String> CHANGED =
            Set.of("content-length", "content-md5", "content-digest", "repr-digest", "digest");

    private static final Set<String> VALIDATORS = Set.of("etag", "last-modified", "accept-ranges");

    /** Returns whether the status says success: 200 to 299. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** Returns whether the body comes in no content coding, so that it can be read. */
    public boolean isIdentityCoded() {
        return fields.all("content-encoding").stream()
                .allMatch(
                        coding -> coding.isBlank() || coding.strip().equalsIgnoreCase("identity"));
    }

    /** Returns whether the body is JSON by its media type, {@code +json} types included. */
    public boolean isJson() {
        return fields.first("content-type").map(MediaTypes::isJson).orElse(false);
    }

    /** Returns whether the answer to a request of this method has no body, whatever its fields say. */
    public boolean isBodiless(String method) {
        return status == 204 || status == 304 || method.equals("HEAD");
    }

    /**
     * Returns the same head for a body whose content coding was undone: without the coding and the
     * length, and without what was computed of the coded octets (RFC 9530). An entity tag stays, since
     * clients send it back to the upstream that gave it.
     */
    public ResponseHead decoded() {
        return without(CODED);
    }

    private ResponseHead without(Set<String> names) {
        Fields.Builder kept = Fields.builder();
        for (Fields.Field field : fields) {
            if (!names.contains(FieldNames.folded(field.name()))) {
                kept.add(field);
            }
        }
        return withFields(kept.build());
    }

    /**
     * Returns the fields the client gets: without hop-by-hop and withheld fields, with the identity
     * fields of this exchange. Content-Length is kept; whoever changes the body replaces it with
     * {@link #withLength}. Links are the link rewriter's part.
     */
    public ResponseHead forClient(IdentityFields identity) {
        return forClient(identity, false);
    }

    /**
     * Does the same, and keeps the upstream's challenge if the client's own credential was sent: then
     * only the client can answer it.
     */
    public ResponseHead forClient(IdentityFields identity, boolean keepsChallenge) {
        Set<String> nominated = HopByHop.nominations(fields.all("connection"));
        Fields.Builder kept = Fields.builder();
        for (Fields.Field field : fields) {
            String folded = FieldNames.folded(field.name());
            if (!HopByHop.isHopByHop(folded, nominated)
                    && (!WITHHELD.contains(folded) || (keepsChallenge && folded.equals(CHALLENGE)))
                    && !folded.startsWith(FieldNames.IDENTITY_PREFIX)) {
                kept.add(field);
            }
        }
        identity.addTo(kept);
        return new ResponseHead(status, kept.build());
    }

    /**
     * Returns the same head with a note for readers of an answer that names an invoker or submitter:
     * the upstream saw the proxy (S58).
     */
    public ResponseHead namingProxyIdentity() {
        return withFields(
                Fields.builder()
                        .addAll(fields)
                        .add(
                                IdentityFields.NOTE,
                                "invoker and submitter are the proxy; the audit trail has the caller")
                        .build());
    }

    /** Returns the same head with the fields that switch the connection to WebSocket. */
    public ResponseHead switchingToWebSocket() {
        return withFields(
                Fields.builder()
                        .addAll(fields)
                        .add("Connection", "Upgrade")
                        .add("Upgrade", "websocket")
                        .build());
    }

    /** Returns the same head with these fields. */
    public ResponseHead withFields(Fields replacement) {
        return new ResponseHead(status, replacement);
    }

    /** Returns the same head for a body that is changed on its way: what was said of it is gone. */
    public ResponseHead changed() {
        return without(CHANGED);
    }

    /**
     * Returns the same head for a body of which some callers see less than others: without what was
     * said of the octets of the whole, and without what a cache would know it again by (RFC 9110
     * sections 8.8 and 14.3).
     */
    public ResponseHead forSome() {
        return changed().without(VALIDATORS);
    }

    /** Returns the same head with the length of a body that was read whole. */
    public ResponseHead withLength(long octets) {
        return withFields(
                Fields.builder()
                        .addAll(without(Set.of("content-length")).fields())
                        .add("Content-Length", Long.toString(octets))
                        .build());
    }
}

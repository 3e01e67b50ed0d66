package io.stagedoor.proxy.http;

import java.util.Locale;
import java.util.Set;

/**
 * The header fields the proxy treats by name, in lower case, and the folding under which two
 * spellings are one field to some reader: case, and underscore for hyphen.
 */
final class FieldNames {

    /** The prefix of the fields that tell the upstream who is calling; never taken from a client. */
    static final String IDENTITY_PREFIX = "x-stagedoor-";

    /** Fields that ask an upstream to read another method or path: two requests in one. */
    static final Set<String> OVERRIDES =
            Set.of(
                    "x-http-method-override",
                    "x-http-method",
                    "x-method-override",
                    "x-original-url",
                    "x-original-uri",
                    "x-rewrite-url",
                    "x-original-method");

    /** Fields that delimit, route or authenticate: an underscore spelling of one is refused. */
    static final Set<String> DECIDING =
            Set.of(
                    "authorization",
                    "host",
                    "content-length",
                    "transfer-encoding",
                    "content-type",
                    "content-encoding",
                    "x-ms-client-request-id");

    /** Hop-by-hop by RFC 9110 section 7.6.1, by RFC 7540 section 3.2.1 and by custom. */
    static final Set<String> HOP_BY_HOP =
            Set.of(
                    "connection",
                    "proxy-connection",
                    "keep-alive",
                    "te",
                    "trailer",
                    "transfer-encoding",
                    "upgrade",
                    "http2-settings",
                    "expect",
                    "proxy-authorization",
                    "proxy-authenticate",
                    "proxy-authentication-info");

    /** Fields by which a client could claim an identity, an origin or a session of its own. */
    static final Set<String> CLAIMS =
            Set.of(
                    "authorization",
                    "cookie",
                    "cookie2",
                    "forwarded",
                    "x-real-ip",
                    "x-client-ip",
                    "x-cluster-client-ip",
                    "true-client-ip",
                    "client-ip",
                    "cf-connecting-ip",
                    "fastly-client-ip",
                    "x-azure-clientip",
                    "x-azure-socketip",
                    "x-host",
                    "x-original-host",
                    "x-arr-clientcert",
                    "x-arr-ssl",
                    "x-arr-log-id",
                    "x-client-cert",
                    "client-cert",
                    "client-cert-chain",
                    "x-ms-authorization-auxiliary",
                    "x-ms-proxy-authorization",
                    "x-tableau-auth",
                    "x-remote-user",
                    "remote-user",
                    "x-user",
                    "x-auth-request-user");

    /** Prefixes of such fields. */
    static final Set<String> CLAIM_PREFIXES =
            Set.of("x-forwarded-", "x-ms-client-principal", "x-ms-token-", IDENTITY_PREFIX);

    private FieldNames() {}

    /** Returns the name in lower case with hyphens for underscores. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns whether a client field of this folded name must never reach an upstream. */
    static boolean isClaim(String folded) {
        return CLAIMS.contains(folded) || CLAIM_PREFIXES.stream().anyMatch(folded::startsWith);
    }

    /** Returns whether a field of this folded name may never be nominated by Connection. */
    static boolean isProtected(String folded) {
        return DECIDING.contains(folded) || folded.equals("via") || isClaim(folded);
    }
}

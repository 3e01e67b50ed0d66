package io.stagedoor.proxy.credential;

import java.time.Instant;
import java.util.Objects;

/**
 * What the proxy presents to an upstream: a header field and the moment its value stops being valid.
 *
 * <p>The value is a secret: {@link #toString()} masks it, and callers write it nowhere but into the
 * upstream request.
 *
 * @param field the field's name: {@code Authorization} (RFC 9110, section 11.6.2), or {@code
 *     X-Tableau-Auth}
 * @param value the whole field value, for example {@code Bearer eyJ...}
 * @param expiresAt the first instant at which the upstream refuses it
 * @param isCallers whether it is the caller's own token, so that what the upstream says of it is for
 *     the caller: a challenge is passed on unchanged
 */
public record UpstreamCredential(String field, String value, Instant expiresAt, boolean isCallers) {

    /** The field that most credentials stand in. */
    public static final String AUTHORIZATION = "Authorization";

    /** Checks that all parts are there. */
    public UpstreamCredential {
        Objects.requireNonNull(field, "field");
        Objects.requireNonNull(value, "value");
        Objects.requireNonNull(expiresAt, "expiresAt");
    }

    /** Makes a credential of the proxy's, which no caller has seen. */
    public UpstreamCredential(String field, String value, Instant expiresAt) {
        this(field, value, expiresAt, false);
    }

    /** Makes a bearer token's credential (RFC 6750, section 2.1). */
    public static UpstreamCredential bearer(String token, Instant expiresAt) {
        return new UpstreamCredential(AUTHORIZATION, "Bearer " + token, expiresAt);
    }

    /** Returns field and expiry; the value is masked. */
    @Override
    public String toString() {
        return "UpstreamCredential[" + field + ": ****, expiresAt=" + expiresAt + "]";
    }
}

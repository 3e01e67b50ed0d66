package io.stagedoor.policy.principal;

import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * The key of a principal (user, service principal, managed identity or security group): its tenant
 * and its object id in that tenant.
 *
 * <p>Two tenants never share a principal. Identifiers of GUID form are compared without case and
 * kept in lower case; braces and {@code urn:uuid:} forms are refused. Identifiers of other issuers
 * (for example Okta's {@code 00u...}) are kept as they are, with case.
 *
 * @param tenant the tenant (Entra {@code tid}) or the configured name of another issuer's directory
 * @param objectId the object id (Entra {@code oid}), never an app id, subject or name
 */
public record PrincipalId(String tenant, String objectId) {

    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
    private static final Pattern OTHER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|@-]{0,254}");

    /** Checks and normalises both parts. */
    public PrincipalId {
        tenant = normalise("tenant", tenant);
        objectId = normalise("object id", objectId);
    }

    /**
     * Makes the id of a principal from its two parts.
     *
     * @throws IllegalArgumentException if a part is neither a GUID nor a plain identifier
     */
    public static PrincipalId of(String tenant, String objectId) {
        return new PrincipalId(tenant, objectId);
    }

    /** Returns whether the text has the form of a GUID: 8-4-4-4-12 hexadecimal digits. */
    public static boolean isGuid(String text) {
        return GUID.matcher(text).matches();
    }

    private static String normalise(String what, String text) {
        Objects.requireNonNull(text, what);
        if (isGuid(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        if (OTHER.matcher(text).matches()) {
            return text;
        }
        throw new IllegalArgumentException(
                "`" + text + "` is not a " + what + ": expected a GUID without braces, or a name");
    }

    /** Returns {@code tenant/objectId}. */
    @Override
    public String toString() {
        return tenant + "/" + objectId;
    }
}

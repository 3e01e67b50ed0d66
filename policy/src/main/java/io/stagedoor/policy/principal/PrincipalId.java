package io.stagedoor.policy.principal;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;

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

    private static final int GUID_LENGTH = 36;
    private static final int NAME_LENGTH = 255;

    /** What the ids begin with that stand for names. */
    private static final String DIGEST = "name|";

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

    /**
     * Returns the id of a group that its directory knows by a name, which may be any text: a name that
     * has not the form of an id is stood for by its digest. Different names have different ids, and
     * nobody can name a group so that it is taken for another.
     *
     * @param directory the tenant, or the configured name of the directory
     * @throws IllegalArgumentException if the name is blank, or the directory cannot be one
     */
    public static PrincipalId ofName(String directory, String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a blank text names no group");
        }
        boolean fits = isName(name) && !name.startsWith(DIGEST);
        return new PrincipalId(directory, fits ? name : DIGEST + digestOf(name));
    }

    private static String digestOf(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException("every Java runtime has SHA-256", absent);
        }
    }

    /** Returns whether the text has the form of a GUID: 8-4-4-4-12 hexadecimal digits. */
    public static boolean isGuid(String text) {
        if (text.length() != GUID_LENGTH) {
            return false;
        }
        for (int i = 0; i < GUID_LENGTH; i++) {
            boolean hyphen = i == 8 || i == 13 || i == 18 || i == 23;
            char letter = text.charAt(i);
            if (hyphen ? letter != '-' : !isHex(letter)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(char letter) {
        return isDigit(letter)
                || (letter >= 'a' && letter <= 'f')
                || (letter >= 'A' && letter <= 'F');
    }

    private static boolean isDigit(char letter) {
        return letter >= '0' && letter <= '9';
    }

    /** A name begins with a letter or digit; the marks {@code . _ | @ -} may follow. */
    private static boolean isName(String text) {
        if (text.isEmpty() || text.length() > NAME_LENGTH || !isPlain(text.charAt(0))) {
            return false;
        }
        for (int i = 1; i < text.length(); i++) {
            if (!isPlain(text.charAt(i)) && "._|@-".indexOf(text.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPlain(char letter) {
        return isDigit(letter)
                || (letter >= 'a' && letter <= 'z')
                || (letter >= 'A' && letter <= 'Z');
    }

    private static String normalise(String what, String text) {
        Objects.requireNonNull(text, what);
        if (isGuid(text)) {
            return text.toLowerCase(Locale.ROOT);
        }
        if (isName(text)) {
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

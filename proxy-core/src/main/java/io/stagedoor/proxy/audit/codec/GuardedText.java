package io.stagedoor.proxy.audit.codec;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What becomes of a text before it is written: credentials that strayed into it are taken out, and
 * a text that is too long is replaced by its beginning and its digest.
 */
public final class GuardedText {
    /** How many bytes a text may take once it is encoded. */
    static final int LIMIT = 1024;

    private static final int KEPT = 64;
    private static final Pattern CREDENTIAL =
            Pattern.compile(
                    "eyJ[\\w-]+\\.[\\w-]+(?:\\.[\\w-]*)*"
                            + "|(?i:\\b(?:sig|sharedaccesskey|accountkey|client_secret|password"
                            + "|access_token|refresh_token|code)=)[^&;\\s]+");

    private GuardedText() {}

    /** Gives a text as a record has it. */
    public static String recorded(String text) {
        boolean suspicious = text.indexOf('=') >= 0 || text.indexOf('J') >= 0;
        String kept = suspicious ? withoutCredentials(text) : text;
        return kept.length() > LIMIT ? digestOf(kept) : kept;
    }

    /** Tells whether something in a text looks like a credential; each has a `=` or a `J`. */
    static boolean holdsCredential(String text) {
        return CREDENTIAL.matcher(text).find();
    }

    static String withoutCredentials(String text) {
        return CREDENTIAL.matcher(text).replaceAll("[removed]");
    }

    static String digestOf(String text) {
        byte[] all = text.getBytes(StandardCharsets.UTF_8);
        int end = Character.isHighSurrogate(text.charAt(KEPT - 1)) ? KEPT - 1 : KEPT;
        return text.substring(0, end) + "... sha256:" + Sha256.of(all) + " bytes:" + all.length;
    }
}

package io.stagedoor.proxy.body;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** What holds of every body that a decision depends on, whatever its format. */
final class StrictText {

    /** The most levels of nesting. */
    static final int DEEPEST = 64;

    private StrictText() {}

    /**
     * Decodes UTF-8 that has no mark of its byte order.
     *
     * @throws RefusedException {@code bad_request}
     */
    static String utf8(byte[] body) throws RefusedException {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            if (text.startsWith("\ufeff")) {
                throw bad("the body begins with a byte order mark");
            }
            return text;
        } catch (CharacterCodingException _) {
            throw bad("the body is not UTF-8");
        }
    }

    /**
     * Refuses a name that a reader without regard to case would take for a wanted one.
     *
     * @throws RefusedException {@code bad_request}
     */
    static void refuseOtherCase(String name, PointerTree wanted) throws RefusedException {
        for (String token : wanted.tokens()) {
            if (token.equalsIgnoreCase(name) && !token.equals(name)) {
                throw bad("the body spells the field `" + token + "` in another case");
            }
        }
    }

    /**
     * Refuses text that cannot be the name or the id of anything.
     *
     * @throws RefusedException {@code bad_request}
     */
    static String name(String text, String pointer) throws RefusedException {
        if (text.chars().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
            throw bad("the field `" + pointer + "` of the body has a character no name has");
        }
        return text;
    }

    private static boolean isSurrogate(int c) {
        return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    }

    static RefusedException bad(String sentence) {
        return RefusedException.of(Code.BAD_REQUEST, sentence);
    }
}

package io.stagedoor.proxy.body;

import java.util.List;
import java.util.stream.Stream;

/**
 * A JSON pointer (RFC 6901) in which a token {@code *} stands for each element of an array or each
 * value of an object.
 *
 * @param tokens the unescaped reference tokens
 */
record Pointer(List<String> tokens) {

    static final String ANY = "*";

    static Pointer parse(String text) {
        if (!text.startsWith("/")) {
            throw new IllegalArgumentException("`" + text + "` is not a JSON pointer");
        }
        return new Pointer(
                Stream.of(text.substring(1).split("/", -1))
                        .map(token -> token.replace("~1", "/").replace("~0", "~"))
                        .toList());
    }

    /** Returns how many stars the part has that both pointers begin with. */
    int starsShared(Pointer other) {
        int stars = 0;
        int length = Math.min(tokens.size(), other.tokens.size());
        for (int i = 0; i < length && tokens.get(i).equals(other.tokens.get(i)); i++) {
            stars += tokens.get(i).equals(ANY) ? 1 : 0;
        }
        return stars;
    }
}

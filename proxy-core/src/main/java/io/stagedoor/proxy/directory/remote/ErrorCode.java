package io.stagedoor.proxy.directory.remote;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.regex.Pattern;

/** The word by which a service names an error in its body: Graph's, and Okta's. */
final class ErrorCode {

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.-]{1,64}");

    private ErrorCode() {}

    /** Returns the word in parentheses after a space, or nothing if there is none. */
    static String of(byte[] body) {
        try {
            JsonNode error = StrictJson.tree(body);
            String code = error.at("/error/code").asText(error.path("errorCode").asText(""));
            return WORD.matcher(code).matches() ? " (" + code + ")" : "";
        } catch (IOException _) {
            return "";
        }
    }
}

package io.stagedoor.proxy.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.value.Secret;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A good answer of a token endpoint (RFC 6749, section 5.1).
 *
 * @param accessToken a bearer token
 * @param lifetime how long it is good from now on; {@link #UNSTATED_LIFETIME} if the issuer does not
 *     say
 * @param refreshToken what to ask for the next one with
 * @param idToken who logged in, not verified yet
 */
public record TokenAnswer(
        Secret accessToken,
        Duration lifetime,
        Optional<Secret> refreshToken,
        Optional<String> idToken) {

    /** How long a token is taken for good whose issuer does not say. */
    public static final Duration UNSTATED_LIFETIME = Duration.ofMinutes(5);

    private static final int MAX_LENGTH = 64 * 1024;
    private static final long MAX_SECONDS = Duration.ofDays(366).toSeconds();

    /**
     * Reads an answer.
     *
     * @throws IOException if it is none; the message repeats nothing of it
     */
    static TokenAnswer from(ObjectNode answer) throws IOException {
        if (!"bearer".equalsIgnoreCase(answer.path("token_type").asText())) {
            throw new IOException("the issuer's answer is malformed: it holds no bearer token");
        }
        return new TokenAnswer(
                token(answer, "access_token").orElseThrow(() -> malformed("access_token")),
                lifetime(answer.path("expires_in")),
                token(answer, "refresh_token"),
                token(answer, "id_token").map(Secret::reveal));
    }

    private static Optional<Secret> token(ObjectNode answer, String name) throws IOException {
        JsonNode value = answer.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        String text = value.asText();
        boolean fit =
                value.isTextual()
                        && !text.isEmpty()
                        && text.length() <= MAX_LENGTH
                        && text.chars().allMatch(each -> each > ' ' && each < 0x7f);
        if (!fit) {
            throw malformed(name);
        }
        return Optional.of(Secret.of(text));
    }

    /** Entra's first version writes the number as a text. */
    private static Duration lifetime(JsonNode seconds) throws IOException {
        if (seconds.isMissingNode() || seconds.isNull()) {
            return UNSTATED_LIFETIME;
        }
        boolean fit = seconds.isTextual() || seconds.isIntegralNumber();
        if (!fit || !seconds.asText().matches("[0-9]{1,9}")) {
            throw malformed("expires_in");
        }
        return Duration.ofSeconds(Math.min(Long.parseLong(seconds.asText()), MAX_SECONDS));
    }

    private static IOException malformed(String name) {
        return new IOException("the issuer's answer is malformed: `" + name + "` does not fit");
    }

    /** Shows no token. */
    @Override
    public String toString() {
        return "TokenAnswer[" + lifetime + "]";
    }
}

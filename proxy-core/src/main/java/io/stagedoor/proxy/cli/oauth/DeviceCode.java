package io.stagedoor.proxy.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.value.Secret;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * What a person types where, so that this device gets a token (RFC 8628, section 3.2).
 *
 * @param code what this device asks with
 * @param userCode what the person types
 * @param verification where they type it
 * @param verificationComplete the same place with the code in it
 * @param lifetime how long both codes are good
 * @param interval how long to wait between two questions at least
 */
public record DeviceCode(
        Secret code,
        String userCode,
        URI verification,
        Optional<URI> verificationComplete,
        Duration lifetime,
        Duration interval) {

    private static final int DEFAULT_INTERVAL = 5;
    private static final int MAX_INTERVAL = 300;
    private static final int MAX_LIFETIME = 24 * 60 * 60;

    static DeviceCode from(ObjectNode answer) throws IOException {
        JsonNode complete = answer.path("verification_uri_complete");
        return new DeviceCode(
                Secret.of(text(answer, "device_code")),
                VisibleText.of(text(answer, "user_code")),
                page(text(answer, "verification_uri")),
                complete.isTextual() ? Optional.of(page(complete.asText())) : Optional.empty(),
                Duration.ofSeconds(seconds(answer, "expires_in", 0, MAX_LIFETIME)),
                Duration.ofSeconds(seconds(answer, "interval", DEFAULT_INTERVAL, MAX_INTERVAL)));
    }

    private static String text(ObjectNode answer, String name) throws IOException {
        String text = answer.path(name).textValue();
        if (text == null || VisibleText.of(text).isEmpty()) {
            throw malformed(name);
        }
        return text;
    }

    /** What is shown for people to visit is a web page, and no other kind of address. */
    private static URI page(String text) throws IOException {
        if (!text.matches("https://[\\x21-\\x7e&&[^\"<>`\\\\]]+")) {
            throw malformed("verification_uri");
        }
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw malformed("verification_uri");
        }
    }

    private static int seconds(ObjectNode answer, String name, int otherwise, int most)
            throws IOException {
        JsonNode value = answer.path(name);
        if (value.isMissingNode() && otherwise > 0) {
            return otherwise;
        }
        if (!value.canConvertToInt() || !value.isIntegralNumber() || value.asInt() < 1) {
            throw malformed(name);
        }
        return Math.min(value.asInt(), most);
    }

    private static IOException malformed(String name) {
        return new IOException(
                "the issuer's answer to the request for a device code is malformed: `"
                        + name
                        + "` does not fit");
    }
}

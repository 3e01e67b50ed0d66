package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.config.value.Secret;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.config.value.SecretUnavailableException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * What shows a running proxy that an operator asks: a bearer token, or else the configured key.
 *
 * @param address where the operators' port is
 * @param token the token, if one is given
 */
record OperatorProof(AdminAddress address, ShownToken token) {

    private static final int GOOD = 200;

    /**
     * Has the proxy do something, and returns what it says of it.
     *
     * @param path path and query on the operators' port
     * @throws CommandFailedException if it cannot be asked, or refuses
     */
    JsonNode post(String path) throws InterruptedException {
        AdminPort port = address.port();
        HttpResponse<String> response = post(port, path);
        JsonNode document = parsed(response.body());
        if (response.statusCode() != GOOD) {
            throw new CommandFailedException(ExitCodes.USAGE, refusal(response, document));
        }
        return document;
    }

    private HttpResponse<String> post(AdminPort port, String path) throws InterruptedException {
        try {
            return port.post(path, authorization());
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE, "no proxy answers at `" + port.root() + "`");
        }
    }

    private static String refusal(HttpResponse<String> response, JsonNode document) {
        JsonNode error = document.path("error");
        return "refused with status "
                + response.statusCode()
                + ": "
                + error.path("message").asText("no reason given")
                + (error.has("help") ? "\n  help: " + error.path("help").asText() : "");
    }

    private static JsonNode parsed(String body) {
        try {
            return Output.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return Output.MAPPER.createObjectNode();
        }
    }

    private String authorization() {
        return token.authorization()
                .or(this::apiKey)
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        ExitCodes.USAGE,
                                        "say who you are: --token-file, STAGEDOOR_TOKEN, or"
                                                + " `admin.api_key` in the configuration"));
    }

    private Optional<String> apiKey() {
        if (address.isGiven()) {
            return Optional.empty();
        }
        Optional<SecretRef> key = address.configuration().required().admin().operators().apiKey();
        try {
            return key.map(reference -> "ApiKey " + local(reference).reveal());
        } catch (SecretUnavailableException e) {
            throw new CommandFailedException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }

    /** The command has no identity that opens vaults. */
    private static Secret local(SecretRef reference) {
        return switch (reference) {
            case SecretRef.Local local ->
                    local.resolve(name -> Optional.ofNullable(System.getenv(name)));
            case SecretRef.VaultSecret vault ->
                    throw new SecretUnavailableException(
                            "`admin.api_key` is in a vault (`"
                                    + vault
                                    + "`), which this command cannot open: use --token-file");
        };
    }
}

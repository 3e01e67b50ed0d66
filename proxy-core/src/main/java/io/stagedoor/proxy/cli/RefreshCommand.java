package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.config.value.Secret;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.config.value.SecretUnavailableException;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code refresh}: has a running proxy read role assignments now, as an operator. */
@Command(
        name = "refresh",
        description = {
            "Have a running proxy read role assignments now, and say what is in use then.",
            "Shows a bearer token, or else the configured `admin.api_key`."
        },
        mixinStandardHelpOptions = true)
final class RefreshCommand implements Callable<Integer> {
    private static final int GOOD = 200;

    @Mixin private AdminAddress address = new AdminAddress();
    @Mixin private ShownToken token = new ShownToken();
    @Mixin private Output output = new Output();

    @Parameters(
            arity = "0..1",
            paramLabel = "WORKSPACE",
            description = "The only workspace to read; default: all.")
    private @Nullable String workspace;

    @Override
    public Integer call() throws InterruptedException {
        AdminPort port = address.port();
        HttpResponse<String> response = ask(port, authorization());
        JsonNode document = parsed(response.body());
        if (response.statusCode() != GOOD) {
            throw new CommandFailedException(ExitCodes.USAGE, refusal(response, document));
        }
        List<String> lines = new ArrayList<>();
        boolean all = true;
        for (JsonNode each : document.path("workspaces")) {
            lines.add(line(each));
            all &= each.path("refreshed").asBoolean();
        }
        output.print(lines, document);
        return all ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private HttpResponse<String> ask(AdminPort port, String authorization)
            throws InterruptedException {
        String query =
                workspace == null
                        ? ""
                        : "?workspace=" + URLEncoder.encode(workspace, StandardCharsets.UTF_8);
        try {
            return port.post("/refresh" + query, authorization);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE, "no proxy answers at `" + port.root() + "`");
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

    private static String line(JsonNode each) {
        String held =
                each.has("snapshot")
                        ? "snapshot "
                                + each.path("snapshot").asText()
                                + ", "
                                + each.path("assignments").asInt()
                                + " assignments"
                        : "no snapshot";
        return each.path("name").asText()
                + (each.has("failure")
                        ? ": not read: " + each.path("failure").asText() + "; in use: "
                        : ": read; in use: ")
                + held;
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
}

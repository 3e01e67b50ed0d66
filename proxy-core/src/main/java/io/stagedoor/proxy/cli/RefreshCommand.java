package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
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
        JsonNode document = new OperatorProof(address, token).post("/refresh" + query());
        List<String> lines = new ArrayList<>();
        boolean all = true;
        for (JsonNode each : document.path("workspaces")) {
            lines.add(line(each));
            all &= each.path("refreshed").asBoolean();
        }
        output.print(lines, document);
        return all ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private String query() {
        return workspace == null
                ? ""
                : "?workspace=" + URLEncoder.encode(workspace, StandardCharsets.UTF_8);
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
}

package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code connections rotate}: has a running proxy set embedded credentials now, as an operator. */
@Command(
        name = "rotate",
        description = {
            "Have a running proxy set the embedded credentials of a Tableau site that are due.",
            "Shows a bearer token, or else the configured `admin.api_key`."
        },
        mixinStandardHelpOptions = true)
final class RotateCommand implements Callable<Integer> {
    private static final int GOOD = 200;

    @Mixin private AdminAddress address = new AdminAddress();
    @Mixin private ShownToken token = new ShownToken();
    @Mixin private Output output = new Output();

    @Option(
            names = "--site",
            required = true,
            paramLabel = "NAME",
            description = "The configured site.")
    private String site = "";

    @Option(names = "--dry-run", description = "Say what would be set, and set nothing.")
    private boolean dryRun;

    @Option(names = "--all", description = "Set what is not due, too.")
    private boolean all;

    @Override
    public Integer call() throws InterruptedException {
        AdminPort port = address.port();
        HttpResponse<String> response =
                ask(port, new OperatorProof(address, token).authorization());
        JsonNode document = parsed(response.body());
        if (response.statusCode() != GOOD) {
            throw new CommandFailedException(ExitCodes.USAGE, refusal(response, document));
        }
        List<String> lines = new ArrayList<>();
        boolean good = true;
        for (JsonNode each : document.path("connections")) {
            lines.add(line(each));
            good &= !each.path("result").asText().equals("failed");
        }
        output.print(lines, document);
        return good ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private HttpResponse<String> ask(AdminPort port, String authorization)
            throws InterruptedException {
        String query =
                "?site="
                        + URLEncoder.encode(site, StandardCharsets.UTF_8)
                        + "&dry_run="
                        + dryRun
                        + "&all="
                        + all;
        try {
            return port.post("/connections/rotate" + query, authorization);
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE, "no proxy answers at `" + port.root() + "`");
        }
    }

    private static String line(JsonNode each) {
        String connection = each.path("connection").asText();
        return each.path("content").asText()
                + (connection.isEmpty() ? "" : " connection " + connection)
                + ": "
                + each.path("result").asText().replace('_', ' ')
                + ": "
                + each.path("detail").asText();
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

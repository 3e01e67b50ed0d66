package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLEncoder;
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
        JsonNode document = new OperatorProof(address, token).post("/connections/rotate" + query());
        List<String> lines = new ArrayList<>();
        boolean good = true;
        for (JsonNode each : document.path("connections")) {
            lines.add(line(each));
            good &= !each.path("result").asText().equals("failed");
        }
        output.print(lines, document);
        return good ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private String query() {
        return "?site="
                + URLEncoder.encode(site, StandardCharsets.UTF_8)
                + "&dry_run="
                + dryRun
                + "&all="
                + all;
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
}

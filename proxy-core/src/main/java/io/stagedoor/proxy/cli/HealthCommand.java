package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code health}: asks a running proxy's own port whether all its parts are well. */
@Command(
        name = "health",
        description = "Ask a running proxy whether it is well; for health checks without curl.",
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
    private static final int HEALTHY = 200;

    @Mixin private AdminAddress address = new AdminAddress();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        HttpResponse<String> response = ask(address.port());
        boolean healthy = response.statusCode() == HEALTHY;
        ObjectNode document = Output.MAPPER.createObjectNode().put("healthy", healthy);
        document.set("report", parsed(response.body()));
        output.print(List.of(healthy ? "healthy" : "not healthy", response.body()), document);
        return healthy ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private static HttpResponse<String> ask(AdminPort port) throws InterruptedException {
        try {
            return port.get("/health");
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE, "no proxy answers at `" + port.root() + "`");
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return Output.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return Output.MAPPER.getNodeFactory().textNode(body);
        }
    }
}

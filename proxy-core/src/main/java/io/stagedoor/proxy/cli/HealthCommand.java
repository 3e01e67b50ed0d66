package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.listener.AdminConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code health}: asks a running proxy's own port whether all its parts are well. */
@Command(
        name = "health",
        description = "Ask a running proxy whether it is well; for health checks without curl.",
        mixinStandardHelpOptions = true)
final class HealthCommand implements Callable<Integer> {
    private static final int HEALTHY = 200;

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description =
                    "The operator's port, such as http://127.0.0.1:9090; default: as configured.")
    private @Nullable URI admin;

    @Mixin private Configuration configuration = new Configuration();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        URI root = Optional.ofNullable(admin).orElseGet(this::configured);
        HttpResponse<String> response = ask(root);
        boolean healthy = response.statusCode() == HEALTHY;
        ObjectNode document = Output.MAPPER.createObjectNode().put("healthy", healthy);
        document.set("report", parsed(response.body()));
        output.print(List.of(healthy ? "healthy" : "not healthy", response.body()), document);
        return healthy ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private URI configured() {
        AdminConfig config = configuration.required().admin();
        String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
        return URI.create("http://" + host + ":" + config.port());
    }

    private static HttpResponse<String> ask(URI root) throws InterruptedException {
        try {
            return new AdminPort(root).get("/health");
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE, "no proxy answers at `" + root + "`");
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

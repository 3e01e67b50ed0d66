package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code who-am-i}: what a proxy sees of the caller: identity, groups, roles, guardrails. */
@Command(
        name = "who-am-i",
        description = "Ask a proxy what it sees of you: identity, groups, roles and guardrails.",
        mixinStandardHelpOptions = true)
final class WhoAmICommand implements Callable<Integer> {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int GOOD = 200;
    private static final int SERVER_FAULT = 500;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            required = true,
            description = "A workspace as the proxy serves it: its host, or host and path prefix.")
    private URI proxy = URI.create("https://localhost");

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The authorities that sign its certificate; default: the JVM's.")
    private @Nullable Path authorities;

    @Mixin private ShownToken token = new ShownToken();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        HttpResponse<String> response = ask(request());
        JsonNode document = parsed(response.body());
        if (response.statusCode() != GOOD) {
            String sentence =
                    "refused with status "
                            + response.statusCode()
                            + ": "
                            + document.at("/error/message").asText("no reason given");
            throw new CommandFailedException(
                    response.statusCode() >= SERVER_FAULT
                            ? ExitCodes.UNREACHABLE
                            : ExitCodes.FINDING,
                    sentence);
        }
        output.print(CallerText.lines(document), document);
        return ExitCodes.OK;
    }

    private HttpRequest request() {
        if (!"https".equals(proxy.getScheme()) || proxy.getHost() == null) {
            throw new CommandFailedException(
                    ExitCodes.USAGE, "`--proxy` is not an https address: a token is sent there");
        }
        String authorization =
                token.authorization()
                        .orElseThrow(
                                () ->
                                        new CommandFailedException(
                                                ExitCodes.USAGE,
                                                "say who you are: --token-file, or the variable"
                                                        + " STAGEDOOR_TOKEN"));
        String base = proxy.toString().replaceFirst("/+$", "");
        return HttpRequest.newBuilder(URI.create(base + "/.stagedoor/who-am-i"))
                .timeout(PATIENCE)
                .header("Authorization", authorization)
                .build();
    }

    private HttpResponse<String> ask(HttpRequest request) throws InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(TlsTrust.context(Optional.ofNullable(authorities)))
                        .connectTimeout(PATIENCE)
                        .build()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE,
                    "no proxy answers at `" + proxy + "`: " + e.getMessage());
        }
    }

    private static JsonNode parsed(String body) {
        try {
            return Output.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return Output.MAPPER.createObjectNode();
        }
    }
}

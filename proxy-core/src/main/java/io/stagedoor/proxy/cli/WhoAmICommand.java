package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.cli.profile.ProxyAddress;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
            description =
                    "A workspace as the proxy serves it: its host, or host and path prefix; default:"
                            + " the profile's.")
    private @Nullable URI proxy;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description =
                    "The authorities that sign its certificate; default: the profile's, else the"
                            + " JVM's.")
    private @Nullable Path authorities;

    @Mixin private ShownToken token = new ShownToken();
    @Mixin private Profiles profiles = new Profiles();
    @Mixin private Output output = new Output();
    @Spec private CommandSpec command = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        ProxyAddress address = address();
        HttpResponse<String> response = ask(address, request(address));
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

    private ProxyAddress address() {
        if (proxy != null) {
            return given(proxy);
        }
        return profiles.proxy()
                .orElseThrow(
                        () ->
                                new CommandFailedException(
                                        ExitCodes.USAGE,
                                        "say which proxy: --proxy, or `stagedoor login --proxy`"));
    }

    private ProxyAddress given(URI root) {
        try {
            return new ProxyAddress(root, Optional.ofNullable(authorities));
        } catch (IllegalArgumentException unfit) {
            throw new CommandFailedException(
                    ExitCodes.USAGE,
                    "`--proxy`: " + unfit.getMessage() + "; a token is sent there, so only https");
        }
    }

    private HttpRequest request(ProxyAddress address) throws InterruptedException {
        return HttpRequest.newBuilder(URI.create(address.root() + "/.stagedoor/who-am-i"))
                .timeout(PATIENCE)
                .header("Authorization", authorization())
                .build();
    }

    /** The token that is given, else that of who is logged in. */
    private String authorization() throws InterruptedException {
        Optional<String> given = token.authorization();
        return given.isPresent()
                ? given.get()
                : "Bearer " + TokenCommand.current(profiles, command).accessToken().reveal();
    }

    private static HttpResponse<String> ask(ProxyAddress address, HttpRequest request)
            throws InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(TlsTrust.context(address.certificates()))
                        .connectTimeout(PATIENCE)
                        .build()) {
            return client.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new CommandFailedException(
                    ExitCodes.UNREACHABLE,
                    "no proxy answers at `" + address.root() + "`: " + e.getMessage());
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

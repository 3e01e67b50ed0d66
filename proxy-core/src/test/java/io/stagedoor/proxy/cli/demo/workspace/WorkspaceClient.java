package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;

/** A fake workspace and a client that holds its bearer, for the tests of this package. */
final class WorkspaceClient implements AutoCloseable {
    static final String BEARER = "upstream-bearer";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final DemoAuthority authority = DemoAuthority.create(InstantSource.system());
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(authority.trustingContext()).build();
    private final FakeWorkspace workspace =
            FakeWorkspace.start("demo", BEARER, InstantSource.system(), authority.issue());

    FakeWorkspace workspace() {
        return workspace;
    }

    HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return send("GET", target, "");
    }

    JsonNode json(String target) throws IOException, InterruptedException {
        return MAPPER.readTree(get(target).body());
    }

    HttpResponse<String> send(String method, String target, String body, String... fields)
            throws IOException, InterruptedException {
        URI uri =
                target.startsWith("/") ? URI.create(workspace.uri() + target) : URI.create(target);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri)
                        .method(method, BodyPublishers.ofString(body))
                        .header("Authorization", "Bearer " + BEARER);
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), BodyHandlers.ofString());
    }

    HttpResponse<String> sendWithout(String target) throws IOException, InterruptedException {
        URI uri = URI.create(workspace.uri() + target);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    static JsonNode parsed(HttpResponse<String> response) throws IOException {
        return MAPPER.readTree(response.body());
    }

    @Override
    public void close() {
        workspace.close();
        client.close();
    }
}

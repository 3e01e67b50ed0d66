package io.stagedoor.proxy.testing;

import io.stagedoor.config.ConfigLoader;
import io.stagedoor.config.LoadResult;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.proxy.Stagedoor;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.workspace.FakeWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;

/** The real proxy between a real client and the demo's issuer and workspace, all over TLS. */
public final class ProxyFixture implements AutoCloseable {

    private static final String PREFIX = "/synapse/demo";

    private final DemoScenery scenery;
    private final StagedoorConfig config;
    private final HttpClient client;
    private final InstantSource clock;
    private final Function<String, Optional<String>> environment;
    private Stagedoor proxy;

    private ProxyFixture(
            DemoScenery scenery,
            UnaryOperator<String> edit,
            InstantSource clock,
            Function<String, Optional<String>> environment)
            throws IOException {
        this.scenery = scenery;
        this.environment = environment;
        this.clock = clock;
        Path file = scenery.configuration();
        Files.writeString(file, edit.apply(Files.readString(file)));
        this.config = load(file);
        this.client =
                HttpClient.newBuilder().sslContext(scenery.authority().trustingContext()).build();
        this.proxy = started();
        awaitReady();
    }

    /** Starts everything with the demo's configuration. */
    public static ProxyFixture start() throws IOException {
        return start(UnaryOperator.identity());
    }

    /** Starts everything with a changed configuration. */
    public static ProxyFixture start(UnaryOperator<String> edit) throws IOException {
        return start(edit, _ -> {});
    }

    /** Starts everything with a changed configuration, after something was done to the scene. */
    public static ProxyFixture start(UnaryOperator<String> edit, Consumer<DemoScenery> prepare)
            throws IOException {
        return start(edit, prepare, InstantSource.system());
    }

    /**
     * Does the same with a proxy that goes by another clock.
     *
     * @param clock tells the proxy, and nothing around it, the time
     */
    public static ProxyFixture start(
            UnaryOperator<String> edit, Consumer<DemoScenery> prepare, InstantSource clock)
            throws IOException {
        return start(edit, prepare, clock, _ -> Optional.empty());
    }

    /**
     * Does the same with a proxy in another environment.
     *
     * @param environment gives the proxy the values of environment variables
     */
    public static ProxyFixture start(
            UnaryOperator<String> edit,
            Consumer<DemoScenery> prepare,
            InstantSource clock,
            Function<String, Optional<String>> environment)
            throws IOException {
        DemoScenery scenery = DemoScenery.set(InstantSource.system(), 0, 0);
        prepare.accept(scenery);
        return new ProxyFixture(scenery, edit, clock, environment);
    }

    private static StagedoorConfig load(Path file) {
        return switch (ConfigLoader.load(file)) {
            case LoadResult.Ok(StagedoorConfig good, var _) -> good;
            case LoadResult.Bad bad -> throw new IllegalStateException(bad.problems().toString());
        };
    }

    private Stagedoor started() throws IOException {
        return Stagedoor.startWatching(config, scenery.configuration(), environment, clock);
    }

    private void awaitReady() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> admin("/ready").statusCode() == 200);
    }

    /** Stops the proxy in order and starts it again over the same journal. */
    public void restart() throws IOException {
        proxy.drain();
        proxy = started();
        awaitReady();
    }

    /** Changes a file of the configuration's folder. */
    public void edit(String name, UnaryOperator<String> edit) throws IOException {
        Path file = scenery.configuration().resolveSibling(name);
        Files.writeString(file, edit.apply(Files.readString(file)));
    }

    public DemoScenery scenery() {
        return scenery;
    }

    public FakeWorkspace workspace() {
        return scenery.workspace();
    }

    public Stagedoor proxy() {
        return proxy;
    }

    public HttpClient client() {
        return client;
    }

    public URI base() {
        return URI.create("https://localhost:" + proxy.port() + PREFIX);
    }

    public Path journalFolder() {
        return config.audit().directory();
    }

    /** Sends a request of one of the cast. */
    public HttpResponse<String> send(CastMember caller, String method, String path)
            throws IOException, InterruptedException {
        return send(request(scenery.token(caller), method, path, Optional.empty()));
    }

    /** Sends a request with a JSON body. */
    public HttpResponse<String> send(CastMember caller, String method, String path, String json)
            throws IOException, InterruptedException {
        return send(request(scenery.token(caller), method, path, Optional.of(json)));
    }

    public HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    /** Makes a request with a token; the api-version is added. */
    public HttpRequest request(
            String token, String method, String path, Optional<String> json, String... fields) {
        String version = path.contains("?") ? "&" : "?";
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(
                                URI.create(base() + path + version + "api-version=2020-12-01"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + token)
                        .method(
                                method,
                                json.map(BodyPublishers::ofString)
                                        .orElseGet(BodyPublishers::noBody));
        json.ifPresent(_ -> builder.header("Content-Type", "application/json"));
        if (fields.length > 0) {
            builder.headers(fields);
        }
        return builder.build();
    }

    public HttpResponse<String> admin(String path) throws IOException, InterruptedException {
        URI uri = URI.create(adminBase() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    /** Gives the root of the operators' port. */
    public URI adminBase() {
        boolean encrypted = config.admin().tls().isPresent();
        return URI.create(
                (encrypted ? "https://localhost:" : "http://127.0.0.1:") + proxy.adminPort());
    }

    @Override
    public void close() {
        proxy.close();
        client.close();
        scenery.close();
    }
}

package io.stagedoor.proxy.cli.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/**
 * The scenery with the real proxy in it, and the commands to paste.
 *
 * <p>Needs no account, no network and no database. Closing stops all of it and removes the folder.
 */
public final class Demo implements AutoCloseable {
    /** The port clients use when it is free. */
    public static final int PREFERRED_PORT = 8443;

    /** The operator's port when it is free. */
    public static final int PREFERRED_ADMIN_PORT = 8444;

    private final DemoScenery scenery;
    private final RunningProxy proxy;
    private final String launcher;

    private Demo(DemoScenery scenery, RunningProxy proxy, String launcher) {
        this.scenery = scenery;
        this.proxy = proxy;
        this.launcher = launcher;
    }

    /**
     * Starts the demo on its preferred ports, or on free ones where those are taken.
     *
     * @param launcher the command that runs Stagedoor, as the user typed it
     * @throws IOException when the proxy cannot open its ports or files
     */
    public static Demo start(ProxyStarter starter, String launcher, InstantSource clock)
            throws IOException {
        int port = PreferredPort.or(PREFERRED_PORT);
        int adminPort = PreferredPort.or(PREFERRED_ADMIN_PORT);
        DemoScenery scenery = DemoScenery.set(clock, port, adminPort);
        try {
            return new Demo(scenery, starter.start(scenery.configuration()), launcher);
        } catch (IOException | RuntimeException e) {
            scenery.close();
            throw e;
        }
    }

    /** Gives the proxy's root as clients see it. */
    public URI proxy() {
        return URI.create("https://localhost:" + proxy.port());
    }

    /** Gives the operator's root: health, readiness and metrics. */
    public URI admin() {
        return URI.create("http://127.0.0.1:" + proxy.adminPort());
    }

    /** Gives the folder with configuration, certificates and tokens. */
    public Path folder() {
        return scenery.folder().path();
    }

    /** Gives the commands to paste, in order. */
    public List<PastedCommand> commands() {
        return new DemoScript(scenery.folder(), proxy(), launcher).commands();
    }

    /**
     * Sends what the first two commands send, without a shell.
     *
     * @throws IOException when the answers are not the ones that are shown
     */
    public void rehearse() throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(scenery.authority().trustingContext()).build()) {
            expect(202, createRun(client, DemoCast.ENGINEER));
            expect(403, createRun(client, DemoCast.ANALYST));
        }
    }

    private int createRun(HttpClient client, CastMember member)
            throws IOException, InterruptedException {
        URI target = URI.create(proxy() + DemoScript.CREATE_RUN);
        String token = Files.readString(scenery.folder().file(member.name() + ".token"));
        HttpRequest request =
                HttpRequest.newBuilder(target)
                        .header("Authorization", "Bearer " + token.strip())
                        .POST(BodyPublishers.noBody())
                        .build();
        return client.send(request, BodyHandlers.discarding()).statusCode();
    }

    private static void expect(int status, int answered) throws IOException {
        if (status != answered) {
            throw new IOException("answered with " + answered + " instead of " + status);
        }
    }

    @Override
    public void close() {
        try (scenery;
                proxy) {
            // INVARIANT: closed in this order, the proxy before what it talks to.
        }
    }
}

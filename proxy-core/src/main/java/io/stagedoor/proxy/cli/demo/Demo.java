package io.stagedoor.proxy.cli.demo;

import java.io.IOException;
import java.net.URI;
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

    @Override
    public void close() {
        try (scenery;
                proxy) {
            // INVARIANT: closed in this order, the proxy before what it talks to.
        }
    }
}

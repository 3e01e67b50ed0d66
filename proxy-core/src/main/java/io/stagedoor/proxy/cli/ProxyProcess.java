package io.stagedoor.proxy.cli;

import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.proxy.Stagedoor;
import io.stagedoor.proxy.cli.demo.RunningProxy;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** The real proxy in this process, started from a configuration. */
final class ProxyProcess implements RunningProxy {
    private static final Duration READY_WITHIN = Duration.ofSeconds(30);

    private final Stagedoor stagedoor;

    private ProxyProcess(Stagedoor stagedoor) {
        this.stagedoor = stagedoor;
    }

    /**
     * Starts the proxy; it may still be learning its role assignments and keys.
     *
     * @throws IOException when a port, the journal or a file cannot be used
     */
    static ProxyProcess start(StagedoorConfig config, Path file) throws IOException {
        return new ProxyProcess(
                Stagedoor.startWatching(
                        config, file, name -> Optional.ofNullable(System.getenv(name))));
    }

    /** Has the configuration looked at now; returns at once. */
    void reload() {
        stagedoor.reload();
    }

    /**
     * Starts the proxy from a file and waits until it takes work.
     *
     * @throws IOException when a port, the journal or a file cannot be used, or it does not become
     *     ready
     * @throws CommandFailedException when the configuration has problems
     */
    static ProxyProcess startReady(Path file) throws IOException {
        ProxyProcess started = start(Configuration.required(file), file);
        try {
            URI admin = URI.create("http://127.0.0.1:" + started.adminPort());
            new AdminPort(admin).awaitReady(READY_WITHIN);
            return started;
        } catch (IOException e) {
            started.stagedoor.close();
            throw e;
        } catch (InterruptedException e) {
            started.stagedoor.close();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the proxy got ready", e);
        }
    }

    @Override
    public int port() {
        return stagedoor.port();
    }

    @Override
    public int adminPort() {
        return stagedoor.adminPort();
    }

    @Override
    public void close() {
        stagedoor.drain();
    }
}

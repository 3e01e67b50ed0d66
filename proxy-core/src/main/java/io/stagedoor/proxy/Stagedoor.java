package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The running proxy.
 *
 * <p>Started from a checked configuration, it serves until it is drained or closed. Methods may be
 * called from any thread but an event loop.
 */
public final class Stagedoor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Stagedoor.class);

    private final Opening.Sockets sockets;
    private final ShutdownOrder closing;

    private Stagedoor(Opening.Sockets sockets, ShutdownOrder closing) {
        this.sockets = sockets;
        this.closing = closing;
    }

    /**
     * Starts everything in order: journal, knowledge, listener. Role assignments and keys that
     * cannot be read yet do not keep it from starting; requests that need them are refused until
     * they can. The configuration is not watched; the listener's certificates are.
     *
     * @param environment looks up environment variables, for secrets
     * @throws IOException if a port or the journal is taken, or a file cannot be used; nothing is
     *     left running then
     */
    public static Stagedoor start(
            StagedoorConfig config, Function<String, Optional<String>> environment)
            throws IOException {
        return start(config, Optional.empty(), Surroundings.of(environment));
    }

    /**
     * Starts everything, and from then on takes up what the configuration's files say when they
     * change.
     *
     * @param config what the file said when it was loaded
     * @param file the configuration's file
     * @param environment looks up environment variables, for secrets
     * @throws IOException as above
     */
    public static Stagedoor startWatching(
            StagedoorConfig config, Path file, Function<String, Optional<String>> environment)
            throws IOException {
        return startWatching(config, file, environment, InstantSource.system());
    }

    /**
     * Does the same by another clock than the system's.
     *
     * @param clock tells the time that tokens, keys and assignments are judged by
     * @throws IOException as above
     */
    public static Stagedoor startWatching(
            StagedoorConfig config,
            Path file,
            Function<String, Optional<String>> environment,
            InstantSource clock)
            throws IOException {
        return start(config, Optional.of(file), new Surroundings(environment, clock));
    }

    private static Stagedoor start(
            StagedoorConfig config, Optional<Path> file, Surroundings surroundings)
            throws IOException {
        ShutdownOrder closing = new ShutdownOrder();
        try {
            Opening.Sockets sockets = new Opening(config, file, surroundings, closing).open();
            LOG.atInfo()
                    .addKeyValue("port", sockets.listener().port())
                    .addKeyValue("adminPort", sockets.admin().port())
                    .addKeyValue("workspaces", config.services().size())
                    .log("stagedoor serves");
            return new Stagedoor(sockets, closing);
        } catch (IOException | RuntimeException e) {
            closing.close();
            throw e;
        }
    }

    /** Returns the port that clients connect to. */
    public int port() {
        return sockets.listener().port();
    }

    /** Returns the operator's port. */
    public int adminPort() {
        return sockets.admin().port();
    }

    /** Has the files looked at now, and taken up if all of them are right; returns at once. */
    public void reload() {
        sockets.watch().lookNow();
    }

    /**
     * Stops taking work, lets running exchanges end within the configured time, and closes.
     *
     * @return the number of connections that had to be cut
     */
    public int drain() {
        sockets.state().drain();
        Duration atMost = sockets.serving().current().config().listener().drainTimeout();
        int cut = sockets.listener().drain(atMost);
        LOG.atInfo().addKeyValue("cut", cut).log("drained");
        close();
        return cut;
    }

    /** Closes at once; connections are cut. */
    @Override
    public void close() {
        closing.close();
    }
}

package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import java.io.IOException;
import java.time.Duration;
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

    private final Wiring.Sockets sockets;
    private final ShutdownOrder closing;
    private final Duration drainTimeout;

    private Stagedoor(Wiring.Sockets sockets, ShutdownOrder closing, Duration drainTimeout) {
        this.sockets = sockets;
        this.closing = closing;
        this.drainTimeout = drainTimeout;
    }

    /**
     * Starts everything in order: journal, knowledge, listener. Role assignments and keys that
     * cannot be read yet do not keep it from starting; requests that need them are refused until
     * they can.
     *
     * @param environment looks up environment variables, for secrets
     * @throws IOException if a port or the journal is taken, or a file cannot be used; nothing is
     *     left running then
     */
    public static Stagedoor start(
            StagedoorConfig config, Function<String, Optional<String>> environment)
            throws IOException {
        ShutdownOrder closing = new ShutdownOrder();
        try {
            Wiring.Sockets sockets = new Wiring(config, environment, closing).open();
            LOG.atInfo()
                    .addKeyValue("port", sockets.listener().port())
                    .addKeyValue("adminPort", sockets.admin().port())
                    .addKeyValue("workspaces", config.workspaces().size())
                    .log("stagedoor serves");
            return new Stagedoor(sockets, closing, config.listener().drainTimeout());
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

    /**
     * Stops taking work, lets running exchanges end within the configured time, and closes.
     *
     * @return the number of connections that had to be cut
     */
    public int drain() {
        sockets.state().drain();
        int cut = sockets.listener().drain(drainTimeout);
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

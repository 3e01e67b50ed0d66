package io.stagedoor.proxy.serverinfo;

import io.stagedoor.proxy.http.ServerInfo;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one Tableau server is, asked for when it is needed.
 *
 * <p>An answer is good for five minutes, and for an hour while no other can be had; after a failure
 * the server is left alone for ten seconds. However many ask, one question is under way at a time.
 * Safe for any thread.
 */
public final class ServerInfos implements AutoCloseable {

    /** For how long an answer is not asked for again. */
    static final Duration FRESH = Duration.ofMinutes(5);

    /** For how long an answer is better than none. */
    static final Duration KEPT = Duration.ofHours(1);

    /** For how long the server is left alone after a failure. */
    static final Duration REST = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(ServerInfos.class);

    private final String site;
    private final ServerInfoSource source;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile State state = new State(Optional.empty(), Instant.MIN, Instant.MIN);

    /** What is known. */
    public sealed interface Told {

        /** The server is this. */
        record Known(ServerInfo info) implements Told {}

        /**
         * The server does not say.
         *
         * @param retryAfter when it will be asked again
         */
        record Unknown(Duration retryAfter) implements Told {}
    }

    /**
     * What came of the last question.
     *
     * @param last the last answer
     * @param keptUntil when that is too old
     * @param nextAt before then nothing is asked
     */
    private record State(Optional<ServerInfo> last, Instant keptUntil, Instant nextAt) {

        private Told at(Instant now) {
            return last.isPresent() && now.isBefore(keptUntil)
                    ? new Told.Known(last.get())
                    : new Told.Unknown(Duration.between(now, nextAt));
        }
    }

    /**
     * Makes it; nothing is asked yet.
     *
     * @param site the site's configured name, for the log
     * @param source asks; closed with this
     */
    public ServerInfos(String site, ServerInfoSource source, InstantSource clock) {
        this.site = site;
        this.source = source;
        this.clock = clock;
    }

    /** Returns what is known without a question; nothing if the server has to be asked. */
    public Optional<Told> atHand() {
        State now = state;
        Instant instant = clock.instant();
        return instant.isBefore(now.nextAt()) ? Optional.of(now.at(instant)) : Optional.empty();
    }

    /** Returns what is known, and asks if need be. May block; belongs on a virtual thread. */
    public Told told() {
        asking.lock();
        try {
            return atHand().orElseGet(this::ask);
        } finally {
            asking.unlock();
        }
    }

    private Told ask() {
        try {
            ServerInfo info = source.ask();
            Instant now = clock.instant();
            state = new State(Optional.of(info), now.plus(KEPT), now.plus(FRESH));
            return new Told.Known(info);
        } catch (IOException failure) {
            LOG.atWarn()
                    .addKeyValue("site", site)
                    .addKeyValue("reason", failure.getMessage())
                    .log("a Tableau server does not say which version it is");
            Instant now = clock.instant();
            State failed = new State(state.last(), state.keptUntil(), now.plus(REST));
            state = failed;
            return failed.at(now);
        }
    }

    @Override
    public void close() {
        source.close();
    }
}

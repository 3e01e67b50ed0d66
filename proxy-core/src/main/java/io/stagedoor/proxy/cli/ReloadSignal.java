package io.stagedoor.proxy.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which an operator has a running proxy look at its files now.
 *
 * <p>{@code sun.misc.Signal} is the JDK's only way to a signal; its module {@code jdk.unsupported}
 * is there to be used until there is another (JEP 260).
 */
final class ReloadSignal {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadSignal.class);

    private ReloadSignal() {}

    /** Has an action run on each SIGHUP from now on; where there is none, files are watched anyway. */
    @SuppressWarnings("sunapi") // see above
    static void calls(Runnable action) {
        try {
            sun.misc.Signal.handle(new sun.misc.Signal("HUP"), _ -> action.run());
        } catch (IllegalArgumentException e) {
            LOG.atInfo()
                    .addKeyValue("reason", e.getMessage())
                    .log("no SIGHUP here; changed files are taken up by themselves");
        }
    }
}

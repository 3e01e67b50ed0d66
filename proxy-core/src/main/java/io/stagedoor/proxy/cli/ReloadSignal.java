package io.stagedoor.proxy.cli;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** SIGHUP, by which an operator has a running proxy look at its files now. */
final class ReloadSignal {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadSignal.class);

    private ReloadSignal() {}

    /** Has an action run on each SIGHUP from now on; where there is none, files are watched anyway. */
    static void calls(Runnable action) {
        try {
            SystemSignals.handle("HUP", action);
        } catch (ReflectiveOperationException e) {
            LOG.atInfo()
                    .addKeyValue("reason", e.getMessage())
                    .log("no SIGHUP here; changed files are taken up by themselves");
        }
    }
}

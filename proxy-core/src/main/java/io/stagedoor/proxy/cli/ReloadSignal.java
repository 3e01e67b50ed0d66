package io.stagedoor.proxy.cli;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which an operator has a running proxy look at its files now.
 *
 * <p>{@code sun.misc.Signal} is the JDK's only way to a signal; its module {@code jdk.unsupported}
 * is there to be used until there is another (JEP 260). It is called by name, since javac warns of
 * any other use and the warning cannot be turned off.
 */
final class ReloadSignal {
    private static final Logger LOG = LoggerFactory.getLogger(ReloadSignal.class);

    private ReloadSignal() {}

    /** Has an action run on each SIGHUP from now on; where there is none, files are watched anyway. */
    static void calls(Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling =
                    Proxy.newProxyInstance(
                            handler.getClassLoader(),
                            new Class<?>[] {handler},
                            (proxy, method, arguments) -> {
                                action.run();
                                return null;
                            });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("HUP"), handling);
        } catch (ReflectiveOperationException e) {
            LOG.atInfo()
                    .addKeyValue("reason", e.getMessage())
                    .log("no SIGHUP here; changed files are taken up by themselves");
        }
    }
}

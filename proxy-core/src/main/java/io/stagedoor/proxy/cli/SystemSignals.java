package io.stagedoor.proxy.cli;

import java.lang.reflect.Proxy;

/**
 * Signals of the operating system.
 *
 * <p>{@code sun.misc.Signal} is the JDK's only way to a signal; its module {@code jdk.unsupported}
 * is there to be used until there is another (JEP 260). It is called by name, since javac warns of
 * any other use and the warning cannot be turned off.
 */
final class SystemSignals {
    private SystemSignals() {}

    /**
     * Has an action run on each signal of a name, such as {@code HUP}, from now on and in place of what
     * the signal does otherwise.
     *
     * @throws ReflectiveOperationException if there is no such signal here, or it is not to be had
     */
    static void handle(String name, Runnable action) throws ReflectiveOperationException {
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
                .invoke(null, signal.getConstructor(String.class).newInstance(name), handling);
    }
}

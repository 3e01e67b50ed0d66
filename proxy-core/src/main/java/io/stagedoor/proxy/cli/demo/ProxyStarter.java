package io.stagedoor.proxy.cli.demo;

import java.io.IOException;
import java.nio.file.Path;

/** Starts the real proxy, as {@code stagedoor run} would. */
@FunctionalInterface
public interface ProxyStarter {

    /**
     * Starts a proxy that is ready for requests when this returns.
     *
     * @param configuration its {@code stagedoor.yaml}
     * @throws IOException when a port or a file cannot be used
     * @throws IllegalStateException when the configuration has problems, which the message lists
     */
    RunningProxy start(Path configuration) throws IOException;
}

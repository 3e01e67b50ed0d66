package io.stagedoor.proxy.bench.server;

import io.stagedoor.config.ConfigLoader;
import io.stagedoor.config.LoadResult;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.proxy.Stagedoor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Stagedoor as it is shipped, from a configuration file, with its own log settings. */
public final class StagedoorProcess {

    private StagedoorProcess() {}

    /**
     * Serves until its standard input ends, then drains.
     *
     * @param arguments the configuration; the file for the port and the operator's port
     */
    public static void main(String[] arguments) throws IOException {
        Stagedoor proxy =
                Stagedoor.start(
                        load(Path.of(arguments[0])),
                        name -> Optional.ofNullable(System.getenv(name)));
        Announcement.ready(Path.of(arguments[1]), proxy.port(), proxy.adminPort());
        Announcement.awaitEnd();
        int _ = proxy.drain();
    }

    private static StagedoorConfig load(Path file) {
        return switch (ConfigLoader.load(file)) {
            case LoadResult.Ok(StagedoorConfig config, var _) -> config;
            case LoadResult.Bad(var problems, var _) ->
                    throw new IllegalStateException("the configuration is bad: " + problems);
        };
    }
}

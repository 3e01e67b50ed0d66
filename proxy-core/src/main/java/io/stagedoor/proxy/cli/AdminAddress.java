package io.stagedoor.proxy.cli;

import io.stagedoor.proxy.authn.keys.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say where the operator's port of a running proxy is. */
final class AdminAddress {

    @Option(
            names = "--admin",
            paramLabel = "URL",
            description =
                    "The operator's port, such as http://127.0.0.1:9090; default: as configured.")
    private @Nullable URI admin;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "The authorities that sign its certificate; default: the JVM's.")
    private @Nullable Path authorities;

    @Mixin private Configuration configuration = new Configuration();

    Configuration configuration() {
        return configuration;
    }

    /** Returns whether the address was given, so that no configuration is needed. */
    boolean isGiven() {
        return admin != null;
    }

    /**
     * Gives the port.
     *
     * @throws CommandFailedException when a certificate that it needs cannot be read
     */
    AdminPort port() {
        try {
            return admin == null
                    ? AdminPort.of(configuration.required().admin())
                    : new AdminPort(
                            admin, Optional.of(TlsTrust.context(Optional.ofNullable(authorities))));
        } catch (IOException e) {
            throw new CommandFailedException(ExitCodes.USAGE, String.valueOf(e.getMessage()));
        }
    }
}

package io.stagedoor.proxy.cli.demo;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The demo's configuration, as an operator would write it: {@code stagedoor.yaml} and access. */
final class DemoConfiguration {
    static final String PATH_PREFIX = "/synapse/" + DemoCast.WORKSPACE;

    private DemoConfiguration() {}

    /**
     * Writes both files beside the certificates and tokens they name; gives the main one.
     *
     * @param port the clients' port; 0 for any free one
     * @param adminPort the operator's port; 0 for any free one
     */
    static Path write(DemoFolder folder, URI issuer, URI workspace, int port, int adminPort) {
        Map<String, String> access =
                Map.of("agent", DemoCast.AGENT.clientApplication(), "pipeline", DemoCast.NIGHTLY);
        Map<String, String> main =
                Map.of(
                        "port",
                        Integer.toString(port),
                        "adminPort",
                        Integer.toString(adminPort),
                        "issuer",
                        issuer.toString(),
                        "audience",
                        DemoCast.AUDIENCE,
                        "workspace",
                        DemoCast.WORKSPACE,
                        "tenant",
                        DemoCast.TENANT,
                        "pathPrefix",
                        PATH_PREFIX,
                        "upstream",
                        workspace.toString());
        folder.write("access.yaml", filled("access.yaml", access));
        return folder.write("stagedoor.yaml", filled("stagedoor.yaml", main));
    }

    private static String filled(String resource, Map<String, String> values) {
        String text = read(resource);
        for (Map.Entry<String, String> value : values.entrySet()) {
            text = text.replace("@" + value.getKey() + "@", value.getValue());
        }
        return text;
    }

    private static String read(String resource) {
        try (InputStream stream =
                Objects.requireNonNull(DemoConfiguration.class.getResourceAsStream(resource))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("`" + resource + "` cannot be read", e);
        }
    }
}

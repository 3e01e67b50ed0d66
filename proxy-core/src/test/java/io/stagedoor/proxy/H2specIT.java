package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The conformance suite h2spec against the whole proxy, in its strict mode and over TLS.
 *
 * <p>Its requests carry no token, so each well-formed one is answered with 401: a whole answer like
 * any other. Run by {@code mvn verify -Ph2spec}, which unpacks the suite from its Maven artifact.
 */
@Tag("h2spec")
class H2specIT {

    private static final int CASES = 146;
    private static final Path UNPACKED = Path.of("target/h2spec");

    @TempDir Path folder;

    @Test
    void everyCasePasses() throws Exception {
        Path suite = unpacked();
        try (ProxyFixture fixture = ProxyFixture.start()) {
            String port = Integer.toString(fixture.proxy().port());

            List<String> output =
                    run(
                            suite.toString(),
                            "--strict",
                            "--tls",
                            "--insecure",
                            "--host",
                            "localhost",
                            "--port",
                            port,
                            "--path",
                            "/synapse/demo/pipelines",
                            "--timeout",
                            "5");

            assertThat(output)
                    .as(String.join("\n", output))
                    .contains(CASES + " tests, " + CASES + " passed, 0 skipped, 0 failed");
        }
    }

    private Path unpacked() throws Exception {
        try (Stream<Path> files = Files.walk(UNPACKED)) {
            Path archive =
                    files.filter(file -> file.endsWith("h2spec_linux_amd64.tar.gz"))
                            .findFirst()
                            .orElseThrow();
            run("tar", "xzf", archive.toString(), "-C", folder.toString());
        }
        return folder.resolve("h2spec");
    }

    private static List<String> run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        List<String> lines = new ArrayList<>();
        try (Stream<String> output = process.inputReader().lines()) {
            output.forEach(lines::add);
        }
        process.waitFor();
        return lines;
    }
}

package io.stagedoor.proxy.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.config.ConfigLoader;
import io.stagedoor.config.LoadResult;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoTest {
    private static final InstantSource CLOCK = InstantSource.system();

    private final List<Path> started = new ArrayList<>();
    private final List<String> closed = new ArrayList<>();

    @Test
    void theConfigurationIsOneTheLoaderTakesWithoutAWord() {
        try (DemoScenery scenery = DemoScenery.set(CLOCK, 0, 0)) {
            LoadResult result = ConfigLoader.load(scenery.configuration());

            assertThat(result).isInstanceOf(LoadResult.Ok.class);
            assertThat(result.warnings()).isEmpty();
        }
    }

    @Test
    void everyFileIsItsOwnersAlone() throws Exception {
        try (DemoScenery scenery = DemoScenery.set(CLOCK, 0, 0);
                Stream<Path> files = Files.list(scenery.folder().path())) {
            assertThat(files.toList())
                    .hasSize(9)
                    .allSatisfy(file -> assertThat(permissions(file)).isEqualTo("rw-------"));
            assertThat(permissions(scenery.folder().path())).isEqualTo("rwx------");
        }
    }

    @Test
    void fourCommandsReadWhatEarlierOnesWrote() throws Exception {
        try (Demo demo = Demo.start(this::start, "./stagedoor", CLOCK)) {
            List<PastedCommand> commands = demo.commands();

            assertThat(commands)
                    .map(PastedCommand::name)
                    .containsExactly("allowed-run", "refused-run", "explain", "audit-job");
            assertThat(commands.get(0).command())
                    .startsWith("curl ")
                    .contains("$(cat " + demo.folder() + "/engineer.token)")
                    .contains("https://localhost:7443/synapse/demo/pipelines/nightly/createRun");
            assertThat(commands.get(2).command())
                    .startsWith("./stagedoor explain --config " + demo.folder())
                    .contains("/refused.txt");
            assertThat(commands.get(3).command())
                    .startsWith("./stagedoor audit job --config ")
                    .contains("/run.txt");
            assertThat(demo.admin()).hasToString("http://127.0.0.1:7444");
        }
    }

    @Test
    void closingStopsTheProxyFirstAndRemovesTheFolder() throws Exception {
        Demo demo = Demo.start(this::start, "./stagedoor", CLOCK);
        Files.writeString(demo.folder().resolve("run.txt"), "left behind");

        demo.close();

        assertThat(closed).containsExactly("proxy while the folder exists");
        assertThat(demo.folder()).doesNotExist();
    }

    @Test
    void aProxyThatDoesNotStartLeavesNothingBehind() {
        ProxyStarter failing =
                configuration -> {
                    started.add(configuration);
                    throw new IOException("no port");
                };

        assertThatThrownBy(() -> Demo.start(failing, "./stagedoor", CLOCK)).hasMessage("no port");
        assertThat(started.getFirst()).doesNotExist();
    }

    @Test
    void aTakenPortIsNotPreferredAnyMore() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(PreferredPort.or(taken.getLocalPort())).isEqualTo(PreferredPort.ANY);
        }
    }

    @Test
    void aFreePortIsTaken() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }

        assertThat(PreferredPort.or(port)).isEqualTo(port);
    }

    @Test
    void wordsAreQuotedForTheShellOnlyWhereNeeded() {
        assertThat(DemoScript.quoted("/tmp/a-b.c")).isEqualTo("/tmp/a-b.c");
        assertThat(DemoScript.quoted("/my $HOME/it's")).isEqualTo("'/my $HOME/it'\\''s'");
    }

    private RunningProxy start(Path configuration) {
        started.add(configuration);
        return new RunningProxy() {
            @Override
            public int port() {
                return 7443;
            }

            @Override
            public int adminPort() {
                return 7444;
            }

            @Override
            public void close() {
                boolean there = Files.exists(configuration);
                closed.add(there ? "proxy while the folder exists" : "proxy too late");
            }
        };
    }

    private static String permissions(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}

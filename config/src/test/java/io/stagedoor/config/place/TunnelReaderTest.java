package io.stagedoor.config.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.policy.operation.PathTemplate;
import io.stagedoor.policy.role.Action;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TunnelReaderTest {

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(folder, TunnelReader::new)
                .required("name", "debug-1", TunnelConfig::name, "debug-1")
                .required(
                        "path",
                        "'/sessions/{id}/socket'",
                        TunnelConfig::path,
                        PathTemplate.parse("/sessions/{id}/socket"))
                .required("requires", "workspaces/read", TunnelConfig::requires, Action.read())
                .optional(
                        "max_lifetime",
                        TunnelConfig::maxLifetime,
                        Duration.ofHours(12),
                        "1h",
                        Duration.ofHours(1))
                .verify();
    }

    @Test
    void takesAnActionByItsFullName() {
        String text =
                """
                name: a
                path: /a
                requires: Microsoft.Synapse/workspaces/artifacts/read
                """;

        TunnelConfig tunnel = folder.read(text, new TunnelReader()).value().orElseThrow();

        assertThat(tunnel.requires()).isEqualTo(Action.ofShort("artifacts/read"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: A, path: /a, requires: workspaces/read}      | `A` is not a tunnel name",
                "{name: a, path: a, requires: workspaces/read}       | `a` is not a path template",
                "{name: a, path: /a//b, requires: workspaces/read}   | `/a//b` is not a path",
                "{name: a, path: '/a/x-{y}', requires: workspaces/read} | is not a path template",
                "{name: a, path: '/a?b=c', requires: workspaces/read}| `/a?b=c` has a query",
                "{name: a, path: /a, requires: workspaces/fly}       | is not an action of Synapse",
                "{name: a, path: /a, requires: workspaces/*}         | is not an action of Synapse"
            })
    void refusesWhatIsNoTunnel(String tunnel, String problem) {
        assertThat(
                        folder.problems(
                                "tunnels:\n  - " + tunnel,
                                UpstreamConfig.readerFor(PlaceKind.WORKSPACE, "ws1")))
                .singleElement()
                .asString()
                .startsWith("2:")
                .contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: a, path: /b, requires: workspaces/read}       | is called `a`",
                "{name: b, path: '/A/{y}', requires: workspaces/read} | has the same paths"
            })
    void tunnelsOfAWorkspaceDiffer(String second, String problem) {
        String text =
                """
                tunnels:
                  - {name: a, path: '/a/{x}', requires: workspaces/read}
                  - %s
                """
                        .replace("%s", second);

        assertThat(folder.problems(text, UpstreamConfig.readerFor(PlaceKind.WORKSPACE, "ws1")))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void thereAreNoneUnlessSaid() {
        UpstreamConfig upstream =
                folder.read("cloud: public", UpstreamConfig.readerFor(PlaceKind.WORKSPACE, "ws1"))
                        .value()
                        .orElseThrow();

        assertThat(upstream.tunnels()).isEqualTo(List.of());
    }
}

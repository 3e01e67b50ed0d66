package io.stagedoor.config.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.connection.ConnectionConfig.Chosen;
import io.stagedoor.config.connection.ConnectionConfig.Content;
import io.stagedoor.config.connection.ConnectionConfig.ContentKind;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConnectionConfigTest {

    private static final String LUID = "9a8b7c6d-0000-4000-8000-0000000000d1";

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> ConnectionConfig::read)
                .required(
                        "content",
                        "{kind: virtual_connection, id: " + LUID + "}",
                        ConnectionConfig::content,
                        new Content(ContentKind.VIRTUAL_CONNECTION, LUID))
                .required(
                        "connection",
                        "{id: " + LUID + ", server: ws1.sql.azuresynapse.net, user: old}",
                        ConnectionConfig::chosen,
                        new Chosen(
                                Optional.of(LUID),
                                Optional.of("ws1.sql.azuresynapse.net"),
                                Optional.of("old")))
                .required("user", "reader", ConnectionConfig::user, "reader")
                .required(
                        "password",
                        "env:DW_PASSWORD",
                        ConnectionConfig::password,
                        new SecretRef.EnvironmentVariable("DW_PASSWORD"))
                .optional(
                        "every",
                        ConnectionConfig::every,
                        Optional.empty(),
                        "30d",
                        Optional.of(Duration.ofDays(30)))
                .verify();
    }

    @Test
    void itMustBeSaidWhichConnectionsAreMeant() {
        String text =
                """
                content: {kind: flow, id: LUID}
                connection: {}
                user: reader
                password: env:X
                """
                        .replace("LUID", LUID);

        assertThat(folder.problems(text, ConnectionConfig::read))
                .singleElement()
                .asString()
                .startsWith("2:")
                .contains("nothing says which connections are meant");
    }
}

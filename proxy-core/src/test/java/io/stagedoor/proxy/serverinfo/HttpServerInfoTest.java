package io.stagedoor.proxy.serverinfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.http.ServerInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is taken of a server's answer, and what is not. */
class HttpServerInfoTest {

    private static ServerInfo read(String json) throws IOException {
        return HttpServerInfo.read(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void readsThreeValuesAndNoMore() throws IOException {
        ServerInfo info =
                read(
                        """
                        {"serverInfo":{"productVersion":{"value":"2024.2.0","build":"20242.24.0705.0334"},
                         "prepConductorVersion":{"value":"1"},"restApiVersion":"3.23"},"more":[]}
                        """);

        assertThat(info)
                .isEqualTo(new ServerInfo("2024.2.0", Optional.of("20242.24.0705.0334"), "3.23"));
    }

    @Test
    void buildMayBeMissing() throws IOException {
        assertThat(
                        read(
                                "{\"serverInfo\":{\"productVersion\":{\"value\":\"main\"},"
                                        + "\"restApiVersion\":\"3.23\"}}"))
                .isEqualTo(new ServerInfo("main", Optional.empty(), "3.23"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "<tsResponse/>",
                "{\"serverInfo\":{}}",
                "{\"serverInfo\":{\"productVersion\":\"2024\",\"restApiVersion\":\"3.23\"}}",
                "{\"serverInfo\":{\"productVersion\":{\"value\":\"<b>\"},\"restApiVersion\":\"3.23\"}}",
                "{\"serverInfo\":{\"productVersion\":{\"value\":\"1\"},\"restApiVersion\":3.23}}",
                "{\"serverInfo\":{\"productVersion\":{\"value\":\"1\"},\"restApiVersion\":\"3\"}}",
                "{\"serverInfo\":{\"productVersion\":{\"value\":\"1\",\"build\":null},"
                        + "\"restApiVersion\":\"3.2\"}}",
                "{\"serverInfo\":{\"productVersion\":{\"value\":\"1\",\"value\":\"2\"},"
                        + "\"restApiVersion\":\"3.2\"}}",
                "{\"serverInfo\":{\"productVersion\":{\"value\":\"1\"},\"restApiVersion\":\"3.2\"}} {}"
            })
    void refusesWhatIsNotTheDocumentedForm(String answer) {
        assertThatThrownBy(() -> read(answer)).isInstanceOf(IOException.class);
    }
}

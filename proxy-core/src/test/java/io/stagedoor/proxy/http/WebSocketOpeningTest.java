package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WebSocketOpeningTest {

    /** RFC 6455, section 1.3. */
    private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

    private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

    private static Fields.Builder opening() {
        return Fields.builder()
                .add("Host", "proxy.example")
                .add("Upgrade", "WebSocket")
                .add("Connection", "keep-alive, Upgrade")
                .add("Sec-WebSocket-Version", "13")
                .add("Sec-WebSocket-Key", KEY);
    }

    private static RequestHead head(Fields fields) throws RefusedException {
        return RequestHead.parse("GET", "/socket", fields);
    }

    @Test
    void completeOpeningIsTaken() throws RefusedException {
        assertThat(head(opening().build()).opensTunnel()).isTrue();
    }

    @Test
    void requestThatAsksForNoUpgradeOpensNothing() throws RefusedException {
        Fields fields = Fields.builder().add("Host", "h").add("Sec-WebSocket-Key", KEY).build();

        assertThat(head(fields).opensTunnel()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "Upgrade, websocket",
        "Sec-WebSocket-Key, " + KEY,
        "Sec-WebSocket-Version, 13",
        "Content-Length, 0",
        "Transfer-Encoding, chunked",
        "Expect, 100-continue",
        "HTTP2-Settings, AAMAAABkAAQAAP__"
    })
    void openingWithMoreThanBelongsToItIsRefused(String name, String value) {
        Fields fields = opening().add(name, value).build();

        assertThatThrownBy(() -> head(fields)).isInstanceOf(RefusedException.class);
    }

    @Test
    void onlyGetOpens() {
        Fields fields = opening().build();

        assertThatThrownBy(() -> RequestHead.parse("POST", "/socket", fields))
                .isInstanceOf(RefusedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "101, websocket, Upgrade, " + ACCEPT + ", true",
        "101, WEBSOCKET, 'x, upgrade', " + ACCEPT + ", true",
        "200, websocket, Upgrade, " + ACCEPT + ", false",
        "101, h2c, Upgrade, " + ACCEPT + ", false",
        "101, websocket, close, " + ACCEPT + ", false",
        "101, websocket, Upgrade, AAAA, false"
    })
    void onlyTheAnswerToThisKeyOpensIt(
            int status, String upgrade, String connection, String accept, boolean opens)
            throws RefusedException {
        Fields answer =
                Fields.builder()
                        .add("Upgrade", upgrade)
                        .add("Connection", connection)
                        .add("Sec-WebSocket-Accept", accept)
                        .build();

        boolean opened = head(opening().build()).isOpenedBy(new ResponseHead(status, answer));

        assertThat(opened).isEqualTo(opens);
    }
}

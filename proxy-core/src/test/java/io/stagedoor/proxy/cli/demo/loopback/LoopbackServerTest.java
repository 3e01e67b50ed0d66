package io.stagedoor.proxy.cli.demo.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

@TestInstance(Lifecycle.PER_CLASS)
class LoopbackServerTest {
    private final DemoAuthority authority = DemoAuthority.create(InstantSource.system());
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(authority.trustingContext()).build();
    private final List<SeenRequest> seen = Collections.synchronizedList(new ArrayList<>());
    private volatile Reply reply = Answer.empty(200);
    private LoopbackServer server;

    @BeforeAll
    void start() {
        server =
                LoopbackServer.start(
                        authority.issue(),
                        request -> {
                            seen.add(request);
                            return reply;
                        });
    }

    @BeforeEach
    void forget() {
        seen.clear();
        reply = Answer.empty(200);
    }

    @AfterAll
    void stop() {
        server.close();
        client.close();
    }

    @Test
    void recordsTheRequestAsItWasSent() throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(at("/a%20b/c+d?x=1%2C2&y"))
                        .header("X-Two", "one")
                        .header("X-Two", "two")
                        .POST(BodyPublishers.ofString("grüße"))
                        .build();

        client.send(request, BodyHandlers.discarding());

        SeenRequest first = seen.getFirst();
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.target()).isEqualTo("/a%20b/c+d?x=1%2C2&y");
        assertThat(first.path()).isEqualTo("/a%20b/c+d");
        assertThat(first.segments()).containsExactly("a b", "c+d");
        assertThat(first.parameter("x")).contains("1,2");
        assertThat(first.parameter("y")).contains("");
        assertThat(first.parameter("z")).isEmpty();
        assertThat(first.fields().get("x-two")).containsExactly("one", "two");
        assertThat(first.field("x-TWO")).contains("one");
        assertThat(first.body().text()).isEqualTo("grüße");
        assertThat(first.body().length()).isEqualTo(7);
    }

    @Test
    void countsAndHashesABodyItDoesNotKeepWhole() throws Exception {
        byte[] body = new byte[3 << 20];
        HttpRequest request =
                HttpRequest.newBuilder(at("/")).PUT(BodyPublishers.ofByteArray(body)).build();

        client.send(request, BodyHandlers.discarding());

        SeenBody kept = seen.getFirst().body();
        assertThat(kept.length()).isEqualTo(3 << 20);
        assertThat(kept.text()).hasSize(1 << 20);
        assertThat(kept.sha256())
                .isEqualTo("bbd05cf6097ac9b1f89ea29d2542c1b7b67ee46848393895f5a9e43fa1f621e5");
    }

    @Test
    void framesAnAnswerByLengthOrInChunks() throws Exception {
        reply = Answer.json(202, "{\"a\":1}").with("X-Extra", "yes");
        HttpResponse<String> byLength = get("/");
        reply = Answer.json(200, "{\"a\":2}").with("Transfer-Encoding", "chunked");
        HttpResponse<String> inChunks = get("/");

        assertThat(byLength.statusCode()).isEqualTo(202);
        assertThat(byLength.body()).isEqualTo("{\"a\":1}");
        assertThat(byLength.headers().firstValue("x-extra")).contains("yes");
        assertThat(byLength.headers().firstValue("content-length")).contains("7");
        assertThat(inChunks.body()).isEqualTo("{\"a\":2}");
        assertThat(inChunks.headers().firstValue("content-length")).isEmpty();
        assertThat(inChunks.headers().firstValue("transfer-encoding")).contains("chunked");
    }

    @Test
    void dropsTheConnectionWhenToldTo() {
        reply = new Reply.Dropped();

        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
        assertThat(seen).isNotEmpty();
    }

    @Test
    void breaksOffInTheMiddleOfABodyWhenToldTo() {
        reply = new Reply.Truncated(Answer.json(200, "0123456789"), 4);

        assertThatThrownBy(() -> get("/")).isInstanceOf(IOException.class);
    }

    @Test
    void aTruncatedAnswerCannotSendItsWholeBody() {
        Answer answer = Answer.json(200, "0123");

        assertThatThrownBy(() -> new Reply.Truncated(answer, 4))
                .hasMessage("a truncated answer sends less than its body, not `4` bytes");
    }

    @Test
    void anInformationalStatusIsNoAnswer() {
        assertThatThrownBy(() -> Answer.empty(100)).hasMessage("`100` is not a final status");
    }

    @Test
    void aClientThatTrustsAnotherAuthorityIsNotServed() {
        DemoAuthority other = DemoAuthority.create(InstantSource.system());
        try (HttpClient stranger =
                HttpClient.newBuilder().sslContext(other.trustingContext()).build()) {
            HttpRequest request = HttpRequest.newBuilder(at("/")).build();

            assertThatThrownBy(() -> stranger.send(request, BodyHandlers.discarding()))
                    .isInstanceOf(SSLHandshakeException.class);
        }
    }

    @Test
    void aHandlerThatThrowsIsAnsweredWith500() throws Exception {
        try (LoopbackServer broken =
                LoopbackServer.start(
                        authority.issue(),
                        request -> {
                            throw new IllegalStateException("planted");
                        })) {
            HttpRequest request = HttpRequest.newBuilder(broken.uri()).build();

            assertThat(client.send(request, BodyHandlers.discarding()).statusCode()).isEqualTo(500);
        }
    }

    private HttpResponse<String> get(String target) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(at(target)).build(), BodyHandlers.ofString());
    }

    private URI at(String target) {
        return URI.create(server.uri() + target);
    }
}

package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.DefaultHttpRequest;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponseEncoder;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NettyHeadsTest {

    private static final Fields.Field CREDENTIAL = new Fields.Field("Authorization", "Bearer up");
    private static final IdentityFields IDENTITY =
            new IdentityFields("t/alice", Optional.empty(), "d-1");

    private static final Onward ONWARD =
            new Onward("up.example", CREDENTIAL, IDENTITY, Optional.empty(), "192.0.2.7", true);

    @Test
    void readsAHeadOffTheWireAndWritesTheOneThatWasChecked() throws RefusedException {
        String sent =
                """
                PUT /pipelines/caf%C3%A9%20x?api-version=1 HTTP/1.1\r
                Host: WS1.proxy.example:8443\r
                Authorization: Bearer client\r
                X-Latin: caf\u00e9\r
                Content-Length: 2\r
                \r
                """;

        RequestHead head = NettyHeads.from(decode(sent));
        String written = encode(UpstreamHead.of(head, head.target(), ONWARD));

        assertThat(head.authority()).hasToString("ws1.proxy.example:8443");
        assertThat(head.target().segments()).containsExactly("pipelines", "café x");
        assertThat(written)
                .isEqualTo(
                        """
                        PUT /pipelines/caf%C3%A9%20x?api-version=1 HTTP/1.1\r
                        Host: up.example\r
                        X-Latin: caf\u00e9\r
                        Authorization: Bearer up\r
                        X-Forwarded-For: 192.0.2.7\r
                        Via: 1.1 stagedoor\r
                        Accept-Encoding: identity\r
                        X-Stagedoor-Principal: t/alice\r
                        X-Stagedoor-Decision-Id: d-1\r
                        Content-Length: 2\r
                        \r
                        """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /a HTTP/1.0\r\nHost: h\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost : h\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: h\r\nA: b\r\n c\u0001: d\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
                "GET /a HTTP/1.1\r\nHost: h\r\nContent-Length: x\r\n\r\n",
                "GET /a\u00e9 HTTP/1.1\r\nHost: h\r\n\r\n",
                "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n",
            })
    void refusesWhatTheDecoderOrTheRulesRefuse(String sent) {
        HttpRequest request = decode(sent);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> NettyHeads.from(request));
    }

    @Test
    void refusesARequestThatCouldNotBeDecoded() {
        HttpRequest broken = new DefaultHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.GET, "/a");
        broken.setDecoderResult(
                io.netty.handler.codec.DecoderResult.failure(new IllegalArgumentException("x")));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> NettyHeads.from(broken))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST));
    }

    @Test
    void readsAResponseHeadInOrder() {
        DefaultHttpResponse response =
                new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.ACCEPTED);
        response.headers().add("B", "1").add("A", "2").add("b", "3");

        assertThat(NettyHeads.from(response))
                .isEqualTo(new ResponseHead(202, Fields.of("B", "1", "A", "2", "b", "3")));
    }

    @ParameterizedTest
    @CsvSource({
        "'', false, chunked",
        "'', true, ''",
        "Content-Length, false, ''",
    })
    void delimitsAResponseToTheClient(String field, boolean bodiless, String coding) {
        Fields fields = field.isEmpty() ? Fields.none() : Fields.of(field, "4");

        var response = NettyHeads.toNetty(new ResponseHead(200, fields), bodiless);

        assertThat(response.headers().get("transfer-encoding", "")).isEqualTo(coding);
    }

    @Test
    void chunksARequestWhoseLengthIsNotKnown() throws RefusedException {
        RequestHead head =
                RequestHead.parse(
                        "POST", "/a", Fields.of("Host", "h", "Transfer-Encoding", "chunked"));
        Onward onward =
                new Onward("up", CREDENTIAL, IDENTITY, Optional.empty(), "192.0.2.7", false);

        assertThat(encode(UpstreamHead.of(head, head.target(), onward)))
                .contains("Transfer-Encoding: chunked\r\n")
                .doesNotContain("Content-Length");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void writesAnAnswerOfItsOwn(boolean bodiless) {
        Answer answer =
                RefusalResponse.of(
                        Refusal.of(Code.NO_ROUTE, "caf\u00e9"),
                        RefusalResponse.Context.of("d-1", Optional.empty()));

        FullHttpResponse response = NettyHeads.toNetty(answer, bodiless);

        try {
            assertThat(response.status().code()).isEqualTo(404);
            assertThat(response.headers().getInt("content-length"))
                    .isEqualTo(answer.octets().length);
            assertThat(response.content().toString(StandardCharsets.UTF_8))
                    .isEqualTo(bodiless ? "" : answer.body());
        } finally {
            response.release();
        }
    }

    @Test
    void cannotBeMadeToWriteAFieldThatEndsItsLine() {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpResponseEncoder());
        ResponseHead head = new ResponseHead(200, Fields.of("X", "a\r\nSet-Cookie: b"));

        try {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> channel.writeOutbound(NettyHeads.toNetty(head, true)));
        } finally {
            channel.finishAndReleaseAll();
        }
    }

    private static HttpRequest decode(String sent) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestDecoder());
        channel.writeInbound(Unpooled.copiedBuffer(sent, StandardCharsets.ISO_8859_1));
        HttpRequest request = channel.readInbound();
        ReferenceCountUtil.release(request);
        channel.finishAndReleaseAll();
        return request;
    }

    private static String encode(UpstreamHead head) {
        EmbeddedChannel channel = new EmbeddedChannel(new HttpRequestEncoder());
        channel.writeOutbound(NettyHeads.toNetty(head));
        ByteBuf octets = channel.readOutbound();
        String text = octets.toString(StandardCharsets.ISO_8859_1);
        octets.release();
        channel.finishAndReleaseAll();
        return text;
    }
}

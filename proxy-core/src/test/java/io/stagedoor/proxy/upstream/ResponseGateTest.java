package io.stagedoor.proxy.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeadersFactory;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseGateTest {

    private static final HttpVersion OLD = HttpVersion.HTTP_1_0;

    private static HttpResponse head(HttpVersion version, int status, String... fields) {
        HttpHeaders headers =
                DefaultHttpHeadersFactory.headersFactory().withValidation(false).newHeaders();
        for (int i = 0; i < fields.length; i += 2) {
            headers.add(fields[i], fields[i + 1]);
        }
        return new DefaultHttpResponse(version, HttpResponseStatus.valueOf(status), headers);
    }

    private static HttpResponse head(int status, String... fields) {
        return head(HttpVersion.HTTP_1_1, status, fields);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    200 | Content-Length    | 0
                    200 | Content-Length    | 999999999999999999
                    200 | Transfer-Encoding | chunked
                    200 | Transfer-Encoding | Chunked
                    204 | Content-Length    | 0
                    304 | Content-Length    | 17
                    304 | Transfer-Encoding | chunked
                    100 | X-A               | b
                    599 | X-A               | !#$%&'*+-.^_`|~
                    """)
    void takesWhatIsBeyondDoubt(int status, String name, String value) {
        assertThat(ResponseGate.fault(head(status, name, value))).isEmpty();
        assertThat(ResponseGate.fault(head(status, "X-A", "\t caf\u00e9 \u00ff"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", "-1", "+1", " 1", "1 ", "1,1", "1, 1", "0x1", "1.0", "1e3", "one", "\u0661"
            })
    void refusesALengthThatIsNoNumber(String length) {
        assertThat(ResponseGate.fault(head(200, "Content-Length", length)))
                .contains("its Content-Length is not a number");
    }

    @Test
    void refusesALengthThatFitsNoNumber() {
        assertThat(ResponseGate.fault(head(200, "Content-Length", "1".repeat(19))))
                .contains("its Content-Length is not a number");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "gzip",
                "gzip, chunked",
                "chunked, chunked",
                " chunked",
                "chunked ",
                "x"
            })
    void refusesACodingThatIsNotChunkedAlone(String coding) {
        assertThat(ResponseGate.fault(head(200, "Transfer-Encoding", coding)))
                .contains("its Transfer-Encoding is not `chunked` alone");
    }

    @Test
    void refusesWhatIsFramedMoreThanOnce() {
        assertThat(
                        List.of(
                                head(200, "Content-Length", "1", "content-length", "1"),
                                head(200, "Content-Length", "1", "Content-Length", "2"),
                                head(
                                        200,
                                        "Transfer-Encoding",
                                        "chunked",
                                        "transfer-encoding",
                                        "x")))
                .allSatisfy(
                        head ->
                                assertThat(ResponseGate.fault(head))
                                        .contains("it says more than once how its body is framed"));
        assertThat(
                        ResponseGate.fault(
                                head(200, "Content-Length", "1", "Transfer-Encoding", "chunked")))
                .contains("it has both Content-Length and Transfer-Encoding");
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 103, 204})
    void refusesACodingWhereThereIsNoBody(int status) {
        assertThat(ResponseGate.fault(head(status, "Transfer-Encoding", "chunked")))
                .contains("it has a Transfer-Encoding, but no body");
    }

    @Test
    void refusesOtherVersionsAndStatuses() {
        HttpVersion two = new HttpVersion("HTTP", 2, 0, true);
        assertThat(ResponseGate.fault(head(two, 200)))
                .contains("its protocol version is neither HTTP/1.0 nor HTTP/1.1");
        assertThat(ResponseGate.fault(head(600))).contains("its status is not between 100 and 599");
        assertThat(ResponseGate.fault(head(99))).contains("its status is not between 100 and 599");
        assertThat(ResponseGate.fault(head(OLD, 200))).isEmpty();
        assertThat(ResponseGate.fault(head(OLD, 200, "Transfer-Encoding", "chunked")))
                .contains("it has a Transfer-Encoding in HTTP/1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\0b", "a\rb", "a\nb", "a\r\n b", "\u007f", "\u0001", "\u0100"})
    void refusesAValueWithAControlCharacter(String value) {
        assertThat(ResponseGate.fault(head(200, "X-A", value)))
                .contains("a field value holds a control character");
    }

    @ParameterizedTest
    @ValueSource(strings = {"X A", "X-A ", "X:A", "X\tA", "(X)", "X\u00e9", "X@A", "X\0"})
    void refusesANameThatIsNoToken(String name) {
        assertThat(ResponseGate.fault(head(200, name, "b")))
                .contains("a field name is not a token");
    }
}

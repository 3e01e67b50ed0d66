package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeadRulesTest {

    private static final String CONTROL = "a field value has a control character";
    private static final String OVERRIDE =
            "the request has a field that overrides its method or path";
    private static final String UNDERSCORE = "a field name has an underscore in place of a hyphen";
    private static final String NOMINATED =
            "the `Connection` field names a field that must not be dropped";
    private static final String NOT_A_NUMBER = "the `Content-Length` is not a number";
    private static final String CHUNKED = "the only transfer coding taken is `chunked`";
    private static final String UPGRADE = "protocol upgrades are not served";
    private static final String EXPECTATION = "the only expectation taken is `100-continue`";

    static Stream<Arguments> framingFaults() {
        return Stream.of(
                fault(
                        "the request has more than one `Authorization` field",
                        "Authorization",
                        "Bearer a",
                        "authorization",
                        "Bearer b"),
                fault("the request does not have exactly one `Host` field", "HOST", "h"),
                fault(
                        "the request has more than one `Content-Length` field",
                        "Content-Length",
                        "1",
                        "content-length",
                        "1"),
                fault(
                        "the request has both `Content-Length` and `Transfer-Encoding`",
                        "Content-Length",
                        "1",
                        "Transfer-Encoding",
                        "chunked"),
                fault(
                        "the request has more than one `Transfer-Encoding` field",
                        "Transfer-Encoding",
                        "chunked",
                        "Transfer-Encoding",
                        "chunked"),
                fault(CHUNKED, "Transfer-Encoding", "gzip, chunked"),
                fault(CHUNKED, "Transfer-Encoding", "chunked, identity"),
                fault(CHUNKED, "Transfer-Encoding", "chunked;x=y"),
                fault(CHUNKED, "Transfer-Encoding", "xchunked"),
                fault(NOT_A_NUMBER, "Content-Length", "+1"),
                fault(NOT_A_NUMBER, "Content-Length", "1,1"),
                fault(NOT_A_NUMBER, "Content-Length", "0x1"),
                fault(NOT_A_NUMBER, "Content-Length", ""),
                fault(NOT_A_NUMBER, "Content-Length", "-1"),
                fault(NOT_A_NUMBER, "Content-Length", "9999999999999999999"));
    }

    static Stream<Arguments> fieldFaults() {
        return Stream.of(
                fault(CONTROL, "X", "a\rb"),
                fault(CONTROL, "X", "a\nX-Stagedoor-User: root"),
                fault(CONTROL, "X", "\0"),
                fault(CONTROL, "X", "\u007f"),
                fault(CONTROL, "X", "\u010d"),
                fault("a field name is not a token", "X y", "1"),
                fault("a field name is not a token", "", "1"),
                fault("a field name is not a token", "X:", "1"),
                fault("a field name is not a token", "X\u00e9", "1"),
                fault(OVERRIDE, "X-HTTP-Method-Override", "DELETE"),
                fault(OVERRIDE, "x-http-method", "MERGE"),
                fault(OVERRIDE, "X_Method_Override", "DELETE"),
                fault(OVERRIDE, "X-Original-URL", "/a"),
                fault(OVERRIDE, "X-Rewrite-URL", "/a"),
                fault(UPGRADE, "Upgrade", "websocket"),
                fault(UPGRADE, "HTTP2-Settings", "AAMAAABkAAQAAP__"));
    }

    static Stream<Arguments> claimFaults() {
        return Stream.of(
                fault(UNDERSCORE, "X_Stagedoor_Principal", "root"),
                fault(UNDERSCORE, "x-stagedoor_principal", "root"),
                fault(UNDERSCORE, "Content_Length", "1"),
                fault(UNDERSCORE, "Transfer_Encoding", "chunked"),
                fault(NOMINATED, "Connection", "close, Authorization"),
                fault(NOMINATED, "Connection", "X-Stagedoor-Decision-Id"),
                fault(NOMINATED, "Connection", "keep-alive", "Connection", "host"),
                fault(NOMINATED, "Connection", "X_Forwarded_For"),
                fault(NOMINATED, "Connection", "content-length"),
                fault(NOMINATED, "Connection", "via"),
                fault(EXPECTATION, "Expect", "200-ok"),
                fault(EXPECTATION, "Expect", "100-continue", "Expect", "100-continue"));
    }

    private static Arguments fault(String sentence, String... fields) {
        return Arguments.of(sentence, List.of(fields));
    }

    @ParameterizedTest
    @MethodSource({"framingFaults", "fieldFaults", "claimFaults"})
    void refusesFieldsWithMoreThanOneReading(String sentence, List<String> fields) {
        RefusedException refused = refusalOf("GET", with(fields));

        assertThat(refused.code()).isEqualTo(Code.BAD_REQUEST);
        assertThat(refused.refusal().sentence()).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"get", "Get", "", "G T", "GET\r\n", "G\u0130T", "-", "TRACE", "CONNECT"})
    void refusesMethodsThatAreNotPlainOrNotServed(String method) {
        assertThat(refusalOf(method, with(List.of())).code()).isEqualTo(Code.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET",
                "HEAD",
                "POST",
                "PUT",
                "PATCH",
                "DELETE",
                "OPTIONS",
                "PURGE",
                "M-SEARCH"
            })
    void leavesUnknownMethodsToTheCatalogue(String method) throws RefusedException {
        assertThat(RequestHead.parse(method, "/a", with(List.of())).method()).isEqualTo(method);
    }

    @Test
    void refusesARequestWithoutHost() {
        assertThat(refusalOf("GET", Fields.none()).refusal().sentence())
                .isEqualTo("the request does not have exactly one `Host` field");
    }

    @Test
    void takesWhatRealClientsSend() throws RefusedException {
        Fields fields =
                with(
                        List.of(
                                "Connection", "keep-alive",
                                "Accept-Encoding", "gzip, deflate",
                                "x-ms-continuation", "",
                                "User-Agent", "AZURECLI/2.45.0 (caf\u00e9)",
                                "X-Tab", "a\tb",
                                "snake_case", "1",
                                "TE", "trailers, deflate",
                                "Expect", "100-Continue",
                                "Transfer-Encoding", "Chunked",
                                "Authorization", "Bearer x"));

        RequestHead head = RequestHead.parse("POST", "/a?b", fields);

        assertThat(head.fields()).isEqualTo(fields);
        assertThat(head.framing()).isEqualTo(new Framing.Chunked());
        assertThat(head.framing().hasBody()).isTrue();
        assertThat(head.expectsContinue()).isTrue();
        assertThat(head.authorization()).contains("Bearer x");
        assertThat(head.field("X-MS-Continuation")).contains("");
        assertThat(head.authority().host()).isEqualTo("h.example");
    }

    @Test
    void readsEachFraming() throws RefusedException {
        assertThat(framing()).isEqualTo(new Framing.None());
        assertThat(framing("Content-Length", "0")).isEqualTo(new Framing.Length(0));
        assertThat(framing("Content-Length", "010")).isEqualTo(new Framing.Length(10));

        assertThat(framing().hasBody()).isFalse();
        assertThat(framing("Content-Length", "0").hasBody()).isFalse();
        assertThat(framing("Content-Length", "1").hasBody()).isTrue();
    }

    @Test
    void showsNoFieldValueInItsText() throws RefusedException {
        RequestHead head = RequestHead.parse("GET", "/a", with(List.of("Authorization", "secret")));

        assertThat(head + " " + head.fields()).doesNotContain("secret").contains("Authorization");
    }

    private static Framing framing(String... fields) throws RefusedException {
        return RequestHead.parse("POST", "/a", with(List.of(fields))).framing();
    }

    private static Fields with(List<String> fields) {
        return Fields.builder()
                .add("Host", "H.Example")
                .addAll(Fields.of(fields.toArray(String[]::new)))
                .build();
    }

    private static RefusedException refusalOf(String method, Fields fields) {
        RefusedException refused =
                catchThrowableOfType(
                        RefusedException.class, () -> RequestHead.parse(method, "/a", fields));
        assertThat(refused).isNotNull();
        return refused;
    }
}

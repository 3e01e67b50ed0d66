package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseHeadTest {

    private static final IdentityFields IDENTITY =
            new IdentityFields("t/alice", Optional.empty(), "d-1");

    @Test
    void passesEndToEndFieldsAndSaysWhoseAnswerItIs() {
        ResponseHead head =
                new ResponseHead(
                        202,
                        Fields.of(
                                "Content-Type", "application/json",
                                "Content-Length", "2",
                                "x-ms-request-id", "r",
                                "ETag", "\"e\"",
                                "Retry-After", "5"));

        assertThat(head.forClient(IDENTITY).fields())
                .isEqualTo(
                        Fields.of(
                                "Content-Type", "application/json",
                                "Content-Length", "2",
                                "x-ms-request-id", "r",
                                "ETag", "\"e\"",
                                "Retry-After", "5",
                                "X-Stagedoor-Principal", "t/alice",
                                "X-Stagedoor-Decision-Id", "d-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Set-Cookie",
                "WWW-Authenticate",
                "Alt-Svc",
                "Refresh",
                "Strict-Transport-Security",
                "X-Stagedoor-Principal",
                "X-Stagedoor-Decision-Id",
                "Connection",
                "Keep-Alive",
                "Transfer-Encoding",
                "Trailer",
                "Upgrade",
                "Proxy-Authenticate",
                "X-Hop",
            })
    void withholdsWhatSpeaksOfTheUpstreamOrOfOneConnection(String name) {
        ResponseHead head =
                new ResponseHead(200, Fields.of("Connection", "x-hop", name, "from upstream"));

        assertThat(head.forClient(IDENTITY).fields())
                .noneMatch(field -> field.value().equals("from upstream"));
    }

    @Test
    void keepsProtectedFieldsThatTheUpstreamNominates() {
        ResponseHead head =
                new ResponseHead(
                        200, Fields.of("Connection", "Content-Type", "Content-Type", "a/b"));

        assertThat(head.forClient(IDENTITY).fields().first("content-type")).contains("a/b");
    }

    @Test
    void replacesTheLengthOfABodyThatChanged() {
        ResponseHead head = new ResponseHead(200, Fields.of("content-length", "5", "A", "b"));

        assertThat(head.withLength(7).fields())
                .isEqualTo(Fields.of("A", "b", "Content-Length", "7"));
    }

    @Test
    void notesThatTheAnswerNamesTheProxy() {
        assertThat(
                        new ResponseHead(200, Fields.none())
                                .namingProxyIdentity()
                                .fields()
                                .first("x-stagedoor-note"))
                .contains("invoker and submitter are the proxy; the audit trail has the caller");
    }

    @ParameterizedTest
    @CsvSource({
        "199, false",
        "200, true",
        "299, true",
        "300, false",
        "404, false",
    })
    void knowsSuccess(int status, boolean success) {
        assertThat(new ResponseHead(status, Fields.none()).isSuccess()).isEqualTo(success);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json|true",
                "Application/JSON; charset=UTF-8|true",
                "application/json;charset=\"utf-8\"|true",
                "application/problem+json|true",
                "text/json|true",
                "application/json; odata=minimal|true",
                "application/json; charset=utf-16|false",
                "application/jsonp|false",
                "text/html|false",
                "image/svg+json|false",
                "''|false",
            })
    void knowsJson(String type, boolean json) {
        assertThat(new ResponseHead(200, Fields.of("Content-Type", type)).isJson()).isEqualTo(json);
    }

    @ParameterizedTest
    @CsvSource({
        "identity, true",
        "Identity, true",
        "'', true",
        "gzip, false",
        "'identity, gzip', false"
    })
    void knowsWhetherABodyCanBeRead(String coding, boolean readable) {
        ResponseHead head = new ResponseHead(200, Fields.of("Content-Encoding", coding));

        assertThat(head.isIdentityCoded()).isEqualTo(readable);
    }
}

package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpstreamHeadTest {

    private static final IdentityFields IDENTITY =
            new IdentityFields("t/alice", Optional.of("app-1"), "d-1");

    @Test
    void sendsExactlyWhatWasCheckedAndWhatTheProxyAdds() throws RefusedException {
        RequestHead head =
                RequestHead.parse(
                        "GET",
                        "/pipelines/a%20b?api-version=2020-12-01",
                        Fields.of(
                                "Host", "ws1.proxy.example",
                                "Authorization", "Bearer client",
                                "Accept", "application/json",
                                "Accept-Encoding", "gzip",
                                "x-ms-continuation", "",
                                "If-Match", "*"));

        UpstreamHead upstream = UpstreamHead.of(head, head.target(), onward(false));

        assertThat(upstream.method()).isEqualTo("GET");
        assertThat(upstream.target()).isEqualTo("/pipelines/a%20b?api-version=2020-12-01");
        assertThat(upstream.framing()).isEqualTo(new Framing.None());
        assertThat(upstream.fields())
                .isEqualTo(
                        Fields.of(
                                "Host", "ws1.dev.azuresynapse.net",
                                "Accept", "application/json",
                                "Accept-Encoding", "gzip",
                                "x-ms-continuation", "",
                                "If-Match", "*",
                                "Authorization", "Bearer upstream",
                                "X-Forwarded-For", "192.0.2.7",
                                "Via", "1.1 stagedoor",
                                "X-Stagedoor-Principal", "t/alice",
                                "X-Stagedoor-Client-Application", "app-1",
                                "X-Stagedoor-Decision-Id", "d-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Cookie",
                "Forwarded",
                "X-Forwarded-For",
                "x-forwarded-proto",
                "X_Forwarded_Host",
                "X-Real-IP",
                "x_real_ip",
                "X-Client-IP",
                "X-Original-Host",
                "X-ARR-ClientCert",
                "X-MS-CLIENT-PRINCIPAL-ID",
                "X-MS-TOKEN-AAD-ACCESS-TOKEN",
                "x-tableau-auth",
                "x-ms-authorization-auxiliary",
                "X-Stagedoor-Anything",
                "Remote_User",
                "Proxy-Authorization",
                "Proxy-Connection",
                "Keep-Alive",
                "TE",
                "Trailer",
                "Expect",
            })
    void leavesOutWhatAClientMayNotClaim(String name) throws RefusedException {
        String value = name.equals("Expect") ? "100-continue" : "forged";

        Fields sent = upstreamOf(false, name, value).fields();

        assertThat(sent).noneMatch(field -> field.value().equals(value));
    }

    @Test
    void leavesOutWhatConnectionNominates() throws RefusedException {
        Fields sent =
                upstreamOf(false, "Connection", "close, X-Hop", "X-Hop", "1", "X-End", "2")
                        .fields();

        assertThat(sent.has("x-hop")).isFalse();
        assertThat(sent.has("connection")).isFalse();
        assertThat(sent.first("x-end")).contains("2");
    }

    @ParameterizedTest
    @CsvSource({"true, identity, false", "false, gzip, true"})
    void asksForAWholePlainBodyWhereItWillReadIt(boolean reads, String coding, boolean range)
            throws RefusedException {
        Fields sent =
                upstreamOf(
                                reads,
                                "Accept-Encoding",
                                "gzip",
                                "Range",
                                "bytes=0-9",
                                "If-Range",
                                "\"e\"")
                        .fields();

        assertThat(sent.all("accept-encoding")).containsExactly(coding);
        assertThat(sent.has("range")).isEqualTo(range);
        assertThat(sent.has("if-range")).isEqualTo(range);
    }

    @Test
    void putsItselfBehindEarlierProxiesInVia() throws RefusedException {
        Fields sent = upstreamOf(false, "Via", "1.1 a", "Via", "2 b").fields();

        assertThat(sent.all("via")).containsExactly("1.1 a, 2 b, 1.1 stagedoor");
    }

    @ParameterizedTest
    @CsvSource({"POST, true", "PUT, true", "PATCH, true", "GET, false", "DELETE, false"})
    void saysThatThereIsNoBodyWhereOneIsUsual(String method, boolean says) throws RefusedException {
        RequestHead head = RequestHead.parse(method, "/a", Fields.of("Host", "h"));

        Framing framing = UpstreamHead.of(head, head.target(), onward(false)).framing();

        assertThat(framing).isEqualTo(says ? new Framing.Length(0) : new Framing.None());
    }

    @Test
    void keepsFramingOutOfTheFields() throws RefusedException {
        UpstreamHead chunked = upstreamOf(false, "Transfer-Encoding", "chunked");
        UpstreamHead sized = upstreamOf(false, "Content-Length", "12");

        assertThat(chunked.framing()).isEqualTo(new Framing.Chunked());
        assertThat(sized.framing()).isEqualTo(new Framing.Length(12));
        assertThat(chunked.fields().has("transfer-encoding")).isFalse();
        assertThat(sized.fields().has("content-length")).isFalse();
        assertThat(chunked.withLength(7).framing()).isEqualTo(new Framing.Length(7));
    }

    @Test
    void makesClaimsOfTokensSafeToStandInAField() {
        IdentityFields identity =
                new IdentityFields("t/a", Optional.of("x\r\nHost: evil \u00e9"), "d");

        assertThat(identity.clientApplication()).contains("x??Host:?evil??");
    }

    @Test
    void showsNoCredentialInItsText() throws RefusedException {
        assertThat(onward(true) + " " + upstreamOf(false)).doesNotContain("Bearer");
    }

    private static UpstreamHead upstreamOf(boolean reads, String... fields)
            throws RefusedException {
        Fields all = Fields.builder().add("Host", "h").addAll(Fields.of(fields)).build();
        RequestHead head = RequestHead.parse("POST", "/a", all);
        return UpstreamHead.of(head, head.target(), onward(reads));
    }

    private static Onward onward(boolean reads) {
        return new Onward(
                "ws1.dev.azuresynapse.net",
                new Fields.Field("Authorization", "Bearer upstream"),
                IDENTITY,
                Optional.empty(),
                "192.0.2.7",
                reads);
    }
}

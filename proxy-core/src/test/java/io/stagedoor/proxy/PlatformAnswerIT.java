package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RawClient;
import io.stagedoor.proxy.testing.RawOrigin;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicReference;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/** Each platform's clients are answered in their own words, by the proxy that serves all three. */
class PlatformAnswerIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicReference<String> REPLY = new AtomicReference<>("");
    private static final RawOrigin ORIGIN =
            RawOrigin.start(
                    conversation -> {
                        while (!conversation.readHead().isEmpty()) {
                            conversation.send(REPLY.get());
                        }
                    });

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start(PlatformAnswerIT::withAllPlatforms);
    }

    private static String withAllPlatforms(String configuration) {
        String more =
                """
                factories:
                  - name: adf1
                    subscription: 0b1f7e3c-0000-4000-8000-0000000000bb
                    resource_group: rg
                    tenant: TENANT
                    hosts: [management.proxy.test]
                    path_prefix: /arm
                    upstream:
                      endpoints: ['http://127.0.0.1:PORT']
                    credential: {static_bearer: {token: 'file:upstream.token'}}
                sites:
                  - name: main
                    tenant: TENANT
                    path_prefix: /tableau
                    upstream:
                      uri: 'https://localhost:PORT'
                      endpoints: ['http://127.0.0.1:PORT']
                    credential: {personal_access_token: {name: pat, secret: 'file:upstream.token'}}
                """;
        return configuration.replace(
                        "    path_prefix:", "    hosts: [demo.dev.proxy.test]\n    path_prefix:")
                + more.replace("TENANT", DemoCast.TENANT)
                        .replace("PORT", Integer.toString(ORIGIN.port()));
    }

    @AfterAll
    static void stop() {
        fixture.close();
        ORIGIN.close();
    }

    @Test
    void tableauClientWithoutATokenIsToldSoInXml() throws Exception {
        String answer =
                get("localhost", "/tableau/api/3.22/sites/main/workbooks", "Accept: */*\r\n");

        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("WWW-Authenticate: Bearer");
        Element error = error(answer);
        assertThat(error.getAttribute("code")).isEqualTo("401000");
        assertThat(error.getElementsByTagName("detail").item(0).getTextContent())
                .contains("Decision: ");
    }

    @Test
    void tableauClientThatTakesJsonGetsJson() throws Exception {
        String answer =
                get(
                        "localhost",
                        "/tableau/api/3.22/sites/main/workbooks",
                        "Accept: application/json\r\nAuthorization: Bearer nonsense\r\n");

        JsonNode error = JSON.readTree(body(answer)).get("error");
        assertThat(error.get("code").asText()).isEqualTo("401002");
        assertThat(error.get("summary").asText()).isEqualTo("Unauthorized");
    }

    @Test
    void tableauClientThatMayNotIsToldWhatIsMissing() throws Exception {
        String answer =
                get(
                        "localhost",
                        "/tableau/api/3.22/no/such/<call>&".replace("<", "%3C").replace(">", "%3E"),
                        "Authorization: Bearer "
                                + fixture.scenery().token(DemoCast.ANALYST)
                                + "\r\n");

        assertThat(answer).startsWith("HTTP/1.1 403 ");
        assertThat(error(answer).getAttribute("code")).isEqualTo("403004");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/arm/subscriptions/x", "/synapse/demo/pipelines", "/nowhere"})
    void azureClientGetsAzuresJsonWhateverItTakes(String path) throws Exception {
        String answer = get("localhost", path, "Accept: application/xml\r\n");

        assertThat(JSON.readTree(body(answer)).at("/error/code").asText()).isNotEmpty();
        assertThat(answer).contains("x-ms-error-code: ");
    }

    @Test
    void azFindsTheProxyInTheMetadataOfTheCloudWithoutAToken() throws Exception {
        String answer =
                get("management.proxy.test:8443", "/metadata/endpoints?api-version=2019-05-01", "");

        JsonNode cloud = JSON.readTree(body(answer)).get(0);
        assertThat(cloud.at("/resourceManager").asText())
                .isEqualTo("https://management.proxy.test:8443/");
        assertThat(cloud.at("/suffixes/synapseAnalytics").asText())
                .isEqualTo("dev.proxy.test:8443");
        assertThat(cloud.at("/authentication/loginEndpoint").asText())
                .isEqualTo("https://login.microsoftonline.com");
    }

    @Test
    void metadataIsThereBelowAPathPrefixAndInTheOldForm() throws Exception {
        String below = get("localhost", "/arm/Metadata/Endpoints?api-version=2019-05-01", "");
        String old = get("localhost", "/arm/metadata/endpoints?api-version=2015-01-01", "");

        assertThat(JSON.readTree(body(below)).get(0).at("/resourceManager").asText())
                .isEqualTo("https://localhost/arm/");
        assertThat(JSON.readTree(body(old)).at("/galleryEndpoint").asText())
                .isEqualTo("https://gallery.azure.com/");
    }

    @Test
    void metadataIsNowhereElseAndNothingElseIsOpen() {
        String host = "management.proxy.test";

        assertThat(get("localhost", "/metadata/endpoints", "")).startsWith("HTTP/1.1 404 ");
        assertThat(get("demo.dev.proxy.test", "/metadata/endpoints", ""))
                .startsWith("HTTP/1.1 401 ");
        assertThat(get(host, "/metadata/endpoints/x", "")).startsWith("HTTP/1.1 401 ");
        assertThat(get(host, "/metadata/identity", "")).startsWith("HTTP/1.1 401 ");
        assertThat(request("POST", host, "/metadata/endpoints", "Content-Length: 0\r\n"))
                .startsWith("HTTP/1.1 401 ");
    }

    @Test
    void metadataForHeadHasTheSameHeadAndNoBody() {
        String answer =
                request(
                        "HEAD",
                        "management.proxy.test",
                        "/metadata/endpoints?api-version=2022-09-01",
                        "");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n");
        assertThat(answer).containsPattern("Content-Length: [1-9][0-9]{2,}");
    }

    private static Element error(String answer) throws Exception {
        assertThat(answer).contains("Content-Type: application/xml; charset=utf-8");
        Element root =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(
                                new java.io.ByteArrayInputStream(
                                        body(answer).getBytes(StandardCharsets.ISO_8859_1)))
                        .getDocumentElement();
        assertThat(root.getTagName()).isEqualTo("tsResponse");
        return (Element) root.getFirstChild();
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    private static String get(String host, String path, String fields) {
        return request("GET", host, path, fields);
    }

    private static String request(String method, String host, String path, String fields) {
        try {
            return RawClient.exchange(
                    fixture.scenery().authority().trustingContext(),
                    fixture.proxy().port(),
                    method
                            + " "
                            + path
                            + " HTTP/1.1\r\nHost: "
                            + host
                            + "\r\nConnection: close\r\n"
                            + fields
                            + "\r\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

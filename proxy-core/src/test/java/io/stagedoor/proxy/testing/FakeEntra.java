package io.stagedoor.proxy.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.matching.RequestPatternBuilder;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** WireMock over TLS on loopback in the place of Entra's token endpoint. */
public final class FakeEntra implements AutoCloseable {

    public static final String TENANT = "0b1f7e3c-0000-4000-8000-0000000000aa";
    public static final String CLIENT = "829ae9c5-0000-4000-8000-000000000001";

    private static final String PATH = "/" + TENANT + "/oauth2/v2.0/token";

    private final WireMockServer server =
            new WireMockServer(
                    WireMockConfiguration.options()
                            .bindAddress("127.0.0.1")
                            .httpDisabled(true)
                            .dynamicHttpsPort()
                            .keystorePath(LoopbackCertificate.localhost().store().toString())
                            .keystorePassword(LoopbackCertificate.PASSWORD)
                            .keyManagerPassword(LoopbackCertificate.PASSWORD)
                            .keystoreType("PKCS12")
                            .containerThreads(64));

    private FakeEntra() {
        server.start();
    }

    public static FakeEntra start() {
        return new FakeEntra();
    }

    public URI uri() {
        return URI.create("https://localhost:" + server.httpsPort());
    }

    public WireMockServer server() {
        return server;
    }

    /** Gives the file with the certificate to trust. */
    public static Path certificate() {
        return LoopbackCertificate.localhost().pem();
    }

    /** Gives the lines that have the proxy ask this endpoint. */
    public String configuration() {
        return "credentials:\n  authority: "
                + uri()
                + "\n  trusted_certificates: "
                + certificate()
                + "\n";
    }

    /** Answers what the given parts of the form ask for; what is stubbed later comes first. */
    public void answer(ResponseDefinitionBuilder response, String... formParts) {
        MappingBuilder stub = post(urlPathEqualTo(PATH));
        List.of(formParts).forEach(part -> stub.withRequestBody(containing(part)));
        server.stubFor(stub.willReturn(response));
    }

    /** Answers everything else that anybody asks. */
    public void answerAll(ResponseDefinitionBuilder response) {
        server.stubFor(any(anyUrl()).willReturn(response));
    }

    /** Gives how often was asked what has these parts in its form. */
    public int asked(String... formParts) {
        RequestPatternBuilder pattern = postRequestedFor(urlPathEqualTo(PATH));
        List.of(formParts).forEach(part -> pattern.withRequestBody(containing(part)));
        return server.countRequestsMatching(pattern.build()).getCount();
    }

    public static ResponseDefinitionBuilder token(String value, int seconds) {
        return aResponse()
                .withHeader("content-type", "application/json")
                .withBody(
                        "{\"token_type\":\"Bearer\",\"expires_in\":"
                                + seconds
                                + ",\"ext_expires_in\":"
                                + seconds
                                + ",\"access_token\":\""
                                + value
                                + "\"}");
    }

    public static ResponseDefinitionBuilder error(int status, String code, String description) {
        return aResponse()
                .withStatus(status)
                .withHeader("content-type", "application/json")
                .withBody(
                        "{\"error\":\""
                                + code
                                + "\",\"error_description\":\""
                                + description
                                + "\"}");
    }

    @Override
    public void close() {
        server.stop();
    }
}

package io.stagedoor.proxy.testing;

import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlMatching;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import java.net.URI;
import java.util.Arrays;
import java.util.stream.Collectors;

/** WireMock over TLS on loopback in the place of Microsoft Graph; tells who is in which groups. */
public final class FakeGraph implements AutoCloseable {

    private final WireMockServer server =
            new WireMockServer(
                    WireMockConfiguration.options()
                            .bindAddress("127.0.0.1")
                            .httpDisabled(true)
                            .dynamicHttpsPort()
                            .keystorePath(LoopbackCertificate.localhost().store().toString())
                            .keystorePassword(LoopbackCertificate.PASSWORD)
                            .keyManagerPassword(LoopbackCertificate.PASSWORD)
                            .keystoreType("PKCS12"));

    private FakeGraph() {
        server.start();
        server.stubFor(get(urlMatching("/v1.0/[a-zA-Z]+\\?.*")).willReturn(json("{\"value\":[]}")));
    }

    public static FakeGraph start() {
        return new FakeGraph();
    }

    public URI uri() {
        return URI.create("https://localhost:" + server.httpsPort());
    }

    /** The entry of {@code access.directories} that leads here. */
    public String entry(String tenant, String further) {
        return """
                  directories:
                    - name: entra
                      tenant: @tenant@
                      from:
                        graph:
                          uri: @uri@
                          trusted_certificates: @pem@
                          credential:
                            static_bearer:
                              token: file:upstream.token
                """
                        .replace("@tenant@", tenant)
                        .replace("@uri@", uri().toString())
                        .replace("@pem@", LoopbackCertificate.localhost().pem().toString())
                + further;
    }

    /** Says in which groups somebody is. */
    public void tell(PrincipalId principal, PrincipalId... groups) {
        String entries =
                Arrays.stream(groups)
                        .map(
                                group ->
                                        "{\"@odata.type\":\"#microsoft.graph.group\",\"id\":\""
                                                + group.objectId()
                                                + "\"}")
                        .collect(Collectors.joining(","));
        answer(principal, json("{\"value\":[" + entries + "]}"));
    }

    /** Answers in another way when asked for somebody. */
    public void answer(PrincipalId principal, ResponseDefinitionBuilder answer) {
        server.stubFor(
                get(urlPathEqualTo("/v1.0/users/" + principal.objectId() + "/transitiveMemberOf"))
                        .willReturn(answer));
    }

    /** Answers everything in this way. */
    public void answerAll(ResponseDefinitionBuilder answer) {
        server.stubFor(any(anyUrl()).atPriority(1).willReturn(answer));
    }

    /** Answers as before {@link #answerAll}. */
    public void answerAsBefore() {
        server.listAllStubMappings().getMappings().stream()
                .filter(stub -> Integer.valueOf(1).equals(stub.getPriority()))
                .toList()
                .forEach(server::removeStub);
    }

    /** Returns how often it was asked for anybody's groups. */
    public int lookUps() {
        return server.findAll(getRequestedFor(urlPathMatching(".*/transitiveMemberOf"))).size();
    }

    /** Returns how often it was asked for anything. */
    public int requests() {
        return server.getAllServeEvents().size();
    }

    public static ResponseDefinitionBuilder json(String body) {
        return WireMock.aResponse().withHeader("Content-Type", "application/json").withBody(body);
    }

    @Override
    public void close() {
        server.stop();
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.authn.Proofs;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.Verdicts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Version;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Row 93 over HTTP: tokens bound to the client's certificate (RFC 8705) or key (RFC 9449). */
class BoundTokenIT {

    private static final String KEYS = "    keys:\n      trusted_certificates: ca.pem\n";
    private static final String PATH = "/pipelines/nightly";
    private static final List<String> CHALLENGES =
            List.of(
                    "Bearer realm=\"stagedoor\", error=\"invalid_token\"",
                    "DPoP realm=\"stagedoor\", error=\"invalid_token\", algs=\"RS256 ES256 PS256\"");

    private static ProxyFixture fixture;
    private static ServerIdentity batch;
    private static ServerIdentity thief;

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start(BoundTokenIT::takingBoundTokens);
        batch = fixture.scenery().authority().issueForClient("batch-host");
        thief = fixture.scenery().authority().issueForClient("thief");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static String takingBoundTokens(String yaml) {
        return yaml.replace(KEYS, "    token_binding: accepted\n" + KEYS)
                .replace(
                        "    private_key: proxy.key\n",
                        """
                            private_key: proxy.key
                            client_certificates:
                              mode: optional
                              trusted_authorities: ca.pem
                        """);
    }

    private static String boundTo(String member, String thumbprint) {
        Map<String, Object> claims = new TreeMap<>(DemoCast.ENGINEER.claims(DemoCast.AUDIENCE));
        claims.put("cnf", Map.of(member, thumbprint));
        return fixture.scenery().issuer().mint(claims, Duration.ofHours(1));
    }

    private static HttpClient client(SSLContext tls, Version version) {
        return HttpClient.newBuilder().sslContext(tls).version(version).build();
    }

    private static HttpClient certified(ServerIdentity identity, Version version) {
        return client(fixture.scenery().authority().contextOf(identity), version);
    }

    private static HttpClient plain(Version version) {
        return client(fixture.scenery().authority().trustingContext(), version);
    }

    private static HttpRequest.Builder request(String authorization) {
        return HttpRequest.newBuilder(URI.create(url() + "?api-version=2020-12-01"))
                .header("Authorization", authorization);
    }

    private static String url() {
        return fixture.base() + PATH;
    }

    private static HttpResponse<String> send(HttpClient client, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    private static String proof(String method, String token) {
        return Proofs.proof(method, url(), token, InstantSource.system().instant());
    }

    @ParameterizedTest(name = "93 bound to a certificate, {0}")
    @EnumSource(Version.class)
    void tokenBoundToACertificateIsGoodOnItsConnectionsAlone(Version version) throws Exception {
        String token = boundTo("x5t#S256", thumbprint());
        try (HttpClient owner = certified(batch, version);
                HttpClient other = certified(thief, version);
                HttpClient nobody = plain(version)) {
            HttpResponse<String> first = send(owner, request("Bearer " + token));
            HttpResponse<String> stolen = send(other, request("Bearer " + token));
            HttpResponse<String> without = send(nobody, request("Bearer " + token));
            HttpResponse<String> again = send(owner, request("Bearer " + token));

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(first.version()).isEqualTo(version);
            assertThat(Verdicts.record(fixture, first).at("/caller/token/binding").asText())
                    .isEqualTo("certificate");
            Verdicts.assertRefused(fixture, stolen, 401, "token_binding");
            Verdicts.assertRefused(fixture, without, 401, "token_binding");
            assertThat(without.headers().allValues("WWW-Authenticate"))
                    .containsExactlyElementsOf(CHALLENGES);
            assertThat(again.statusCode()).isEqualTo(200);
        }
    }

    /** Learns the thumbprint as the audit trail shows it, which is how operators would. */
    private static String thumbprint() throws IOException, InterruptedException {
        try (HttpClient owner = certified(batch, Version.HTTP_1_1)) {
            String plainToken = fixture.scenery().token(DemoCast.ANALYST);
            JsonNode record =
                    Verdicts.record(fixture, send(owner, request("Bearer " + plainToken)));
            return record.at("/request/client/certificate/thumbprint").asText();
        }
    }

    @ParameterizedTest(name = "93 bound to a key, {0}")
    @EnumSource(Version.class)
    void tokenBoundToAKeyGoesWithAProofForEachRequest(Version version) throws Exception {
        String token = boundTo("jkt", Proofs.thumbprint(Proofs.key()));
        try (HttpClient client = plain(version)) {
            String used = proof("GET", token);
            HttpResponse<String> first =
                    send(client, request("DPoP " + token).header("DPoP", used));
            HttpResponse<String> replayed =
                    send(client, request("DPoP " + token).header("DPoP", used));
            HttpResponse<String> bearer = send(client, request("Bearer " + token));
            HttpResponse<String> missing = send(client, request("DPoP " + token));
            HttpResponse<String> twice =
                    send(
                            client,
                            request("DPoP " + token)
                                    .header("DPoP", proof("GET", token))
                                    .header("DPoP", proof("GET", token)));
            HttpResponse<String> again =
                    send(client, request("dpop " + token).header("DPoP", proof("GET", token)));

            assertThat(first.statusCode()).isEqualTo(200);
            assertThat(Verdicts.record(fixture, first).at("/caller/token/binding").asText())
                    .isEqualTo("key");
            Verdicts.assertRefused(fixture, replayed, 401, "token_proof");
            assertThat(replayed.headers().allValues("WWW-Authenticate").getLast())
                    .startsWith("DPoP ")
                    .contains("error=\"invalid_dpop_proof\"");
            Verdicts.assertRefused(fixture, bearer, 401, "token_binding");
            Verdicts.assertRefused(fixture, missing, 401, "token_proof");
            Verdicts.assertRefused(fixture, twice, 401, "token_proof");
            assertThat(again.statusCode()).isEqualTo(200);
        }
    }

    @Test
    @DisplayName("93 every proof with a mistake")
    void proofWithAMistakeIsRefused() throws Exception {
        String token = boundTo("jkt", Proofs.thumbprint(Proofs.key()));
        Set<String> mistakes = wrongProofs(token).keySet();
        try (HttpClient client = plain(Version.HTTP_1_1)) {
            for (String mistake : mistakes) {
                String proof = Objects.requireNonNull(wrongProofs(token).get(mistake));
                HttpResponse<String> answer =
                        send(client, request("DPoP " + token).header("DPoP", proof));

                JsonNode record = Verdicts.assertRefused(fixture, answer, 401, "token_proof");
                assertThat(answer.body() + record).as(mistake).doesNotContain(token, proof);
            }
        }
        assertThat(mistakes).hasSizeGreaterThan(20);
    }

    /** Made anew each time: what is too far ahead does not stay so. */
    private static Map<String, String> wrongProofs(String token) {
        return Proofs.wrong("GET", url(), token, InstantSource.system().instant());
    }

    @Test
    void proofIsNeverSentOn() throws Exception {
        String token = boundTo("jkt", Proofs.thumbprint(Proofs.key()));
        try (HttpClient client = plain(Version.HTTP_1_1)) {
            HttpResponse<String> answer =
                    send(client, request("DPoP " + token).header("DPoP", proof("GET", token)));

            assertThat(answer.statusCode()).isEqualTo(200);
            Optional<String> decision = answer.headers().firstValue("X-Stagedoor-Decision-Id");
            assertThat(
                            fixture.workspace()
                                    .requests(
                                            one ->
                                                    one.field("X-Stagedoor-Decision-Id")
                                                            .equals(decision)))
                    .singleElement()
                    .satisfies(seen -> assertThat(seen.field("DPoP")).isEmpty());
        }
    }

    /** A body that decides is read between two runs of the journey; the proof is looked at in one. */
    @Test
    void oneProofIsEnoughForARequestWhoseBodyIsRead() throws Exception {
        String token = boundTo("jkt", Proofs.thumbprint(Proofs.key()));
        String path = fixture.base() + "/roleAssignments/5a9d1f60-0000-4000-8000-0000000000f1";
        String proof = Proofs.proof("PUT", path, token, InstantSource.system().instant());
        try (HttpClient client = plain(Version.HTTP_1_1)) {
            HttpRequest put =
                    HttpRequest.newBuilder(URI.create(path + "?api-version=2020-12-01"))
                            .header("Authorization", "DPoP " + token)
                            .header("DPoP", proof)
                            .header("Content-Type", "application/json")
                            .PUT(
                                    BodyPublishers.ofString(
                                            "{\"roleId\":\"6e4bf58a-b8e1-4cc3-bbf9-d73143322b78\","
                                                    + "\"principalId\":\"5a9d1f60-0000-4000-8000-0000000000a1\","
                                                    + "\"scope\":\"workspaces/demo\"}"))
                            .build();

            HttpResponse<String> answer = client.send(put, BodyHandlers.ofString());

            Verdicts.assertRefused(fixture, answer, 403, "not_permitted");
        }
    }

    @Test
    void bearerTokensGoOnWorkingAndMissingOnesAreToldOfBothSchemes() throws Exception {
        try (HttpClient client = plain(Version.HTTP_1_1)) {
            HttpResponse<String> good =
                    send(client, request("Bearer " + fixture.scenery().token(DemoCast.ENGINEER)));
            HttpResponse<String> missing = send(client, request("Basic eDp5"));

            assertThat(good.statusCode()).isEqualTo(200);
            Verdicts.assertRefused(fixture, missing, 401, "token_missing");
            assertThat(missing.headers().allValues("WWW-Authenticate"))
                    .containsExactly(
                            "Bearer realm=\"stagedoor\"",
                            "DPoP realm=\"stagedoor\", algs=\"RS256 ES256 PS256\"");
        }
    }

    @Test
    void usedProofStaysUsedAcrossAReload() throws Exception {
        try (ProxyFixture own = ProxyFixture.start(BoundTokenIT::takingBoundTokens);
                HttpClient client =
                        client(own.scenery().authority().trustingContext(), Version.HTTP_1_1)) {
            Map<String, Object> claims = new TreeMap<>(DemoCast.ENGINEER.claims(DemoCast.AUDIENCE));
            claims.put("cnf", Map.of("jkt", Proofs.thumbprint(Proofs.key())));
            String token = own.scenery().issuer().mint(claims, Duration.ofHours(1));
            String target = own.base() + PATH;
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(target + "?api-version=2020-12-01"))
                            .header("Authorization", "DPoP " + token)
                            .header(
                                    "DPoP",
                                    Proofs.proof(
                                            "GET", target, token, InstantSource.system().instant()))
                            .build();
            assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);

            own.edit("stagedoor.yaml", yaml -> yaml.replace(KEYS, "    clock_skew: 2m\n" + KEYS));
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(
                            () ->
                                    own.admin("/metrics")
                                            .body()
                                            .contains(
                                                    "stagedoor_config_reload_total{result=\"applied\"}"
                                                            + " 1.0"));

            Verdicts.assertRefused(
                    own, client.send(request, BodyHandlers.ofString()), 401, "token_proof");
        }
    }
}

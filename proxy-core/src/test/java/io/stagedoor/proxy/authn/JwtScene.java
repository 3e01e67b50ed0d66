package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.LogWatch;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RecordingOrigin;
import io.stagedoor.proxy.testing.TokenOctets;
import io.stagedoor.proxy.testing.WireClient;
import io.stagedoor.proxy.testing.WireRequest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.awaitility.Awaitility;

/**
 * The whole proxy, over TLS, before the issuers of {@link AuthnFixture} and a plain one of RFC 9068,
 * going by their clock. Its workspace {@code ws1} takes the proxy's own audience, {@code ws2} the
 * service's; each is an origin that notes every octet. What is refused is checked in every respect:
 * see {@link #refuses}.
 */
final class JwtScene implements AutoCloseable {

    static final String HOST = "ws1.dev.azuresynapse.test";
    static final String SERVICE_HOST = "ws2.dev.azuresynapse.test";
    static final String SERVICE_AUDIENCE = "https://dev.azuresynapse.net";
    static final String BOB = "0b0b0000-0000-4000-8000-00000000000b";
    static final String PLAIN_KEYS = "/plain/keys";

    private static final String LINE = "GET /pipelines/daily?api-version=2020-12-01 HTTP/1.1\r\n";
    private static final String CHALLENGE = "Bearer realm=\"stagedoor\"";
    private static final String BAD_TOKEN = CHALLENGE + ", error=\"invalid_token\"";
    private static final String SPOILT_FORM = "x.y.z";

    /** No head of the default limits holds a token of this length. */
    private static final int NO_HEAD_HOLDS = 60_000;

    private static final String ACCESS =
            """
            assignments:
              - {principal: @alice@, role: Synapse Artifact User, scope: workspaces/ws1}
              - {principal: @alice@, role: Synapse Artifact User, scope: workspaces/ws2}
              - {principal: 00u1alice, tenant: okta-main, role: Synapse Artifact User, scope: workspaces/ws1}
              - {principal: plain-alice, tenant: plain-directory, role: Synapse Artifact User, scope: workspaces/ws1}
            """;

    private static final String MAIN =
            """
            listener:
              host: 127.0.0.1
              port: 0
              tls: {certificate: proxy.pem, private_key: proxy.key}
            admin: {host: 127.0.0.1, port: 0}
            issuers:
              - name: entra
                issuer: @entra@
                audiences: [api1, "api://api1", "https://dev.azuresynapse.net"]
                algorithms: [RS256, PS256, ES256]
                keys: {trusted_certificates: issuer.pem, refresh_interval: 23h}
              - name: okta
                issuer: @okta@
                audiences: [api1]
                fixed_tenant: okta-main
                claims: {principal: uid, client_application: [cid]}
                keys: {uri: "@base@/okta/keys", trusted_certificates: issuer.pem, refresh_interval: 23h}
              - name: plain
                issuer: @base@/plain
                audiences: [api1]
                access_token_type_required: true
                max_token_age: 2h
                fixed_tenant: plain-directory
                claims: {principal: sub, client_application: [client_id]}
                keys: {uri: "@base@/plain/keys", trusted_certificates: issuer.pem, refresh_interval: 23h}
            workspaces:
              - name: ws1
                tenant: @tenant@
                hosts: [ws1.dev.azuresynapse.test]
                audiences: [api1, "api://api1"]
                upstream: {uri: "https://localhost:@origin@", trusted_certificates: ca.pem}
                credential: {static_bearer: {token: "file:upstream.token"}}
                assignments: {from: declared}
              - name: ws2
                tenant: @tenant@
                hosts: [ws2.dev.azuresynapse.test]
                audiences: ["https://dev.azuresynapse.net"]
                upstream: {uri: "https://localhost:@service@", trusted_certificates: ca.pem}
                credential: {static_bearer: {token: "file:upstream.token"}}
                assignments: {from: declared}
            audit:
              directory: audit
              sync: all
            access:
              file: jwt.yaml
            """;

    private final AuthnFixture issuers;
    private final RecordingOrigin origin;
    private final RecordingOrigin service;
    private final ProxyFixture proxy;
    private final LogWatch logs;
    private final SSLContext tls;
    private final String upstreamToken;

    /** What was read of the journal so far; a record never changes. */
    private final List<JsonNode> records = new ArrayList<>();

    private final AtomicInteger answers = new AtomicInteger();
    private Optional<WireClient> kept = Optional.empty();

    /** What everybody gets whose token is no token. */
    private Optional<String> usualBody = Optional.empty();

    private JwtScene(
            AuthnFixture issuers, RecordingOrigin[] origins, ProxyFixture proxy, LogWatch logs)
            throws IOException {
        this.issuers = issuers;
        this.origin = origins[0];
        this.service = origins[1];
        this.proxy = proxy;
        this.logs = logs;
        this.tls = proxy.scenery().authority().trustingContext();
        this.upstreamToken = Files.readString(proxy.scenery().folder().file("upstream.token"));
        Awaitility.await().until(this::hasAllKeys);
    }

    private boolean hasAllKeys() {
        return Stream.of(AuthnFixture.KEYS, AuthnFixture.OKTA_KEYS, PLAIN_KEYS)
                .allMatch(path -> issuers.server.hits(path) == 1);
    }

    /** Starts everything. */
    static JwtScene start() throws IOException {
        return start(UnaryOperator.identity());
    }

    /** Starts everything with a changed configuration. */
    static JwtScene start(UnaryOperator<String> edit) throws IOException {
        AuthnFixture issuers = new AuthnFixture();
        issuers.publishAll();
        issuers.server.serve(
                PLAIN_KEYS, TestKeys.keySet(TestKeys.jwk("plain", TestKeys.OTHER_RSA)));
        RecordingOrigin[] origins = new RecordingOrigin[2];
        LogWatch logs = LogWatch.start();
        ProxyFixture proxy =
                ProxyFixture.start(
                        _ -> filled(edit.apply(MAIN), issuers, origins),
                        scenery -> {
                            origins[0] = RecordingOrigin.start(scenery.authority().issue());
                            origins[1] = RecordingOrigin.start(scenery.authority().issue());
                            furnish(scenery);
                        },
                        issuers.clock);
        return new JwtScene(issuers, origins, proxy, logs);
    }

    private static void furnish(DemoScenery scenery) {
        scenery.folder().write("jwt.yaml", ACCESS.replace("@alice@", AuthnFixture.ALICE));
        try {
            scenery.folder()
                    .write("issuer.pem", Files.readString(TestCertificate.localhost().pem()));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String filled(String text, AuthnFixture issuers, RecordingOrigin[] origins) {
        return text.replace("@entra@", issuers.entra())
                .replace("@okta@", issuers.okta())
                .replace("@base@", issuers.server.base())
                .replace("@tenant@", AuthnFixture.T1)
                .replace("@origin@", Integer.toString(origins[0].port()))
                .replace("@service@", Integer.toString(origins[1].port()));
    }

    AuthnFixture issuers() {
        return issuers;
    }

    ProxyFixture proxy() {
        return proxy;
    }

    RecordingOrigin origin() {
        return origin;
    }

    SSLContext tls() {
        return tls;
    }

    /** Time goes on past the cool-down of the last fetch, and nobody was asked. */
    void goOn() {
        issuers.goOn();
        logs.take();
    }

    /** Returns the good token's draft of the plain issuer of RFC 9068. */
    Draft goodPlain() {
        return new Draft(issuers.goodOkta().header(), issuers.goodOkta().claims())
                .header("kid", "plain")
                .header("typ", "at+jwt")
                .claim("iss", issuers.server.base() + "/plain")
                .claim("sub", "plain-alice")
                .claim("client_id", "plain-client");
    }

    /** Returns a request for ws1, from its line on. */
    static String request(String... fields) {
        return requestTo(HOST, fields);
    }

    /** Returns a request for one of the hosts, from its line on. */
    static String requestTo(String host, String... fields) {
        return LINE + "Host: " + host + "\r\n" + String.join("\r\n", fields) + "\r\n\r\n";
    }

    /** Returns the field that a token is sent in; what no octet can be is sent as UTF-8. */
    static String bearer(String token) {
        boolean latin = token.chars().allMatch(letter -> letter < 256);
        byte[] octets = token.getBytes(StandardCharsets.UTF_8);
        return "Authorization: Bearer "
                + (latin ? token : new String(octets, StandardCharsets.ISO_8859_1));
    }

    /** Sends a request on a connection that serves one after the other, as long as it is kept open. */
    WireClient.Answer send(String request) {
        try {
            WireClient client = kept.isPresent() ? kept.get() : connect();
            kept = Optional.of(client);
            client.send(request);
            WireClient.Answer answer = client.read().orElseThrow();
            answers.incrementAndGet();
            if (answer.field("Connection").filter("close"::equals).isPresent()) {
                hangUp();
            }
            return answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** Opens a connection to the proxy. */
    WireClient connect() throws IOException {
        WireClient client = WireClient.connect(tls, proxy.proxy().port());
        client.patience(Duration.ofSeconds(60));
        return client;
    }

    private void hangUp() throws IOException {
        if (kept.isPresent()) {
            kept.get().close();
            kept = Optional.empty();
        }
    }

    /** Says that an answer came by another way than {@link #send}. */
    void countAnswers(int further) {
        answers.addAndGet(further);
    }

    /** Checks a row of the table in every respect, and that the same comes again without work. */
    void refuses(TokenCase row) {
        String token = row.token().apply(issuers);
        Expected expected = Expected.of(row.expected(), token);

        refuses(token, request(bearer(token)), expected);
        refuses(token, request(bearer(token)), expected);

        assertFetches(row.fetches());
    }

    /** Checks that ws1 refuses a token with this code, at the price of so many fetches. */
    void refuses(String token, Code code, int fetches) {
        refuses(token, request(bearer(token)), Expected.of(code, token));
        assertFetches(fetches);
    }

    /**
     * Checks that a request is refused: status and challenge, the one body that all get, one record
     * with the code, nothing upstream, and none of the token anywhere.
     */
    WireClient.Answer refuses(String token, String request, Expected expected) {
        long octets = octetsUpstream();

        WireClient.Answer answer = send(request);

        assertThat(answer.status()).isEqualTo(expected.status());
        JsonNode record = recordOf(answer);
        assertThat(record.at("/decision/verdict").asText()).isEqualTo("deny");
        assertThat(record.at("/decision/code").asText()).isEqualTo(expected.code());
        assertThat(octetsUpstream()).as("octets upstream").isEqualTo(octets);
        if (expected.status() == 401) {
            boolean missing = expected.code().equals(Code.TOKEN_MISSING.text());
            assertThat(answer.field("WWW-Authenticate")).contains(missing ? CHALLENGE : BAD_TOKEN);
            assertThat(bodyOf(answer)).isEqualTo(usualBody());
        }
        TokenOctets pieces = TokenOctets.of(token);
        pieces.assertNotIn("the answer", answer.head() + answer.body());
        pieces.assertNotIn("the audit record", record.toString());
        pieces.assertNotIn("the logs", logs.take());
        pieces.assertNotIn("the metrics", metrics());
        logs.assertWholeLines();
        return answer;
    }

    private String usualBody() {
        if (usualBody.isEmpty()) {
            usualBody = Optional.of(bodyOf(send(request(bearer(SPOILT_FORM)))));
        }
        return usualBody.get();
    }

    /** Checks that ws1 serves a token, and that the upstream is shown the proxy's and no other. */
    WireRequest serves(String token) {
        return serves(token, request(bearer(token)));
    }

    /** Checks that a request is served, and that the upstream is shown the proxy's token alone. */
    WireRequest serves(String token, String request) {
        WireClient.Answer answer = send(request);

        assertThat(answer.status()).isEqualTo(200);
        String decision = decisionOf(answer);
        assertThat(recordOf(answer).at("/decision/verdict").asText()).isEqualTo("permit");
        List<WireRequest> upstream =
                Stream.of(origin, service)
                        .flatMap(each -> each.requests(decision).stream())
                        .toList();
        assertThat(upstream).hasSize(1);
        assertThat(upstream.getFirst().only("Authorization")).isEqualTo("Bearer " + upstreamToken);
        TokenOctets pieces = TokenOctets.of(token);
        pieces.assertNotIn("the upstream's request", upstream.getFirst().toString());
        pieces.assertNotIn("the audit record", recordOf(answer).toString());
        pieces.assertNotIn("the logs", logs.take());
        pieces.assertNotIn("the metrics", metrics());
        logs.assertWholeLines();
        return upstream.getFirst();
    }

    private long octetsUpstream() {
        return origin.octets() + service.octets();
    }

    void assertFetches(int expected) {
        assertThat(issuers.fetches()).as("fetches of the key set").isEqualTo(expected);
        assertThat(issuers.server.hits(AuthnFixture.OKTA_KEYS)).as("of the other's").isZero();
        assertThat(issuers.attacker.allHits()).as("requests to a stranger").isZero();
    }

    /** Returns the one decided record of an answer. */
    JsonNode recordOf(WireClient.Answer answer) {
        String decision = decisionOf(answer);
        List<JsonNode> found =
                Awaitility.await()
                        .pollInterval(Duration.ofMillis(2))
                        .until(() -> decided(decision), all -> !all.isEmpty());
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    private List<JsonNode> decided(String decision) {
        return decided().stream()
                .filter(record -> record.at("/request/id").asText().equals(decision))
                .toList();
    }

    /** Returns the decided records that are in the journal now. */
    synchronized List<JsonNode> decided() {
        records.addAll(JournalReading.recordsFrom(proxy.journalFolder(), records.size()));
        return records.stream().filter(record -> record.has("decision")).toList();
    }

    /** Returns what health says now. */
    JsonNode health() {
        try {
            return Draft.json(proxy.admin("/health").body());
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** Returns the metrics as they are now. */
    String metrics() {
        try {
            return proxy.admin("/metrics").body();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static String decisionOf(WireClient.Answer answer) {
        return answer.field("x-stagedoor-decision-id").orElseThrow();
    }

    private static String bodyOf(WireClient.Answer answer) {
        return answer.body().replace(decisionOf(answer), "ID");
    }

    /** Checks that every answer has one record, and stops everything. */
    @Override
    public void close() throws IOException {
        hangUp();
        Awaitility.await().until(() -> decided().size() >= answers.get());
        Map<String, Long> counts =
                decided().stream()
                        .collect(
                                Collectors.groupingBy(
                                        record -> record.at("/request/id").asText(),
                                        Collectors.counting()));
        proxy.close();
        origin.close();
        service.close();
        issuers.close();
        logs.close();
        assertThat(counts).hasSize(answers.get());
        assertThat(counts.values()).allMatch(count -> count == 1);
        assertThat(origin.faults()).isEmpty();
        assertThat(service.faults()).isEmpty();
    }

    /**
     * What a bad request gets.
     *
     * @param status the status of the answer
     * @param code the code in the audit record
     */
    record Expected(int status, String code) {

        /** What a token gets; what no head can hold or carry is refused before it is a token. */
        static Expected of(Code code, String token) {
            if (token.length() > NO_HEAD_HOLDS) {
                return of(431, Code.FIELDS_TOO_LARGE);
            }
            boolean breaksHead = token.chars().anyMatch(letter -> "\r\n\0".indexOf(letter) >= 0);
            return breaksHead ? of(400, Code.BAD_REQUEST) : of(401, code);
        }

        static Expected of(int status, Code code) {
            return new Expected(status, code.text());
        }
    }
}

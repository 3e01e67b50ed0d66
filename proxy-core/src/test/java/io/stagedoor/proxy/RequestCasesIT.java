package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.testing.GuardedServices;
import io.stagedoor.proxy.testing.RequestCase;
import io.stagedoor.proxy.testing.RequestCase.Seen;
import io.stagedoor.proxy.testing.WireClient;
import io.stagedoor.proxy.testing.WireRequest;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The requests of {@code request_cases.json}, octet by octet over TLS, before services that note
 * every octet. After each one: as many requests upstream as permits in the journal; not one octet if
 * there is none; no connection opened or dirtied; and an unread body is never taken for a request.
 */
class RequestCasesIT {

    private static final List<String> NEVER_SENT =
            List.of(
                    "X-Stagedoor-User",
                    "X-Forwarded-Host",
                    "Forwarded",
                    "Cookie",
                    "Upgrade",
                    "HTTP2-Settings",
                    "Keep-Alive",
                    "Proxy-Connection",
                    "TE",
                    "Trailer",
                    "Proxy-Authorization",
                    "X-Original-URL",
                    "X-HTTP-Method-Override",
                    "X-ARR-ClientCert",
                    "X-MS-CLIENT-PRINCIPAL",
                    "X-MS-CLIENT-PRINCIPAL-NAME",
                    "x-ms-authorization-auxiliary",
                    "X-Tableau-Auth",
                    "X-Real-IP",
                    "X-Client-IP",
                    "Expect");

    private static GuardedServices scene;

    @BeforeAll
    static void start() throws IOException {
        scene = GuardedServices.start(text -> text.replace("audit:\n", "audit:\n  sync: all\n"));
        signInAtTheSite();
    }

    /** The proxy signs in when it is first asked for the site; then there is nothing to open. */
    private static void signInAtTheSite() throws IOException {
        RequestCase read =
                cases().filter(each -> each.id().equals("control-06")).findFirst().orElseThrow();
        assertThat(send(headOf(read) + "\r\n", false).status()).isEqualTo(200);
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    static Stream<RequestCase> cases() throws IOException {
        return RequestCase.of("h1");
    }

    private static boolean declaresBody(RequestCase request) {
        return fieldsOf(request).contains("Content-Length");
    }

    private static String fieldsOf(RequestCase request) {
        return request.fields().stream()
                .map(field -> field.getKey() + ": " + field.getValue() + "\r\n")
                .collect(Collectors.joining());
    }

    private static String headOf(RequestCase request) {
        return request.line()
                + "\r\nAuthorization: Bearer "
                + scene.token(request.caller())
                + "\r\n"
                + fieldsOf(request);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void holdsAllFourInvariants(RequestCase request) throws IOException {
        Seen before = Seen.in(scene);

        WireClient.Answer answer = send(headOf(request) + "\r\n", declaresBody(request));

        checkOutcome(request, answer, before);
        assertThat(control().status()).isEqualTo(200);
        assertThat(scene.origins()).allSatisfy(each -> assertThat(each.faults()).isEmpty());
        assertThat(scene.second().octets()).isZero();
    }

    static Stream<RequestCase> casesWithoutBody() throws IOException {
        return cases().filter(request -> !declaresBody(request));
    }

    @ParameterizedTest
    @MethodSource("casesWithoutBody")
    void neverTakesAnUnreadBodyForARequest(RequestCase request) throws IOException {
        String withBody =
                headOf(request)
                        + "Content-Length: "
                        + RequestCase.SMUGGLED.length()
                        + "\r\n\r\n"
                        + RequestCase.SMUGGLED;
        int decided = scene.decided().size();
        Seen before = Seen.in(scene);

        List<WireClient.Answer> answers = sendAll(withBody + closing(RequestCase.CONTROL));

        List<WireRequest> upstream = before.since(scene);
        assertThat(answers).hasSizeBetween(1, 2);
        assertThat(upstream)
                .allMatch(one -> !one.target().contains("payroll"))
                .hasSizeLessThanOrEqualTo(answers.size());
        awaitRecords(decided + answers.size());
        assertThat(scene.decided()).hasSize(decided + answers.size());
        if (answers.size() == 2) {
            assertThat(answers.getLast().status()).isEqualTo(200);
        }
    }

    private static void checkOutcome(RequestCase request, WireClient.Answer answer, Seen before) {
        JsonNode record = recordOf(answer);
        boolean permitted = record.at("/decision/verdict").asText().equals("permit");
        List<WireRequest> upstream = before.since(scene);

        assertThat(Seen.permitsIn(scene) - before.permits()).isEqualTo(upstream.size());
        if (permitted) {
            assertThat(request.expected()).contains("allow-canonical");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(upstream).singleElement().satisfies(one -> checkForwarded(request, one));
        } else {
            assertThat(request.expected()).contains(RequestCase.outcomeOf(answer.status()));
            assertThat(Seen.in(scene).octets()).isEqualTo(before.octets());
            assertThat(Seen.in(scene).connections()).isEqualTo(before.connections());
        }
    }

    private static void checkForwarded(RequestCase request, WireRequest upstream) {
        JsonNode line = request.data().path("upstream_request_line");
        if (line.isTextual() && line.asText().contains(" HTTP/")) {
            assertThat(line.asText()).isEqualTo(request.data().get("request_line").asText());
        }
        assertThat(upstream.line()).isEqualTo(request.line());
        assertThat(upstream.only("Host"))
                .isIn(scene.origins().stream().map(each -> "localhost:" + each.port()).toList());
        assertThat(upstream.all("Authorization"))
                .noneMatch(field -> field.contains(scene.token(request.caller())));
        assertThat(upstream.only("X-Stagedoor-Principal"))
                .isEqualTo(scene.principal(request.caller()).toString());
        assertThat(upstream.only("X-Forwarded-For")).isEqualTo("127.0.0.1");
        for (String name : NEVER_SENT) {
            assertThat(upstream.all(name)).as(name).isSubsetOf("session-of-the-proxy");
        }
    }

    /** The one record of the answer: who asked for what, under the answer's own id. */
    private static JsonNode recordOf(WireClient.Answer answer) {
        String decision = answer.field("x-stagedoor-decision-id").orElseThrow();
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(
                        () ->
                                scene.decided().stream()
                                        .filter(
                                                one ->
                                                        one.at("/request/id")
                                                                .asText()
                                                                .equals(decision))
                                        .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    private static void awaitRecords(int count) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(2))
                .until(() -> scene.decided().size() >= count);
    }

    /** Sends a head and reads the answer that comes before any body does. */
    private static WireClient.Answer send(String head, boolean thenBody) throws IOException {
        try (WireClient client = scene.connect()) {
            client.send(head);
            WireClient.Answer answer = client.read().orElseThrow();
            if (thenBody) {
                client.send("0123456789");
            }
            return answer;
        }
    }

    /** Sends octets and reads all answers; a connection cut because of unread octets is closed. */
    private static List<WireClient.Answer> sendAll(String octets) throws IOException {
        List<WireClient.Answer> answers = new ArrayList<>();
        try (WireClient client = scene.connect()) {
            client.send(octets);
            for (Optional<WireClient.Answer> one = client.read();
                    one.isPresent();
                    one = client.read()) {
                answers.add(one.get());
            }
        } catch (SocketException _) {
            // closed by the proxy with octets unread
        }
        return answers;
    }

    private static WireClient.Answer control() throws IOException {
        return send(scene.request(RequestCase.CONTROL, "reader"), false);
    }

    private static String closing(String line) {
        return scene.request(line, "reader", "Connection: close");
    }
}

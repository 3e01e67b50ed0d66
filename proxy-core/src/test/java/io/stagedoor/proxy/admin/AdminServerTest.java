package io.stagedoor.proxy.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.admin.AdminResource.Access;
import io.stagedoor.proxy.admin.resource.OpenPage;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server of the operators' port and its gate, over a real socket. */
class AdminServerTest {

    private final AtomicBoolean journalHealthy = new AtomicBoolean(true);
    private final AtomicBoolean recording = new AtomicBoolean(true);
    private final AtomicBoolean ready = new AtomicBoolean(true);
    private final List<String> uses = new CopyOnWriteArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private AdminServer server;

    @BeforeEach
    void start() throws IOException {
        server = started();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private AdminServer started() throws IOException {
        return AdminServer.start(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                Optional.empty(),
                List.of(
                        OpenPage.health(this::report),
                        OpenPage.ready(ready::get),
                        OpenPage.metrics(() -> "stagedoor_up 1\n"),
                        new Echo("/echo", Access.OPEN),
                        new Echo("/own", Access.OPERATORS),
                        new Echo("/below/", Access.OPEN),
                        new Failing()),
                new Gate(AdminServerTest::identify, this::record));
    }

    private static Operator identify(Optional<String> authorization) throws AdminRefusal {
        return authorization
                .filter("Bearer ada"::equals)
                .map(_ -> new Operator("t/ada", Optional.of("Ada")))
                .orElseThrow(() -> AdminRefusal.of(401, "token_invalid", "who are you"));
    }

    private void record(AdminUse use, boolean durably) throws AdminRefusal {
        if (!recording.get()) {
            throw AdminRefusal.of(503, "journal_unavailable", "the disk is full");
        }
        uses.add(use.actor() + " " + use.action() + (durably ? " durably" : ""));
    }

    /** Says what was sent, and by whom. */
    private record Echo(String path, Access access) implements AdminResource {

        @Override
        public Set<String> methods() {
            return Set.of("GET", "POST");
        }

        @Override
        public int bodyLimit() {
            return 16;
        }

        @Override
        public Answer answer(AdminRequest request) throws AdminRefusal {
            String who = request.operator().map(Operator::actor).orElse("anyone");
            String name = request.parameter("name").orElse("nothing");
            return AdminAnswers.text(
                    200, "text/plain", who + " " + name + " " + request.text(), Fields.none());
        }
    }

    /** Has a fault. */
    private record Failing() implements AdminResource {

        @Override
        public String path() {
            return "/failing";
        }

        @Override
        public Set<String> methods() {
            return Set.of("GET");
        }

        @Override
        public Access access() {
            return Access.OPEN;
        }

        @Override
        public Answer answer(AdminRequest request) {
            throw new IllegalStateException("secret inside");
        }
    }

    @Test
    void healthIsRedWhenOnePartIsRed() throws Exception {
        journalHealthy.set(false);

        HttpResponse<String> answer = get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo(
                        "{\"status\":\"failing\",\"components\":["
                                + "{\"name\":\"journal\",\"status\":\"failing\",\"detail\":\"disk \\\"full\\\"\"},"
                                + "{\"name\":\"keys\",\"status\":\"ok\",\"detail\":\"\"}]}\n");
    }

    @Test
    void healthIsGreenWhenAllPartsAre() throws Exception {
        assertThat(get("/health").statusCode()).isEqualTo(200);
    }

    @Test
    void readinessFollowsTheProxy() throws Exception {
        assertThat(get("/ready").statusCode()).isEqualTo(200);

        ready.set(false);

        assertThat(get("/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void metricsAreThePrometheusText() throws Exception {
        HttpResponse<String> answer = get("/metrics");

        assertThat(answer.body()).isEqualTo("stagedoor_up 1\n");
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(
                        type -> assertThat(type).startsWith("text/plain; version=0.0.4"));
        assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
    }

    @Test
    void unknownPathsAndMethodsAreRefusedInOneForm() throws Exception {
        HttpResponse<String> path = get("/secrets");
        HttpResponse<String> method = send("DELETE", "/health", "");

        assertThat(path.statusCode()).isEqualTo(404);
        assertThat(path.body()).startsWith("{\"error\":{\"code\":\"not_found\"");
        assertThat(method.statusCode()).isEqualTo(405);
        assertThat(method.headers().firstValue("Allow")).hasValue("GET, HEAD");
        assertThat(method.body()).startsWith("{\"error\":{\"code\":\"method_not_allowed\"");
    }

    @Test
    void headIsGetWithoutABody() throws Exception {
        HttpResponse<String> answer = send("HEAD", "/metrics", "");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEmpty();
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("15");
    }

    @Test
    void aPathThatEndsInASlashStandsForAllBelow() throws Exception {
        assertThat(get("/below/a/b").statusCode()).isEqualTo(200);
        assertThat(get("/below/").statusCode()).isEqualTo(200);
        assertThat(get("/below").statusCode()).isEqualTo(404);
        assertThat(get("/echo/a").statusCode()).isEqualTo(404);
    }

    @Test
    void bodiesAreBounded() throws Exception {
        assertThat(send("POST", "/echo?name=x", "0123456789abcdef").body())
                .isEqualTo("anyone x 0123456789abcdef");
        assertThat(send("POST", "/echo", "0123456789abcdefg").statusCode()).isEqualTo(413);
        String chunked =
                RawClient.exchangePlain(
                        server.port(),
                        lines(
                                "POST /echo HTTP/1.1",
                                "Host: h",
                                "Connection: close",
                                "Transfer-Encoding: chunked",
                                "",
                                "11",
                                "0123456789abcdefg",
                                "0",
                                "",
                                ""));
        assertThat(chunked).startsWith("HTTP/1.1 413");
    }

    @Test
    void headsAreBounded() throws Exception {
        String many =
                RawClient.exchangePlain(
                        server.port(),
                        "GET /echo HTTP/1.1\r\nHost: h\r\nConnection: close\r\n"
                                + "X-A: b\r\n".repeat(101)
                                + "\r\n");
        String target =
                RawClient.exchangePlain(
                        server.port(),
                        "GET /echo?name="
                                + "x".repeat(9000)
                                + " HTTP/1.1\r\nHost: h\r\nConnection: close\r\n\r\n");

        assertThat(many).startsWith("HTTP/1.1 431");
        assertThat(target).startsWith("HTTP/1.1 414");
    }

    @Test
    void aParameterThatIsThereTwiceIsRefused() throws Exception {
        assertThat(get("/echo?name=a&name=b").statusCode()).isEqualTo(400);
        assertThat(get("/echo?other=a&name=b%20c").body()).isEqualTo("anyone b c ");
    }

    @Test
    void aFaultTellsNothing() throws Exception {
        HttpResponse<String> answer = get("/failing");

        assertThat(answer.statusCode()).isEqualTo(500);
        assertThat(answer.body()).contains("\"internal\"").doesNotContain("secret");
    }

    @Test
    void operatorsGetToWhatIsTheirsAndEachUseIsRecorded() throws Exception {
        HttpResponse<String> read = send("GET", "/own", "", "Authorization", "Bearer ada");
        HttpResponse<String> change = send("POST", "/own", "", "Authorization", "Bearer ada");

        assertThat(read.body()).startsWith("t/ada ");
        assertThat(change.statusCode()).isEqualTo(200);
        assertThat(uses).containsExactly("t/ada admin.own", "t/ada admin.own durably");
    }

    @Test
    void everyoneElseIsRefusedAndRecorded() throws Exception {
        HttpResponse<String> nobody = get("/own");
        HttpResponse<String> other = send("POST", "/own", "", "Authorization", "Bearer bob");

        assertThat(nobody.statusCode()).isEqualTo(401);
        assertThat(other.statusCode()).isEqualTo(401);
        assertThat(other.body()).doesNotContain("bob");
        assertThat(uses).containsExactly("nobody admin.refused", "nobody admin.refused");
    }

    @Test
    void twoAuthorizationsAreNone() throws Exception {
        String answer =
                RawClient.exchangePlain(
                        server.port(),
                        lines(
                                "GET /own HTTP/1.1",
                                "Host: h",
                                "Connection: close",
                                "Authorization: Bearer ada",
                                "Authorization: Bearer ada",
                                "",
                                ""));

        assertThat(answer).startsWith("HTTP/1.1 400");
    }

    @Test
    void whatCannotBeRecordedIsNotDone() throws Exception {
        recording.set(false);

        HttpResponse<String> answer = send("POST", "/own", "", "Authorization", "Bearer ada");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.body()).contains("journal_unavailable");
    }

    @Test
    void aPathIsGivenOnce() {
        assertThatThrownBy(
                        () ->
                                new ResourceTable(
                                        List.of(
                                                new Echo("/a", Access.OPEN),
                                                new Echo("/a", Access.OPEN))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("/a");
    }

    private static String lines(String... lines) {
        return String.join("\r\n", lines);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return send("GET", path, "");
    }

    private HttpResponse<String> send(String method, String path, String body, String... fields)
            throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
        HttpRequest.Builder request =
                HttpRequest.newBuilder(uri).method(method, BodyPublishers.ofString(body));
        if (fields.length > 0) {
            request.headers(fields);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HealthReport report() {
        return new HealthReport(
                List.of(
                        new ComponentHealth("journal", journalHealthy.get(), "disk \"full\""),
                        new ComponentHealth("keys", true, "")));
    }
}

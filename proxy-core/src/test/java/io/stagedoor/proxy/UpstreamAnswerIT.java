package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RawClient;
import io.stagedoor.proxy.testing.RawOrigin;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the answers that a service gives: codings, challenges, links, and no body at all. */
class UpstreamAnswerIT {

    private static final RawOrigin ORIGIN = RawOrigin.start(UpstreamAnswerIT::converse);
    private static final Pattern LENGTH = Pattern.compile("Content-Length: ([0-9]+)");
    private static final String LIST = "/pipelines";
    private static final String CHALLENGE =
            "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\nWWW-Authenticate: Bearer"
                    + " authorization_uri=\"https://login.example\"\r\n\r\nno";

    private static final AtomicReference<Duration> LATER = new AtomicReference<>(Duration.ZERO);
    private static final AtomicReference<String> REPLY = new AtomicReference<>("");
    private static final AtomicInteger CHALLENGES = new AtomicInteger();
    private static final List<String> SEEN = Collections.synchronizedList(new ArrayList<>());

    private static final AtomicReference<String> CREDENTIAL = new AtomicReference<>("");
    private static final AtomicReference<String> NEXT = new AtomicReference<>("");

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture =
                ProxyFixture.start(
                        UpstreamAnswerIT::configured,
                        scenery -> CREDENTIAL.set(credentialIn(scenery)),
                        () -> InstantSource.system().instant().plus(LATER.get()),
                        _ -> Optional.ofNullable(CREDENTIAL.get()));
    }

    /** The role assignments still come from the demo's workspace: only exchanges meet the origin. */
    private static String configured(String configuration) {
        return configuration
                .replace(
                        "    upstream:\n",
                        "    upstream:\n      endpoints: ['http://127.0.0.1:"
                                + ORIGIN.port()
                                + "']\n")
                .replace("file:upstream.token", "env:UPSTREAM")
                .replace("poll_interval: 5s", "poll_interval: 1h\n      max_age: 1d");
    }

    private static String credentialIn(DemoScenery scenery) {
        try {
            return Files.readString(scenery.configuration().resolveSibling("upstream.token"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Another credential can be had from the moment at which the one in use is refused. */
    private static String freshCredential() {
        String fresh = UUID.randomUUID().toString();
        NEXT.set(fresh);
        return fresh;
    }

    @AfterAll
    static void stop() {
        fixture.close();
        ORIGIN.close();
    }

    /** A refused credential is dropped at most once in thirty seconds. */
    @BeforeEach
    void aLittleLater() {
        SEEN.clear();
        CHALLENGES.set(0);
        NEXT.set(CREDENTIAL.get());
        LATER.updateAndGet(time -> time.plusSeconds(31));
    }

    @ParameterizedTest
    @CsvSource({"gzip, true", "gzip, false", "deflate, true", "x-gzip, false"})
    void linksInACodedListAreRewrittenAllTheSame(String coding, boolean chunked) {
        byte[] body = coded(coding, page(names()));
        REPLY.set(answering(fields(coding), body, chunked));

        String answer = exchange("GET", LIST, "Accept-Encoding: gzip, br\r\n", "");

        String text = page(fixture.base().toString());
        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("\r\n\r\n" + text);
        assertThat(answer).doesNotContainIgnoringCase("content-encoding");
        assertThat(answer).doesNotContain("Content-MD5").contains("Vary: Accept-Encoding");
        assertThat(answer).contains("Content-Length: " + text.length() + "\r\n");
        assertThat(SEEN.getLast()).contains("Accept-Encoding: identity");
    }

    @Test
    void idInACodedAnswerIsSeenAndTheClientGetsItPlain() throws Exception {
        String run = UUID.randomUUID().toString();
        byte[] body = coded("gzip", "{\"runId\":\"" + run + "\"}");
        REPLY.set(answering(fields("gzip"), body, true));

        String answer = exchange("POST", "/pipelines/nightly/createRun", "", "");

        assertThat(answer).contains("{\"runId\":\"" + run + "\"}");
        assertThat(answer).doesNotContainIgnoringCase("content-encoding");
        assertThat(journal()).contains(run);
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "zstd", "gzip, gzip"})
    void listInACodingThatCannotBeReadIsWithheld(String coding) {
        REPLY.set(answering(fields(coding), new byte[] {1, 2, 3}, false));

        String answer = exchange("GET", LIST, "", "");

        assertThat(answer).startsWith("HTTP/1.1 502 ").contains("`" + coding + "`");
    }

    @Test
    void codedBombIsWithheld() {
        REPLY.set(answering(fields("gzip"), coded("gzip", " ".repeat(32 << 20)), false));

        String answer = exchange("GET", LIST, "", "");

        assertThat(answer).startsWith("HTTP/1.1 502 ").contains("expands to far more");
    }

    @Test
    void codedAnswerThatIsCutIsNotPassedAsWhole() {
        byte[] whole = coded("gzip", page(names()));
        REPLY.set(answering(fields("gzip"), Arrays.copyOf(whole, whole.length - 9), false));

        assertThat(exchange("GET", LIST, "", "")).startsWith("HTTP/1.1 502 ").contains("is broken");
    }

    @Test
    void bodyThatNobodyReadsKeepsItsCoding() {
        byte[] body = {31, -117, 8, 9, 9};
        REPLY.set(answering(fields("gzip"), body, false));

        String answer = exchange("GET", "/notebooks/n", "Accept-Encoding: gzip\r\n", "");

        assertThat(answer).contains("Content-Encoding: gzip").contains("Content-Length: 5");
        assertThat(SEEN.getLast()).contains("Accept-Encoding: gzip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /pipelines", "GET /notebooks/n", "POST /pipelines/p/createRun"})
    void refusedCredentialIsReplacedAndTheRequestSentOnceMore(String call) throws Exception {
        challenge(1);
        String fresh = freshCredential();

        String answer = exchange(call.split(" ")[0], call.split(" ")[1], "", "");

        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContainIgnoringCase("www-auth");
        assertThat(SEEN).hasSize(2);
        assertThat(SEEN.getLast()).contains("Bearer " + fresh);
        assertThat(SEEN.getFirst()).doesNotContain("Bearer " + fresh);
    }

    @Test
    void bodyThatWasKeptIsSentOnceMoreToo() throws Exception {
        challenge(1);
        freshCredential();
        String body = "{\"notebook\":\"n\",\"sparkPool\":\"small\"}";

        String answer =
                exchange(
                        "PUT",
                        "/notebooks/runs/" + UUID.randomUUID(),
                        "Content-Type: application/json\r\nContent-Length: "
                                + body.length()
                                + "\r\n",
                        body);

        assertThat(answer).startsWith("HTTP/1.1 200 ");
        assertThat(SEEN).hasSize(2);
        assertThat(SEEN.getLast()).contains("Content-Length: " + body.length());
    }

    @Test
    void bodyThatIsGoneIsNotSentAgain() throws Exception {
        challenge(1);
        freshCredential();

        String answer =
                exchange(
                        "PUT",
                        "/notebooks/n",
                        "Content-Type: application/json\r\nContent-Length: 2\r\n",
                        "{}");

        assertThat(answer).startsWith("HTTP/1.1 502 ").contains("credential_unavailable");
        assertThat(SEEN).hasSize(1);
    }

    @Test
    void challengeIsNeverPassedOnAndNeverAnsweredTwice() throws Exception {
        challenge(100);
        freshCredential();

        String answer = exchange("GET", LIST, "", "");

        assertThat(answer).startsWith("HTTP/1.1 502 ").contains("credential_unavailable");
        assertThat(answer).doesNotContainIgnoringCase("www-auth").doesNotContain("login.example");
        assertThat(SEEN).hasSize(2);
    }

    @Test
    void requestIsNotSentAgainWithTheCredentialThatWasRefused() {
        challenge(100);

        String answer = exchange("GET", LIST, "", "");

        assertThat(answer).startsWith("HTTP/1.1 502 ").contains("credential_unavailable");
        assertThat(SEEN).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Location: %s/a?b=c",
                "Content-Location: %s/a?b=c",
                "Operation-Location: %s/a?b=c",
                "azure-asyncoperation: %s/a?b=c",
                "Link: <%s/a?b=c>; rel=next",
            })
    void everyLinkFieldLeadsBackOrIsWithheld(String field) {
        REPLY.set(
                "HTTP/1.1 200 OK\r\n"
                        + String.format(Locale.ROOT, field, names())
                        + "\r\nSet-Cookie: a=b\r\nContent-Length: 2\r\n\r\nok");
        String own = exchange("GET", "/notebooks/n", "", "");
        REPLY.set(
                "HTTP/1.1 200 OK\r\n"
                        + String.format(Locale.ROOT, field, "https://evil.example")
                        + "\r\nContent-Length: 2\r\n\r\nok");
        String foreign = exchange("GET", "/notebooks/n", "", "");

        String name = field.substring(0, field.indexOf(':'));
        assertThat(own).startsWith("HTTP/1.1 200 ").contains(fixture.base() + "/a?b=c");
        assertThat(own).doesNotContainIgnoringCase("set-cookie");
        assertThat(foreign)
                .startsWith("HTTP/1.1 502 ")
                .contains("foreign_location")
                .contains("`" + name.toLowerCase(Locale.ROOT) + "`")
                .doesNotContain("evil.example");
    }

    @Test
    void withheldAnswersAreCountedByServiceAndField() throws Exception {
        REPLY.set(
                answering(
                        "",
                        "{\"nextLink\":\"https://evil.example\"}"
                                .getBytes(StandardCharsets.US_ASCII),
                        false));

        exchange("GET", LIST, "", "");

        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(fixture.admin("/metrics").body())
                                        .containsPattern(
                                                "stagedoor_foreign_locations_total\\{field=\"nextLink\",service=\"demo\"} [1-9]"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"204 No Content", "304 Not Modified"})
    void answerWithoutABodyStaysWithoutOne(String status) {
        REPLY.set("HTTP/1.1 " + status + "\r\nETag: \"1\"\r\nContent-Encoding: gzip\r\n\r\n");

        String answer = exchange("GET", LIST, "", "");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status)
                .endsWith("\r\n\r\n")
                .contains("ETag: \"1\"")
                .doesNotContainIgnoringCase("transfer-encoding");
    }

    @Test
    void earlyHintsAreNoAnswer() {
        REPLY.set(
                "HTTP/1.1 103 Early Hints\r\nLink: <https://evil.example>\r\n\r\n"
                        + "HTTP/1.1 100 Continue\r\n\r\n"
                        + RawOrigin.ok("{\"value\":[]}"));

        String answer = exchange("GET", LIST, "", "");

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("{\"value\":[]}");
        assertThat(answer).doesNotContain("evil.example");
    }

    private static String names() {
        return fixture.workspace().uri().toString();
    }

    private static String page(String base) {
        return new String(
                String.format(
                                Locale.ROOT,
                                "{\"value\":[{\"name\":\"é\"}],\"nextLink\":\"%s/2\"}",
                                base)
                        .getBytes(StandardCharsets.UTF_8),
                StandardCharsets.ISO_8859_1);
    }

    private static String fields(String coding) {
        return "Content-Encoding: " + coding + "\r\nContent-MD5: x\r\nVary: Accept-Encoding\r\n";
    }

    /** Answers each request on a connection with what is set by then. */
    private static void converse(RawOrigin.Conversation conversation) throws IOException {
        String head = conversation.readHead();
        while (!head.isEmpty()) {
            Matcher length = LENGTH.matcher(head);
            if (length.find()) {
                conversation.read(Integer.parseInt(length.group(1)));
            }
            SEEN.add(head);
            boolean challenges = CHALLENGES.getAndDecrement() > 0;
            if (challenges) {
                CREDENTIAL.set(NEXT.get());
            }
            conversation.send(challenges ? CHALLENGE : REPLY.get());
            head = conversation.readHead();
        }
    }

    private static String answering(String fields, byte[] body, boolean chunked) {
        String octets = new String(body, StandardCharsets.ISO_8859_1);
        String framed =
                chunked
                        ? "Transfer-Encoding: chunked\r\n\r\n1\r\n"
                                + octets.charAt(0)
                                + "\r\n"
                                + Integer.toHexString(octets.length() - 1)
                                + "\r\n"
                                + octets.substring(1)
                                + "\r\n0\r\n\r\n"
                        : "Content-Length: " + octets.length() + "\r\n\r\n" + octets;
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + fields + framed;
    }

    /** Refuses the credential so many times, and is content then. */
    private static void challenge(int times) {
        CHALLENGES.set(times);
        REPLY.set(RawOrigin.ok("{}"));
    }

    private static byte[] coded(String coding, String text) {
        ByteArrayOutputStream coded = new ByteArrayOutputStream();
        try (OutputStream to =
                coding.equals("deflate")
                        ? new DeflaterOutputStream(coded)
                        : new GZIPOutputStream(coded)) {
            to.write(text.getBytes(StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return coded.toByteArray();
    }

    private static String journal() throws IOException {
        StringBuilder all = new StringBuilder();
        try (var files = Files.list(fixture.journalFolder())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return all.toString();
    }

    private static String exchange(String method, String path, String fields, String body) {
        try {
            return RawClient.exchange(
                    fixture.scenery().authority().trustingContext(),
                    fixture.proxy().port(),
                    method
                            + " /synapse/demo"
                            + path
                            + "?api-version=2020-12-01 HTTP/1.1\r\nHost: localhost:"
                            + fixture.proxy().port()
                            + "\r\nConnection: close\r\nAuthorization: Bearer "
                            + fixture.scenery().token(DemoCast.ENGINEER)
                            + "\r\n"
                            + fields
                            + "\r\n"
                            + body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.RawClient;
import io.stagedoor.proxy.testing.RawOrigin;
import io.stagedoor.proxy.testing.RawOrigin.Script;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way in which an upstream can misbehave: what the client sees, what is recorded, and that the
 * next client is served as if nothing had been.
 */
class BadUpstreamIT {

    private static final Pattern DECISION = Pattern.compile("X-Stagedoor-Decision-Id: (\\w+)");
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/x-raw\r\n";
    private static final RawOrigin ORIGIN = RawOrigin.start(politely());

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start(BadUpstreamIT::withBadUpstream);
    }

    /** The role assignments still come from the demo's workspace: only exchanges meet the origin. */
    private static String withBadUpstream(String configuration) {
        return configuration.replace(
                        "    upstream:\n",
                        "    upstream:\n      endpoints: ['http://127.0.0.1:"
                                + ORIGIN.port()
                                + "']\n")
                + """
                upstream_connections:
                  response_timeout: 600ms
                  stall_timeout: 600ms
                  total_timeout: 3s
                  max_attempts: 1
                  circuit: {consecutive_failures: 1000}
                """;
    }

    @AfterAll
    static void stop() {
        fixture.close();
        ORIGIN.close();
    }

    /** A connection of its own for each, so that each case has one too. */
    private static Script politely() {
        return conversation -> {
            conversation.readHead();
            conversation.send(
                    "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\npolite");
        };
    }

    /** Name, what the origin does after the head of the request, and what the record says of it. */
    private static Arguments row(String name, Script script, String outcome, String failure) {
        return Arguments.of(name, script, outcome, failure);
    }

    /** Sends octets and then waits for the other side to close. */
    private static Script says(String octets) {
        return conversation -> {
            conversation.send(octets);
            conversation.stall();
        };
    }

    /** Does the same in two pieces. */
    private static Script later(String first, String then) {
        return conversation -> {
            conversation.send(first);
            conversation.pause(100);
            conversation.send(then);
            conversation.stall();
        };
    }

    private static Script head(String fields) {
        return says(HEAD + fields + "\r\n");
    }

    private static final String LOST = "closed before the response was complete";
    private static final String RESET = "the connection";
    private static final String SILENT = "no answer within 600 ms";
    private static final String STALLED = "nothing more of the answer came for 600 ms";
    private static final String BAD = "the response is malformed: ";

    static Stream<Arguments> noAnswer() {
        return Stream.of(silence(), ambiguity(), ambiguityOfLines()).flatMap(Function.identity());
    }

    private static Stream<Arguments> silence() {
        return Stream.of(
                row("closes at once", _ -> {}, "unknown", LOST),
                row("resets at once", RawOrigin.Conversation::reset, "unknown", RESET),
                row("stalls before the head", RawOrigin.Conversation::stall, "unknown", SILENT),
                row("stalls inside the head", says("HTTP/1.1 200 OK\r\nConte"), "unknown", SILENT),
                row("drips the head", it -> it.drip(HEAD.repeat(100), 20), "unknown", SILENT),
                row(
                        "closes inside the head",
                        it -> it.send("HTTP/1.1 200 OK\r\nConte"),
                        "unknown",
                        BAD + "it ended inside its head"),
                row(
                        "resets inside the head",
                        it -> {
                            it.send("HTTP/1.1 200 OK\r\nConte");
                            it.pause(50);
                            it.reset();
                        },
                        "unknown",
                        RESET),
                row(
                        "never ends its head",
                        it -> {
                            it.send(HEAD);
                            it.flood("X-More: and more\r\n");
                        },
                        "unknown",
                        BAD + "its head is too long"),
                row(
                        "floods with interim responses",
                        it -> it.flood("HTTP/1.1 103 Early Hints\r\n\r\n"),
                        "unknown",
                        "too many interim responses"),
                row(
                        "switches protocols unasked",
                        says("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n"),
                        "unknown",
                        "switched protocols unasked"));
    }

    private static Stream<Arguments> ambiguity() {
        return Stream.of(
                row("speaks HTTP/0.9", says("hello\r\n\r\n"), "unknown", BAD),
                row(
                        "speaks HTTP/2",
                        says("HTTP/2.0 200 OK\r\n\r\n"),
                        "unknown",
                        BAD + "its protocol"),
                row(
                        "has no such status",
                        says("HTTP/1.1 999 X\r\n\r\n"),
                        "unknown",
                        BAD + "its status"),
                row(
                        "frames twice",
                        head("Content-Length: 2\r\nTransfer-Encoding: chunked\r\n"),
                        "unknown",
                        BAD + "it has both"),
                row(
                        "has two lengths",
                        head("Content-Length: 2\r\nContent-Length: 3\r\n"),
                        "unknown",
                        BAD),
                row("has a list of lengths", head("Content-Length: 2, 2\r\n"), "unknown", BAD),
                row("has a negative length", head("Content-Length: -1\r\n"), "unknown", BAD),
                row("has a signed length", head("Content-Length: +2\r\n"), "unknown", BAD),
                row(
                        "has an endless length",
                        head("Content-Length: 99999999999999999999\r\n"),
                        "unknown",
                        BAD),
                row("has an odd coding", head("Transfer-Encoding: gzip\r\n"), "unknown", BAD),
                row(
                        "has two codings",
                        head("Transfer-Encoding: gzip, chunked\r\n"),
                        "unknown",
                        BAD),
                row("has a NUL in a value", head("X-A: a\0b\r\n"), "unknown", BAD));
    }

    private static Stream<Arguments> ambiguityOfLines() {
        return Stream.of(
                row(
                        "codes in HTTP/1.0",
                        says("HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                        "unknown",
                        BAD + "it has a Transfer-Encoding in HTTP/1.0"),
                row(
                        "codes what has no body",
                        says("HTTP/1.1 204 No Content\r\nTransfer-Encoding: chunked\r\n\r\n"),
                        "unknown",
                        BAD + "it has a Transfer-Encoding, but no body"),
                row("has a bare CR in a value", head("X-A: a\rb\r\n"), "unknown", BAD),
                row(
                        "ends lines by LF",
                        says("HTTP/1.1 200 OK\nContent-Length: 0\n\n"),
                        "unknown",
                        BAD));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswer")
    void readOfAnUpstreamThatGivesNoAnswerIsABadGateway(
            String name, Script script, String outcome, String failure) throws IOException {
        ORIGIN.behave(after(script));

        String answer = get();

        assertThat(answer).startsWith("HTTP/1.1 502 ").contains("upstream_failed");
        assertRecorded(answer, outcome, failure);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("noAnswer")
    void writeThatMayHaveTakenEffectIsAConflictThatNoClientRepeats(
            String name, Script script, String outcome, String failure) throws IOException {
        ORIGIN.behave(after(script));

        String answer = request("PUT", "/notebooks/n", "Content-Length: 2\r\n", "{}");

        assertThat(answer).startsWith("HTTP/1.1 409 ").contains("outcome_unknown");
        assertRecorded(answer, outcome, failure);
    }

    static Stream<Arguments> brokenAnswers() {
        String chunked = HEAD + "Transfer-Encoding: chunked\r\n\r\n";
        String ten = HEAD + "Content-Length: 10\r\n\r\n";
        return Stream.of(
                row("stalls inside the body", says(ten + "abc"), "cut_short", STALLED),
                row("stalls between chunks", says(chunked + "3\r\nabc\r\n"), "cut_short", STALLED),
                row("dies inside the body", it -> it.send(ten + "abc"), "cut_short", LOST),
                row("dies inside a chunk", it -> it.send(chunked + "5\r\nabc"), "cut_short", LOST),
                row(
                        "leaves the last chunk out",
                        it -> it.send(chunked + "3\r\nabc\r\n"),
                        "cut_short",
                        LOST),
                row(
                        "resets inside the body",
                        it -> {
                            it.send(ten + "abc");
                            it.pause(100);
                            it.reset();
                        },
                        "cut_short",
                        RESET),
                row("has no chunk size", later(chunked, "zz\r\nabc\r\n"), "cut_short", BAD),
                row("has a negative chunk size", later(chunked, "-3\r\nabc\r\n"), "cut_short", BAD),
                row(
                        "has an endless chunk size",
                        later(chunked, "FFFFFFFFFFFFFFFFF\r\nabc\r\n"),
                        "cut_short",
                        BAD),
                row(
                        "drips the body",
                        it -> {
                            it.send(HEAD + "Content-Length: 1000\r\n\r\n");
                            it.drip("x".repeat(1000), 50);
                        },
                        "cut_short",
                        "took longer than it may in all"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("brokenAnswers")
    void answerThatBreaksOffIsCutForTheClientToo(
            String name, Script script, String outcome, String failure) throws IOException {
        ORIGIN.behave(after(script));

        String answer = get();

        assertThat(answer).startsWith("HTTP/1.1 200 ").doesNotContain("\r\n0\r\n\r\n");
        assertThat(answer.length() - answer.indexOf("\r\n\r\n") - 4).isNotEqualTo(10);
        assertRecorded(answer, outcome, failure);
    }

    static Stream<Arguments> moreThanAnAnswer() {
        String two = HEAD + "Content-Length: 2\r\n\r\nok";
        return Stream.of(
                row("says more than its length", says(two + "HTTP/1.1 200 OK\r\n"), "200", "ok"),
                row("answers twice", says(two + RawOrigin.ok("poison")), "200", "ok"),
                row(
                        "goes on after the last chunk",
                        says(HEAD + "Transfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nmore"),
                        "200",
                        "2\r\nok\r\n0\r\n\r\n"),
                row(
                        "keeps sending for ever",
                        it -> {
                            it.send(two);
                            it.flood("more");
                        },
                        "200",
                        "ok"),
                row(
                        "has a body where there is none",
                        says("HTTP/1.1 204 No Content\r\n\r\n" + RawOrigin.ok("poison")),
                        "204",
                        ""),
                row(
                        "has a body after 304",
                        says("HTTP/1.1 304 Not Modified\r\n\r\n" + RawOrigin.ok("poison")),
                        "304",
                        ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("moreThanAnAnswer")
    void whatFollowsAnAnswerReachesNobody(String name, Script script, String status, String body)
            throws IOException {
        ORIGIN.behave(after(script));

        String answer = get();

        assertThat(answer).startsWith("HTTP/1.1 " + status).endsWith(body).doesNotContain("poison");
        assertRecorded(answer, "answered", "");
    }

    /** Whatever happened: the next client is served, and no connection is left over. */
    @AfterEach
    void politeClientIsServedAndNothingIsLeft() {
        ORIGIN.behave(politely());
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(ORIGIN.open()).isLessThanOrEqualTo(1));

        String answer = get();

        assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("polite");
        Awaitility.await().untilAsserted(BadUpstreamIT::assertNothingUnderWay);
    }

    private static void assertNothingUnderWay() throws IOException, InterruptedException {
        assertThat(fixture.admin("/metrics").body())
                .contains("stagedoor_upstream_connections{workspace=\"demo\"} 0.0")
                .contains("stagedoor_upstream_pending{workspace=\"demo\"} 0.0")
                .contains("stagedoor_client_connections 0.0");
    }

    private static Script after(Script script) {
        return conversation -> {
            conversation.readHead();
            script.with(conversation);
        };
    }

    private static String get() {
        return request("GET", "/notebooks/n", "", "");
    }

    private static String request(String method, String path, String fields, String body) {
        try {
            return RawClient.exchange(
                    fixture.scenery().authority().trustingContext(),
                    fixture.proxy().port(),
                    method
                            + " /synapse/demo"
                            + path
                            + "?api-version=2020-12-01 HTTP/1.1\r\nHost: localhost\r\n"
                            + "Connection: close\r\nAuthorization: Bearer "
                            + fixture.scenery().token(DemoCast.ENGINEER)
                            + "\r\n"
                            + fields
                            + "\r\n"
                            + body);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void assertRecorded(String answer, String outcome, String failure) {
        Matcher id = DECISION.matcher(answer);
        assertThat(id.find()).as(answer).isTrue();
        Awaitility.await()
                .atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(recordsOf(id.group(1))).hasSize(2));
        List<JsonNode> records = recordsOf(id.group(1));
        assertThat(records.getFirst().at("/phase").asText()).isEqualTo("decided");
        assertThat(records.getLast().at("/outcome").asText()).isEqualTo(outcome);
        assertThat(records.getLast().at("/upstream/failure").asText()).contains(failure);
    }

    private static List<JsonNode> recordsOf(String id) {
        return JournalReading.ofRequest(fixture.journalFolder(), id);
    }
}

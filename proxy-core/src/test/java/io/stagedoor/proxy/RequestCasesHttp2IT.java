package io.stagedoor.proxy;

import static io.stagedoor.proxy.testing.Http2RawClient.DATA;
import static io.stagedoor.proxy.testing.Http2RawClient.END_HEADERS;
import static io.stagedoor.proxy.testing.Http2RawClient.END_STREAM;
import static io.stagedoor.proxy.testing.Http2RawClient.GOAWAY;
import static io.stagedoor.proxy.testing.Http2RawClient.HEADERS;
import static io.stagedoor.proxy.testing.Http2RawClient.PING;
import static io.stagedoor.proxy.testing.Http2RawClient.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.testing.GuardedServices;
import io.stagedoor.proxy.testing.Http2RawClient;
import io.stagedoor.proxy.testing.Http2RawClient.Frame;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.RequestCase;
import io.stagedoor.proxy.testing.RequestCase.Seen;
import io.stagedoor.proxy.testing.WireRequest;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The requests of {@code request_cases.json} that are frames of HTTP/2, before a workspace that notes
 * every octet; what {@link RequestCasesIT} is to the others. None of them may be served.
 */
class RequestCasesHttp2IT {

    private static final int REQUEST = 1;
    private static final int CONTROL = 3;
    private static final byte[] MARK = new byte[8];

    private static GuardedServices scene;

    @BeforeAll
    static void start() throws IOException {
        scene = GuardedServices.start(text -> text.replace("audit:\n", "audit:\n  sync: all\n"));
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    static Stream<RequestCase> cases() throws IOException {
        return RequestCase.of("h2");
    }

    /** The frame of the head: all octets as the file has them, also those that no head may. */
    private static byte[] headOf(RequestCase request, int flags) {
        List<String> fields =
                request.fields().stream()
                        .flatMap(field -> Stream.of(field.getKey(), field.getValue()))
                        .toList();
        return headOf(
                REQUEST,
                flags,
                request.line(),
                request.data().at("/pseudo/:authority").asText(),
                request.caller(),
                fields);
    }

    /** Returns whether the length it declares is wrong only beside a body. */
    private static boolean declaresLength(RequestCase request) {
        return request.data().get("headers").toString().contains("content-length");
    }

    @Test
    void coversAllCasesThatAreNotOfHttp1() throws IOException {
        assertThat(cases().map(RequestCase::id))
                .containsExactly(
                        "h2-01", "h2-02", "h2-03", "h2-05", "h2-06", "h2-08", "h2-09", "h2-10");
    }

    /**
     * Without a body, but for h2-10: the file's reason is DATA of another length than declared, and
     * without any DATA it would be a request as good as any.
     */
    @ParameterizedTest
    @MethodSource("cases")
    void holdsAllFourInvariants(RequestCase request) throws IOException {
        if (declaresLength(request)) {
            checkRefused(request, headOf(request, END_HEADERS), smuggled());
        } else {
            checkRefused(request, headOf(request, END_HEADERS | END_STREAM));
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void neverTakesAnUnreadBodyForARequest(RequestCase request) throws IOException {
        checkRefused(request, headOf(request, END_HEADERS), smuggled());
    }

    /** A head is not forwarded as a whole request while octets may follow that it denies. */
    @ParameterizedTest
    @MethodSource("cases")
    void isRefusedAlsoWhenItsBodyComesLater(RequestCase request) throws IOException {
        Seen before = Seen.in(scene);
        try (Http2RawClient client = connect()) {
            client.write(headOf(request, END_HEADERS));
            client.send(PING, 0, 0, MARK);
            client.await(frame -> frame.is(PING));
            client.write(smuggled());

            checkOutcome(request, client, before);
            checkControl(client, before);
        }
    }

    private static void checkRefused(RequestCase request, byte[]... frames) throws IOException {
        Seen before = Seen.in(scene);
        try (Http2RawClient client = connect()) {
            for (byte[] frame : frames) {
                client.write(frame);
            }

            checkOutcome(request, client, before);
            checkControl(client, before);
        }
    }

    private static void checkOutcome(RequestCase request, Http2RawClient client, Seen before)
            throws IOException {
        Frame answer = outcomeOn(client);

        assertThat(request.expected()).contains(outcomeOf(answer));
        if (answer.is(HEADERS)) {
            checkDenied(answer.head().getOrDefault("x-stagedoor-decision-id", "none"));
        }
        assertThat(Seen.in(scene)).isEqualTo(before);
    }

    private static void checkDenied(String decision) {
        Awaitility.await()
                .untilAsserted(
                        () ->
                                assertThat(
                                                JournalReading.ofRequest(
                                                        scene.fixture().journalFolder(), decision))
                                        .extracting(one -> one.at("/decision/verdict").asText())
                                        .containsExactly("deny"));
    }

    private static Frame outcomeOn(Http2RawClient client) throws IOException {
        Predicate<Frame> outcome =
                frame -> frame.stream() == REQUEST && (frame.is(HEADERS) || frame.is(RST_STREAM));
        Optional<Frame> seen = client.seen().stream().filter(outcome).findFirst();
        return seen.isPresent() ? seen.get() : client.await(outcome);
    }

    /** The file's words for what comes back. */
    private static String outcomeOf(Frame answer) {
        if (answer.is(RST_STREAM)) {
            return "rst-stream";
        }
        return answer.status() == 421 ? "misdirected-421" : RequestCase.outcomeOf(answer.status());
    }

    /** The connection goes on or is closed; the next request is the only one that goes upstream. */
    private static void checkControl(Http2RawClient client, Seen before) throws IOException {
        assertThat(controlOn(client)).isEqualTo(200);
        assertThat(before.since(scene))
                .extracting(WireRequest::line)
                .containsExactly(RequestCase.CONTROL + " HTTP/1.1");
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(Seen.permitsIn(scene)).isEqualTo(before.permits() + 1));
        assertThat(scene.first().faults()).isEmpty();
        assertThat(scene.second().octets()).isZero();
    }

    private static int controlOn(Http2RawClient client) throws IOException {
        try {
            Frame answer = control(client);
            if (answer.is(HEADERS)) {
                return answer.status();
            }
        } catch (SocketException | SSLException _) {
            // closed before the request was sent
        }
        try (Http2RawClient another = connect()) {
            return control(another).status();
        }
    }

    private static Frame control(Http2RawClient client) throws IOException {
        client.write(
                headOf(
                        CONTROL,
                        END_HEADERS | END_STREAM,
                        RequestCase.CONTROL,
                        GuardedServices.HOST,
                        "reader",
                        List.of()));
        return client.await(
                frame -> frame.is(GOAWAY) || (frame.stream() == CONTROL && frame.is(HEADERS)));
    }

    private static byte[] smuggled() {
        return Http2RawClient.frame(
                DATA,
                END_STREAM,
                REQUEST,
                RequestCase.SMUGGLED.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] headOf(
            int stream,
            int flags,
            String line,
            String authority,
            String caller,
            List<String> further) {
        int space = line.indexOf(' ');
        List<String> fields =
                new ArrayList<>(
                        List.of(
                                ":method",
                                line.substring(0, space),
                                ":scheme",
                                "https",
                                ":path",
                                line.substring(space + 1),
                                ":authority",
                                authority,
                                "authorization",
                                "Bearer " + scene.token(caller)));
        fields.addAll(further);
        return Http2RawClient.frame(
                HEADERS, flags, stream, Http2RawClient.head(fields.toArray(String[]::new)));
    }

    private static Http2RawClient connect() throws IOException {
        return Http2RawClient.connect(scene.tls(), scene.fixture().proxy().port());
    }
}

package io.stagedoor.proxy.directory.synapse;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.FixedAuthorization;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceReaderTest {

    @RegisterExtension static final FakeWorkspace WORKSPACE = new FakeWorkspace();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final TestClock clock = new TestClock();
    private final FixedAuthorization authorization = new FixedAuthorization("Bearer one");
    private final List<Duration> pauses = new ArrayList<>();
    private final List<WorkspaceReader> opened = new ArrayList<>();
    private WorkspaceReader reader;

    @BeforeEach
    void open() throws Exception {
        reader = open(authorization, FakeWorkspace.limits());
    }

    @AfterEach
    void close() {
        opened.forEach(WorkspaceReader::close);
    }

    @Test
    void readsAJsonAnswer() throws Exception {
        serve(ok());

        WorkspaceAnswer answer = get();

        assertThat(answer.isFound()).isTrue();
        assertThat(answer.body()).asString().isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(ints = {304, 404})
    void takesUnchangedAndMissingForAnswers(int status) throws Exception {
        serve(aResponse().withStatus(status));

        assertThat(get().status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "400, the workspace answered status 400",
        "401, the workspace refused the proxy's credential (status 401)",
        "403, the proxy's identity lacks a Synapse role for this (status 403)",
        "204, the workspace answered status 204",
        "206, the workspace answered status 206",
        "500, the workspace answered status 500",
        "502, the workspace answered status 502"
    })
    void takesNoOtherStatusForAnAnswer(int status, String message) {
        serve(ok().withStatus(status));

        assertThatThrownBy(this::get)
                .isInstanceOf(WorkspaceReadException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsNoRedirect(int status) {
        serve(
                aResponse()
                        .withStatus(status)
                        .withHeader("location", WORKSPACE.uri() + "/elsewhere"));

        assertThatThrownBy(this::get).hasMessage("the workspace answered status " + status);
        WORKSPACE.server().verify(1, anyRequestedFor(anyUrl()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "text/plain; charset=utf-8", "application/jsonp", ""})
    void takesNothingButJson(String type) {
        serve(aResponse().withHeader("content-type", type).withBody("{}"));

        assertThatThrownBy(this::get).hasMessageEndingWith("not JSON");
    }

    @Test
    void takesNoAnswerWithoutAType() {
        serve(aResponse().withBody("{}"));

        assertThatThrownBy(this::get).hasMessage("the answer is `none`, not JSON");
    }

    @Test
    void takesNoCodingItDidNotAskFor() {
        serve(ok().withHeader("content-encoding", "br"));

        assertThatThrownBy(this::get).hasMessageContaining("coding `br`");
    }

    @Test
    void stopsReadingAHugeBody() {
        serve(ok().withBody("x".repeat((1 << 20) + 1)));

        assertThatThrownBy(this::get)
                .isInstanceOf(WorkspaceReadException.class)
                .hasMessageContaining("exceeds");
    }

    @Test
    void readsABodyOfExactlyTheLimit() throws Exception {
        serve(ok().withBody("x".repeat(1 << 20)));

        assertThat(get().body()).hasSize(1 << 20);
    }

    @Test
    void givesUpOnAnAnswerThatDoesNotBegin() throws Exception {
        serve(ok().withFixedDelay(5_000));

        assertThatThrownBy(() -> quick().get("/x", Map.of(), PATIENCE))
                .hasMessageContaining("did not answer");
    }

    @Test
    void givesUpOnAnAnswerThatDoesNotEnd() throws Exception {
        serve(ok().withBody("x".repeat(1000)).withChunkedDribbleDelay(50, 20_000));

        assertThatThrownBy(() -> quick().get("/x", Map.of(), PATIENCE))
                .hasMessageContaining("did not answer");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"EMPTY_RESPONSE", "MALFORMED_RESPONSE_CHUNK", "CONNECTION_RESET_BY_PEER"})
    void saysThatReadingFailedWhenTheConnectionBreaks(String fault) {
        serve(aResponse().withFault(Fault.valueOf(fault)));

        assertThatThrownBy(this::get)
                .isInstanceOf(WorkspaceReadException.class)
                .hasMessageStartingWith("reading from the workspace failed");
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 503})
    void waitsAsLongAsAskedAndTriesAgain(int status) throws Exception {
        serveFirst(aResponse().withStatus(status).withHeader("retry-after", "7"), ok());

        assertThat(get().isFound()).isTrue();
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void waitsALittleWhenNotTold() throws Exception {
        serveFirst(aResponse().withStatus(429), ok());

        assertThat(get().isFound()).isTrue();
        assertThat(pauses).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void waitsNoLongerThanItsPatienceAndTellsHowLongItShould() {
        serve(aResponse().withStatus(429).withHeader("retry-after", "31"));

        assertThatThrownBy(this::get)
                .hasMessage("the workspace is busy (status 429)")
                .isInstanceOfSatisfying(
                        WorkspaceReadException.class,
                        e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(31)));
        assertThat(pauses).isEmpty();
    }

    @Test
    void sumsItsWaitsUp() {
        serve(aResponse().withStatus(503).withHeader("retry-after", "20"));

        assertThatThrownBy(this::get).hasMessageContaining("busy");
        assertThat(pauses).containsExactly(Duration.ofSeconds(20));
    }

    @Test
    void triesNoMoreOftenThanItsLimit() {
        serve(aResponse().withStatus(429).withHeader("retry-after", "1"));

        assertThatThrownBy(this::get).hasMessageContaining("busy");
        WORKSPACE.server().verify(3, anyRequestedFor(anyUrl()));
    }

    @Test
    void stopsWaitingWhenClosed() throws Exception {
        serve(aResponse().withStatus(429).withHeader("retry-after", "25"));
        CountDownLatch waiting = new CountDownLatch(1);
        WorkspaceReader patient = WORKSPACE.reader(() -> seen(waiting));
        CompletableFuture<String> message = CompletableFuture.supplyAsync(() -> messageOf(patient));

        assertThat(waiting.await(60, TimeUnit.SECONDS)).isTrue();
        patient.close();

        assertThat(message.get(60, TimeUnit.SECONDS)).isNotEmpty();
    }

    @Test
    void replacesARefusedCredentialOnce() throws Exception {
        FixedAuthorization two = new FixedAuthorization("Bearer one", "Bearer two");
        serve(ok());
        WORKSPACE
                .server()
                .stubFor(
                        any(anyUrl())
                                .withHeader("authorization", equalTo("Bearer one"))
                                .willReturn(aResponse().withStatus(401)));

        WorkspaceAnswer answer = open(two, FakeWorkspace.limits()).get("/x", Map.of(), PATIENCE);

        assertThat(answer.isFound()).isTrue();
        assertThat(two.refused).containsExactly("Bearer one");
    }

    @Test
    void doesNotReplaceACredentialTwice() throws Exception {
        FixedAuthorization three = new FixedAuthorization("Bearer 1", "Bearer 2", "Bearer 3");
        serve(aResponse().withStatus(401));
        WorkspaceReader mine = open(three, FakeWorkspace.limits());

        assertThatThrownBy(() -> mine.get("/x", Map.of(), PATIENCE))
                .hasMessageContaining("status 401");
        WORKSPACE.server().verify(2, anyRequestedFor(anyUrl()));
    }

    @Test
    void sendsNothingWithoutACredential() throws Exception {
        WorkspaceReader poor =
                open(
                        new UpstreamAuthorization() {
                            @Override
                            public String value() throws RefusedException {
                                throw RefusedException.of(
                                        Code.CREDENTIAL_UNAVAILABLE, "there is none");
                            }

                            @Override
                            public boolean refused(String value) {
                                return false;
                            }
                        },
                        FakeWorkspace.limits());

        assertThatThrownBy(() -> poor.get("/x", Map.of(), PATIENCE)).hasMessage("there is none");
        WORKSPACE.server().verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void sendsNothingToAWorkspaceItDoesNotTrust() {
        WorkspaceReader wary =
                new WorkspaceReader(
                        WORKSPACE.uri(),
                        Optional.empty(),
                        authorization,
                        FakeWorkspace.limits(),
                        clock);
        opened.add(wary);

        assertThatThrownBy(() -> wary.get("/x", Map.of(), PATIENCE))
                .hasMessage("the workspace's certificate or TLS is not acceptable");
        WORKSPACE.server().verify(0, anyRequestedFor(anyUrl()));
    }

    @Test
    void saysThatNobodyListens() throws Exception {
        WorkspaceReader lonely = open(URI.create("https://localhost:1"), FakeWorkspace.limits());

        assertThatThrownBy(() -> lonely.get("/x", Map.of(), PATIENCE))
                .hasMessage("the workspace could not be connected to");
    }

    @Test
    void sendsTheTargetAsItIs() throws Exception {
        serve(ok());

        reader.get("/notebooks/a%20b%2E?api-version=1", Map.of(), PATIENCE);

        WORKSPACE.server().verify(getRequestedFor(urlOf("/notebooks/a%20b%2E?api-version=1")));
    }

    @Test
    void refusesAFieldThatNoRequestMayHold() {
        assertThatThrownBy(() -> reader.get("/x", Map.of("x-field", "a\nb"), PATIENCE))
                .hasMessageContaining("a character that no request may hold");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost", "ws1.dev.azuresynapse.net", "file:///x"})
    void refusesAnAddressThatIsNotHttps(String address) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(URI.create(address), FakeWorkspace.limits()))
                .withMessageContaining("`" + address + "`");
    }

    private static com.github.tomakehurst.wiremock.matching.UrlPattern urlOf(String url) {
        return com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo(url);
    }

    private static Instant seen(CountDownLatch waiting) {
        waiting.countDown();
        return TestClock.START;
    }

    private static String messageOf(WorkspaceReader reader) {
        try {
            return "answered " + reader.get("/x", Map.of(), PATIENCE).status();
        } catch (WorkspaceReadException failure) {
            return String.valueOf(failure.getMessage());
        }
    }

    private WorkspaceAnswer get() throws WorkspaceReadException {
        return reader.get("/x", Map.of(), PATIENCE);
    }

    private WorkspaceReader quick() throws Exception {
        Duration half = Duration.ofMillis(500);
        return open(authorization, new ReadLimits(half, half, half, 1 << 20, 5, 5, 1));
    }

    private WorkspaceReader open(UpstreamAuthorization with, ReadLimits limits) throws Exception {
        return open(WORKSPACE.uri(), with, limits);
    }

    private WorkspaceReader open(URI uri, ReadLimits limits) throws Exception {
        return open(uri, authorization, limits);
    }

    private WorkspaceReader open(URI uri, UpstreamAuthorization with, ReadLimits limits)
            throws Exception {
        WorkspaceReader made =
                new WorkspaceReader(
                        uri,
                        Optional.of(WorkspaceTrust.of(LoopbackCertificate.localhost().pem())),
                        with,
                        limits,
                        clock,
                        pauses::add);
        opened.add(made);
        return made;
    }

    private static void serve(ResponseDefinitionBuilder response) {
        WORKSPACE.server().stubFor(any(anyUrl()).willReturn(response));
    }

    private static void serveFirst(
            ResponseDefinitionBuilder first, ResponseDefinitionBuilder then) {
        WORKSPACE
                .server()
                .stubFor(
                        any(anyUrl())
                                .inScenario("retry")
                                .whenScenarioStateIs("Started")
                                .willReturn(first)
                                .willSetStateTo("asked once"));
        WORKSPACE
                .server()
                .stubFor(
                        any(anyUrl())
                                .inScenario("retry")
                                .whenScenarioStateIs("asked once")
                                .willReturn(then));
    }

    private static ResponseDefinitionBuilder ok() {
        return aResponse().withHeader("content-type", "application/json").withBody("{}");
    }
}

package io.stagedoor.proxy.rotation;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.putRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.stagedoor.proxy.refresh.testing.TestSite.CONNECTION;
import static io.stagedoor.proxy.refresh.testing.TestSite.OTHER;
import static io.stagedoor.proxy.refresh.testing.TestSite.SALES;
import static io.stagedoor.proxy.refresh.testing.TestSite.json;
import static io.stagedoor.proxy.refresh.testing.TestSite.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refresh.site.HttpTableauCalls;
import io.stagedoor.proxy.refresh.testing.TestSite;
import io.stagedoor.proxy.rotation.ConnectionRotation.Round;
import io.stagedoor.proxy.rotation.EmbeddedConnection.Chosen;
import io.stagedoor.proxy.rotation.EmbeddedConnection.Kind;
import io.stagedoor.proxy.rotation.EmbeddedConnection.UnreadablePasswordException;
import io.stagedoor.proxy.rotation.RotationOutcome.Result;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionRotationTest {

    @RegisterExtension static final FakeWorkspace SERVER = new FakeWorkspace();

    private static final Chosen BY_SERVER =
            new Chosen(Optional.empty(), Optional.of("WS1.sql.azuresynapse.net"), Optional.empty());
    private static final String LISTED =
            """
            {"connections":{"connection":[
              {"id":"%s","serverAddress":"ws1.sql.azuresynapse.net","userName":"reader"},
              {"id":"%s","serverAddress":"elsewhere.example","userName":"reader"}]}}
            """
                    .replaceFirst("%s", CONNECTION)
                    .replaceFirst("%s", OTHER);

    private final TestClock clock = new TestClock();
    private final List<String> trail = new CopyOnWriteArrayList<>();
    private final Round asked = Round.asked("ada", false, false);
    private volatile String password = "first-Passw0rd";
    private volatile boolean recordable = true;
    private HttpTableauCalls calls;

    @BeforeEach
    void open() {
        calls = TestSite.calls(SERVER, TestSite.session());
        SERVER.server()
                .stubFor(
                        get(urlEqualTo(path("datasources/" + SALES + "/connections")))
                                .willReturn(json(LISTED)));
        SERVER.server().stubFor(put(anyUrl()).willReturn(json("{\"connection\":{}}")));
    }

    @AfterEach
    void close() {
        calls.close();
    }

    @Test
    void theChosenConnectionGetsUserAndPassword() {
        List<RotationOutcome> outcomes = rotation().rotate(asked).orElseThrow();

        assertThat(outcomes)
                .containsExactly(
                        new RotationOutcome(
                                "datasource/" + SALES,
                                CONNECTION,
                                Result.SET,
                                "nothing was set since the proxy was started"));
        SERVER.server()
                .verify(
                        1,
                        putRequestedFor(
                                        urlEqualTo(
                                                path(
                                                        "datasources/"
                                                                + SALES
                                                                + "/connections/"
                                                                + CONNECTION)))
                                .withRequestBody(
                                        equalToJson(
                                                "{\"connection\":{\"userName\":\"reader\","
                                                        + "\"password\":\"first-Passw0rd\","
                                                        + "\"embedPassword\":true}}")));
        SERVER.server().verify(1, putRequestedFor(anyUrl()));
    }

    @Test
    void everyChangeIsRecordedBeforeAndAfterwardsWithoutItsSecret() {
        var _ = rotation().rotate(asked);

        String subject = "s1/datasource/" + SALES + "/connection/" + CONNECTION;
        assertThat(trail).hasSize(2);
        assertThat(trail.getFirst()).startsWith("ada " + subject).contains("result=begun");
        assertThat(trail.getLast()).startsWith("ada " + subject).contains("result=set");
        assertThat(String.join(" ", trail)).doesNotContain("Passw0rd");
    }

    @Test
    void whatCannotBeRecordedIsNotDone() {
        recordable = false;

        assertThat(rotation().rotate(asked).orElseThrow())
                .singleElement()
                .matches(outcome -> outcome.result() == Result.FAILED);
        SERVER.server().verify(0, putRequestedFor(anyUrl()));
    }

    @Test
    void aDryRunTellsWhatWouldChangeAndChangesNothing() {
        ConnectionRotation rotation = rotation();

        assertThat(rotation.rotate(Round.asked("ada", true, false)).orElseThrow())
                .extracting(RotationOutcome::result)
                .containsExactly(Result.WOULD_SET);
        assertThat(trail).isEmpty();
        SERVER.server().verify(0, putRequestedFor(anyUrl()));
    }

    @Test
    void aPasswordIsSetAgainOnlyWhenItHasChanged() {
        ConnectionRotation rotation = rotation();
        var _ = rotation.rotate(asked);

        assertThat(rotation.rotate(asked).orElseThrow())
                .extracting(RotationOutcome::result)
                .containsExactly(Result.UNCHANGED);
        password = "second-Passw0rd";
        assertThat(rotation.rotate(asked).orElseThrow())
                .extracting(RotationOutcome::detail)
                .containsExactly("the password has changed");
        SERVER.server().verify(2, putRequestedFor(anyUrl()));
    }

    @Test
    void itIsSetAgainWhenItsTimeIsOver() {
        ConnectionRotation rotation = rotation();
        var _ = rotation.rotate(asked);
        clock.advance(Duration.ofDays(30).minusSeconds(1));
        assertThat(results(rotation, Round.scheduled())).containsExactly(Result.UNCHANGED);

        clock.advance(Duration.ofSeconds(1));

        assertThat(results(rotation, Round.scheduled())).containsExactly(Result.SET);
    }

    @Test
    void allAreSetWhenThatIsAsked() {
        ConnectionRotation rotation = rotation();
        var _ = rotation.rotate(asked);

        assertThat(results(rotation, Round.asked("ada", false, true))).containsExactly(Result.SET);
    }

    @Test
    void anotherUserIsReplacedAndSaidSo() {
        ConnectionRotation rotation =
                rotation(
                        new EmbeddedConnection(
                                new EmbeddedConnection.Content(Kind.DATASOURCE, SALES),
                                BY_SERVER,
                                "loader",
                                () -> password,
                                Optional.empty()));

        assertThat(rotation.rotate(Round.asked("ada", true, false)).orElseThrow())
                .extracting(RotationOutcome::detail)
                .containsExactly("the user `reader` becomes `loader`");
    }

    @ParameterizedTest
    @CsvSource({
        "ffffffff-0000-4000-8000-000000000000, , ",
        ", nowhere.example, ",
        ", , nobody",
        CONNECTION + ", elsewhere.example, ",
    })
    void whatIsNotThereFailsAndIsVisible(
            @Nullable String id, @Nullable String server, @Nullable String user) {
        ConnectionRotation rotation =
                rotation(
                        connection(
                                new Chosen(
                                        Optional.ofNullable(id),
                                        Optional.ofNullable(server),
                                        Optional.ofNullable(user))));

        assertThat(results(rotation, asked)).containsExactly(Result.FAILED);
        assertThat(rotation.failures())
                .containsExactly(
                        "datasource/"
                                + SALES
                                + ": no connection of it is as the configuration says");
    }

    @Test
    void theScheduleLeavesWhatFailsAloneForAWhile() {
        SERVER.server().stubFor(put(anyUrl()).willReturn(aResponse().withStatus(500)));
        ConnectionRotation rotation = rotation();

        assertThat(results(rotation, Round.scheduled())).containsExactly(Result.FAILED);
        clock.advance(Duration.ofSeconds(59));
        assertThat(results(rotation, Round.scheduled())).isEmpty();
        clock.advance(Duration.ofSeconds(1));
        assertThat(results(rotation, Round.scheduled())).containsExactly(Result.FAILED);
        clock.advance(Duration.ofSeconds(119));
        assertThat(results(rotation, Round.scheduled())).isEmpty();
        SERVER.server().stubFor(put(anyUrl()).willReturn(json("{}")));
        assertThat(results(rotation, asked)).containsExactly(Result.SET);
        assertThat(rotation.failures()).isEmpty();
    }

    @Test
    void aPasswordThatCannotBeReadIsAFailureThatSaysWhy() {
        ConnectionRotation rotation =
                rotation(
                        new EmbeddedConnection(
                                new EmbeddedConnection.Content(Kind.DATASOURCE, SALES),
                                BY_SERVER,
                                "reader",
                                () -> {
                                    throw new UnreadablePasswordException("the vault is locked");
                                },
                                Optional.empty()));

        assertThat(rotation.rotate(asked).orElseThrow())
                .extracting(RotationOutcome::detail)
                .containsExactly("the vault is locked");
        SERVER.server().verify(0, putRequestedFor(anyUrl()));
    }

    @Test
    void virtualConnectionsHaveWordsOfTheirOwn() {
        SERVER.server()
                .stubFor(
                        get(urlEqualTo(path("virtualconnections/" + SALES + "/connections")))
                                .willReturn(
                                        json(
                                                "{\"virtualConnectionConnections\":{\"connection\":[{\"connectionId\":\""
                                                        + CONNECTION
                                                        + "\",\"server\":\"ws1.sql.azuresynapse.net\",\"username\":\"old\"}]}}")));
        ConnectionRotation rotation =
                rotation(
                        new EmbeddedConnection(
                                new EmbeddedConnection.Content(Kind.VIRTUAL_CONNECTION, SALES),
                                BY_SERVER,
                                "reader",
                                () -> password,
                                Optional.empty()));

        assertThat(results(rotation, asked)).containsExactly(Result.SET);
        SERVER.server()
                .verify(
                        putRequestedFor(
                                        urlEqualTo(
                                                path(
                                                        "virtualconnections/"
                                                                + SALES
                                                                + "/connections/"
                                                                + CONNECTION
                                                                + "/modify")))
                                .withRequestBody(
                                        equalToJson(
                                                "{\"connection\":{\"username\":\"reader\","
                                                        + "\"password\":\"first-Passw0rd\"}}")));
    }

    @Test
    void thereIsOneRoundAtATime() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ConnectionRotation rotation =
                rotation(
                        new EmbeddedConnection(
                                new EmbeddedConnection.Content(Kind.DATASOURCE, SALES),
                                BY_SERVER,
                                "reader",
                                () -> {
                                    begun.countDown();
                                    awaitQuietly(go);
                                    return password;
                                },
                                Optional.empty()));

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Optional<List<RotationOutcome>>> first =
                    threads.submit(() -> rotation.rotate(asked));
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
            assertThat(rotation.rotate(asked)).isEmpty();
            go.countDown();
            assertThat(first.get(30, TimeUnit.SECONDS)).isPresent();
        }
    }

    @Test
    void theScheduleTakesUpWhatChangesInTheStore() {
        try (RotationSchedule schedule = new RotationSchedule(rotation(), Duration.ofMillis(40))) {
            schedule.begin();
            await().until(() -> trail.size() == 2);
            password = "second-Passw0rd";
            await().until(() -> trail.size() == 4);
        }

        assertThat(trail).allMatch(record -> record.startsWith("stagedoor "));
    }

    private static List<Result> results(ConnectionRotation rotation, Round round) {
        return rotation.rotate(round).orElseThrow().stream().map(RotationOutcome::result).toList();
    }

    private ConnectionRotation rotation() {
        return rotation(connection(BY_SERVER));
    }

    private EmbeddedConnection connection(Chosen chosen) {
        return new EmbeddedConnection(
                new EmbeddedConnection.Content(Kind.DATASOURCE, SALES),
                chosen,
                "reader",
                () -> password,
                Optional.of(Duration.ofDays(30)));
    }

    private ConnectionRotation rotation(EmbeddedConnection connection) {
        return new ConnectionRotation("s1", List.of(connection), calls, this::record, clock);
    }

    private boolean record(String actor, String subject, Map<String, String> details) {
        List<String> words = new ArrayList<>();
        details.forEach((name, value) -> words.add(name + "=" + value));
        trail.add(actor + " " + subject + " " + words);
        return recordable;
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}

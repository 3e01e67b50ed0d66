package io.stagedoor.proxy.refresh.book;

import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.stagedoor.proxy.refresh.testing.TestSite.OTHER;
import static io.stagedoor.proxy.refresh.testing.TestSite.PROJECT;
import static io.stagedoor.proxy.refresh.testing.TestSite.SALES;
import static io.stagedoor.proxy.refresh.testing.TestSite.json;
import static io.stagedoor.proxy.refresh.testing.TestSite.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.ContentKind;
import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.GuardFinding;
import io.stagedoor.proxy.refresh.Observation;
import io.stagedoor.proxy.refresh.RefreshSource;
import io.stagedoor.proxy.refresh.RefreshTarget;
import io.stagedoor.proxy.refresh.book.TableauEvents.Receipt;
import io.stagedoor.proxy.refresh.site.HttpTableauCalls;
import io.stagedoor.proxy.refresh.testing.TestSite;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SiteRefreshesTest {

    @RegisterExtension static final FakeWorkspace SERVER = new FakeWorkspace();

    private static final String SECRET = "s3cret-of-the-hook";
    private static final Content DATA =
            new Content(ContentKind.DATASOURCE, SALES, Optional.of(PROJECT));
    private static final Instant NOW = TestClock.START;

    private final TestClock clock = new TestClock();
    private final List<String> changes = new ArrayList<>();
    private final SiteRefreshes refreshes = refreshes(Optional.empty());
    private final TableauEvents events = new TableauEvents(refreshes, () -> SECRET, clock);

    @Test
    void beingHeldBackIsNoFailure() {
        refreshes.held(held());
        refreshes.held(held());

        RefreshEntry entry = refreshes.book().entry(SALES).orElseThrow();
        assertThat(entry.heldSince()).isEqualTo(2);
        assertThat(entry.lastFailure()).isEmpty();
        assertThat(entry.lastHeld().orElseThrow().by().finding().value()).isEqualTo("Paused");
        assertThat(refreshes.heldInAll()).isEqualTo(2);
    }

    @Test
    void beingLetThroughBeginsTheCountAnewAndKeepsTheSum() {
        refreshes.held(held());
        refreshes.started(Optional.of(DATA), Optional.empty());
        refreshes.held(held());

        RefreshEntry entry = refreshes.book().entry(SALES).orElseThrow();
        assertThat(entry.heldSince()).isEqualTo(1);
        assertThat(entry.heldInAll()).isEqualTo(2);
        assertThat(entry.lastStarted()).contains(NOW);
        assertThat(refreshes.passedInAll()).isEqualTo(1);
    }

    @Test
    void theClockOfFreshnessRunsOnWhileARefreshIsHeldBack() {
        refreshes.ended(DATA, true, NOW);
        clock.advance(Duration.ofHours(3));
        refreshes.held(held());
        refreshes.ended(DATA, false, clock.instant());

        assertThat(refreshes.oldest("warehouse")).contains(Duration.ofHours(3));
        assertThat(refreshes.freshness(DATA)).contains(Duration.ofHours(2));
        assertThat(refreshes.watchedSources()).containsExactly("warehouse");
    }

    @Test
    void anOlderSuccessThatIsHeardOfLaterDoesNotTurnTheClockBack() {
        refreshes.ended(DATA, true, NOW);
        refreshes.ended(DATA, true, NOW.minusSeconds(60));

        assertThat(refreshes.book().entry(SALES).orElseThrow().lastSuccess()).contains(NOW);
    }

    @Test
    void theBookIsBounded() {
        IntStream.range(0, 10_050)
                .forEach(
                        i ->
                                refreshes.ended(
                                        new Content(
                                                ContentKind.FLOW, "flow-" + i, Optional.empty()),
                                        true,
                                        NOW));

        assertThat(refreshes.book().entries()).hasSize(10_000);
        assertThat(refreshes.book().entry("flow-49")).isEmpty();
        assertThat(refreshes.book().entry("flow-50")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "DatasourceRefreshSucceeded, true, false",
        "datasourcerefreshfailed, false, true",
        "DatasourceRefreshStarted, false, false",
        "LabelCreated, false, false",
    })
    void anEventTellsHowARefreshHasEnded(String type, boolean success, boolean failure) {
        refreshes.held(held());

        assertThat(events.take(SECRET, event(type))).isEqualTo(Receipt.TAKEN);

        RefreshEntry entry = refreshes.book().entry(SALES).orElseThrow();
        assertThat(entry.lastSuccess().isPresent()).isEqualTo(success);
        assertThat(entry.lastFailure().isPresent()).isEqualTo(failure);
        assertThat(entry.content()).isEqualTo(DATA);
    }

    @Test
    void anEventTellsThatContentHasChanged() {
        refreshes.held(held());

        events.take(SECRET, event("DatasourceUpdated"));
        events.take(SECRET, event("DatasourceDeleted"));

        assertThat(changes).containsExactly("datasource " + SALES, "datasource " + SALES);
        assertThat(refreshes.book().entry(SALES)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "S3cret-of-the-hook", "s3cret-of-the-hook "})
    void aStrangerTellsNothing(String shown) {
        assertThat(events.take(shown, event("DatasourceRefreshSucceeded")))
                .isEqualTo(Receipt.STRANGER);
        assertThat(refreshes.book().entries()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{}",
                "{\"event_type\":7,\"resource_luid\":\"" + SALES + "\"}",
                "{\"event_type\":\"DatasourceUpdated\",\"resource_luid\":\"x\"}",
                "{\"event_type\":\"a\",\"event_type\":\"b\",\"resource_luid\":\"" + SALES + "\"}",
                "{\"event_type\":\"a\",\"resource_luid\":\"" + SALES + "\"} {}",
            })
    void whatIsNoEventIsRefused(String document) {
        assertThat(events.take(SECRET, document.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(Receipt.MALFORMED);
    }

    @Test
    void tooManyEventsAreRefusedUntilTimeHasPassed() {
        for (int i = 0; i < 100; i++) {
            assertThat(events.take(SECRET, event("LabelCreated"))).isEqualTo(Receipt.TAKEN);
        }

        assertThat(events.take(SECRET, event("LabelCreated"))).isEqualTo(Receipt.TOO_MANY);
        clock.advance(Duration.ofMillis(20));
        assertThat(events.take(SECRET, event("LabelCreated"))).isEqualTo(Receipt.TAKEN);
        assertThat(events.take(SECRET, event("LabelCreated"))).isEqualTo(Receipt.TOO_MANY);
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false", "2, false"})
    void aJobIsFollowedToItsEnd(String finishCode, boolean success) {
        SERVER.server()
                .stubFor(
                        get(urlEqualTo(path("jobs/" + OTHER)))
                                .inScenario("job")
                                .whenScenarioStateIs("Started")
                                .willReturn(json("{\"job\":{\"id\":\"j\",\"progress\":\"20\"}}"))
                                .willSetStateTo("ended"));
        SERVER.server()
                .stubFor(
                        get(urlEqualTo(path("jobs/" + OTHER)))
                                .inScenario("job")
                                .whenScenarioStateIs("ended")
                                .willReturn(
                                        json(
                                                "{\"job\":{\"finishCode\":"
                                                        + finishCode
                                                        + ",\"completedAt\":\"2026-03-01T07:59:00Z\"}}")));
        Instant end = Instant.parse("2026-03-01T07:59:00Z");

        try (HttpTableauCalls calls = TestSite.calls(SERVER, TestSite.session());
                JobFollower jobs = follower(calls)) {
            SiteRefreshes following = refreshes(Optional.of(jobs));
            following.started(Optional.of(DATA), Optional.of(OTHER));

            await().until(() -> jobs.following() == 0);
            RefreshEntry entry = following.book().entry(SALES).orElseThrow();
            assertThat(entry.lastSuccess())
                    .isEqualTo(success ? Optional.of(end) : Optional.empty());
            assertThat(entry.lastFailure())
                    .isEqualTo(success ? Optional.empty() : Optional.of(end));
        }
    }

    @Test
    void whatIsNoJobIdIsNotFollowed() {
        try (HttpTableauCalls calls = TestSite.calls(SERVER, TestSite.session());
                JobFollower jobs = follower(calls)) {
            refreshes(Optional.of(jobs)).started(Optional.of(DATA), Optional.of("../users"));

            assertThat(jobs.following()).isZero();
        }
        SERVER.server().verify(0, getRequestedFor(anyUrl()));
    }

    private JobFollower follower(HttpTableauCalls calls) {
        return new JobFollower(
                calls,
                new JobFollower.Pace(
                        Duration.ofMillis(5), Duration.ofMillis(20), Duration.ofMinutes(1)),
                clock);
    }

    private SiteRefreshes refreshes(Optional<JobFollower> jobs) {
        RefreshSource source =
                new RefreshSource(
                        "warehouse", Set.of(PROJECT), Optional.of(Duration.ofHours(2)), List.of());
        return new SiteRefreshes(
                "s1",
                List.of(source),
                new RefreshBook(),
                new SiteRefreshes.Followings(
                        Optional.empty(),
                        jobs,
                        List.of((kind, luid) -> changes.add(kind + " " + luid))),
                clock);
    }

    private static GuardFinding held() {
        Observation by = new Observation("warehouse/a", Finding.unwell("Paused"), NOW);
        return new GuardFinding(
                new RefreshTarget(RefreshTarget.Kind.DATASOURCE, SALES),
                Optional.of(DATA),
                List.of(by),
                Optional.of(new GuardFinding.Held(by, NOW)));
    }

    private static byte[] event(String type) {
        return ("{\"resource\":\"DATASOURCE\",\"event_type\":\""
                        + type
                        + "\",\"resource_name\":\"Sales\",\"site_luid\":\""
                        + TestSite.SITE
                        + "\",\"resource_luid\":\""
                        + SALES
                        + "\",\"created_at\":\"2026-03-01T07:00:00.000Z\"}")
                .getBytes(StandardCharsets.UTF_8);
    }
}

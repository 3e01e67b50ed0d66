package io.stagedoor.proxy.refresh;

import static io.stagedoor.proxy.refresh.testing.TestSite.OTHER;
import static io.stagedoor.proxy.refresh.testing.TestSite.PROJECT;
import static io.stagedoor.proxy.refresh.testing.TestSite.SALES;
import static io.stagedoor.proxy.refresh.testing.TestSite.TASK;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RefreshGuardTest {

    private static final Duration RETRY = Duration.ofMinutes(5);
    private static final RefreshTarget DATASOURCE =
            new RefreshTarget(RefreshTarget.Kind.DATASOURCE, SALES);
    private static final RefreshTarget RUN_NOW =
            new RefreshTarget(RefreshTarget.Kind.EXTRACT_TASK, TASK);
    private static final Content KNOWN =
            new Content(ContentKind.DATASOURCE, SALES, Optional.of(PROJECT));

    private final TestClock clock = new TestClock();
    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void aRefreshGoesOnWhenAllChecksAreWell() throws Exception {
        RefreshGuard guard = guard(source("*", "a", Finding.well("online")));

        GuardFinding finding = guard.look(DATASOURCE);

        guard.require(finding);
        assertThat(finding.held()).isEmpty();
        assertThat(finding.observed())
                .singleElement()
                .matches(seen -> seen.check().equals("src/a"));
    }

    @Test
    void aRefreshIsHeldBackWhenOneIsNotWell() {
        RefreshGuard guard =
                guard(
                        source("*", "a", Finding.well("online")),
                        source("*", "b", Finding.unwell("status Paused")));

        GuardFinding finding = guard.look(DATASOURCE);

        assertThat(finding.held().orElseThrow().by().finding().value()).isEqualTo("status Paused");
        assertThat(finding.held().orElseThrow().nextTry()).isEqualTo(TestClock.START.plus(RETRY));
        assertThatThrownBy(() -> guard.require(finding))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> {
                            assertThat(refused.code()).isEqualTo(Code.REFRESH_HELD);
                            assertThat(refused.refusal().retryAfter()).contains(RETRY);
                            assertThat(refused.refusal().sentence())
                                    .isEqualTo(
                                            "the refresh of datasource `"
                                                    + SALES
                                                    + "` is held back: at 2026-03-01T08:00:00Z the"
                                                    + " check `src/b` found: status Paused");
                        });
    }

    @Test
    void whatDoesNotTellHoldsBackUnlessTheRulesSayOtherwise() throws Exception {
        Finding unknown = Finding.unknown("no answer");
        RefreshGuard strict = guard(source("*", "a", unknown));
        RefreshGuard lenient =
                guard(
                        new GuardRules(GuardRules.Answer.CONFLICT, false, RETRY),
                        SourceFinder.NONE,
                        source("*", "a", unknown));

        assertThat(strict.look(DATASOURCE).held()).isPresent();
        lenient.require(lenient.look(DATASOURCE));
    }

    @Test
    void whatIsNotWellHoldsBackHoweverLenientTheRules() {
        RefreshGuard lenient =
                guard(
                        new GuardRules(GuardRules.Answer.UNAVAILABLE, false, RETRY),
                        SourceFinder.NONE,
                        source("*", "a", Finding.unwell("Paused")));

        assertThatThrownBy(() -> lenient.require(lenient.look(DATASOURCE)))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.code()).isEqualTo(Code.REFRESH_UNAVAILABLE));
    }

    @Test
    void onlySourcesOfTheContentCount() {
        RefreshGuard guard =
                guard(
                        source(OTHER, "a", Finding.unwell("Paused")),
                        source(PROJECT, "b", Finding.well("online")),
                        source(SALES, "c", Finding.well("online")));

        GuardFinding finding = guard.look(DATASOURCE);

        assertThat(finding.observed())
                .extracting(Observation::check)
                .containsExactly("src/b", "src/c");
        assertThat(finding.held()).isEmpty();
    }

    @Test
    void aTaskIsItsContent() {
        RefreshGuard guard = guard(source(SALES, "a", Finding.unwell("Paused")));

        GuardFinding finding = guard.look(RUN_NOW);

        assertThat(finding.content()).contains(KNOWN);
        assertThat(finding.target().task()).contains(TASK);
        assertThat(finding.held()).isPresent();
    }

    @Test
    void contentThatCannotBeToldMayReadFromAnything() {
        RefreshGuard guard = guard(source(OTHER, "a", Finding.well("online")));
        RefreshTarget linked = new RefreshTarget(RefreshTarget.Kind.LINKED_TASK, TASK);

        GuardFinding finding = guard.look(linked);

        assertThat(finding.observed())
                .extracting(Observation::check)
                .containsExactly("content", "src/a");
        assertThat(finding.held().orElseThrow().by().check()).isEqualTo("content");
    }

    @Test
    void nothingIsAskedWhereNothingHasToWait() {
        RefreshGuard guard = guard(source("*", "a", Finding.well("online")));

        assertThat(guard.atHand(DATASOURCE)).isEmpty();
        GuardFinding looked = guard.look(DATASOURCE);
        assertThat(guard.atHand(DATASOURCE)).contains(looked);
        clock.advance(Duration.ofMinutes(1));
        assertThat(guard.atHand(DATASOURCE)).isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void anUnknownProjectIsAskedForBeforeItIsDecided() {
        RefreshGuard guard = guard(source(PROJECT, "a", Finding.well("online")));

        assertThat(guard.atHand(DATASOURCE)).isEmpty();
        assertThat(asked).hasValue(0);
        assertThat(guard.look(DATASOURCE).observed()).hasSize(1);
        assertThat(asked).hasValue(1);
    }

    @Test
    void whereNoSourceIsDeclaredOneMayBeFound() {
        WatchedCheck found = check("found", Finding.unwell("circuit open"));
        SourceFinder finder =
                new SourceFinder() {
                    @Override
                    public Optional<List<WatchedCheck>> atHand(Content content) {
                        return Optional.empty();
                    }

                    @Override
                    public List<WatchedCheck> find(Content content) {
                        return content.equals(KNOWN) ? List.of(found) : List.of();
                    }
                };
        RefreshGuard guard =
                guard(
                        new GuardRules(GuardRules.Answer.CONFLICT, true, RETRY),
                        finder,
                        source(OTHER, "a", Finding.well("online")));

        assertThat(guard.atHand(DATASOURCE)).isEmpty();
        assertThat(guard.look(DATASOURCE).held().orElseThrow().by().check()).isEqualTo("src/found");
    }

    @Test
    void contentWithoutASourceIsNotGuarded() throws Exception {
        RefreshGuard guard = guard(source(OTHER, "a", Finding.unwell("Paused")));

        GuardFinding finding = guard.look(DATASOURCE);

        guard.require(finding);
        assertThat(finding.isEvidence()).isFalse();
    }

    private RefreshGuard guard(RefreshSource... sources) {
        return guard(
                new GuardRules(GuardRules.Answer.CONFLICT, true, RETRY),
                SourceFinder.NONE,
                sources);
    }

    private RefreshGuard guard(GuardRules rules, SourceFinder finder, RefreshSource... sources) {
        return new RefreshGuard(rules, List.of(sources), lookup(), finder, clock);
    }

    private ContentLookup lookup() {
        Map<RefreshTarget, Content> known = Map.of(DATASOURCE, KNOWN, RUN_NOW, KNOWN);
        return new ContentLookup() {
            @Override
            public Optional<Answer> atHand(RefreshTarget target) {
                return Optional.empty();
            }

            @Override
            public Answer find(RefreshTarget target) {
                asked.incrementAndGet();
                return Optional.ofNullable(known.get(target))
                        .map(Answer::of)
                        .orElseGet(() -> Answer.unknown("nobody knows"));
            }
        };
    }

    private RefreshSource source(String covered, String name, Finding finding) {
        return new RefreshSource(
                "src", Set.of(covered), Optional.empty(), List.of(check(name, finding)));
    }

    private WatchedCheck check(String name, Finding finding) {
        record Fixed(String name, Finding look) implements SourceCheck {}
        return new WatchedCheck(
                "src",
                new Fixed(name, finding),
                new WatchedCheck.Times(Duration.ofSeconds(15), Duration.ofSeconds(30)),
                Runnable::run,
                clock);
    }
}

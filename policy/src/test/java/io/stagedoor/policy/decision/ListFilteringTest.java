package io.stagedoor.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.testing.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may see some items of a list gets the list with those; who may see all gets all. */
class ListFilteringTest {

    private static final String AT_ITEM = "Synapse Credential User @ {W}/linkedServices/";

    @Test
    void holderOfAnItemSeesThatItemAlone() {
        Permit permit = permitted(Scenario.holding(AT_ITEM + "Lake").filteringLists());

        VisibleItems visible = permit.visible().orElseThrow();
        assertThat(visible.filter().kind().segment()).isEqualTo("linkedServices");
        assertThat(visible.includes("Lake")).isTrue();
        assertThat(visible.includes("lake")).isTrue();
        assertThat(visible.includes("Lak")).isFalse();
        assertThat(visible.includes("")).isFalse();
        assertThat(visible.includes("a/b")).isFalse();
        assertThat(permit.explanation())
                .endsWith("only those linkedServices are shown at which the right is held.");
    }

    @Test
    void rightsOfAGroupCountForItems() {
        Permit permit =
                permitted(Scenario.holding(AT_ITEM + "a via team", AT_ITEM + "b").filteringLists());

        VisibleItems visible = permit.visible().orElseThrow();
        assertThat(visible.includes("a")).isTrue();
        assertThat(visible.includes("b")).isTrue();
        assertThat(visible.includes("c")).isFalse();
    }

    @Test
    void holderAtTheRootSeesTheWholeList() {
        Permit permit =
                permitted(Scenario.holding("Synapse User @ {W}", AT_ITEM + "a").filteringLists());

        assertThat(permit.visible()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/linkedservices", "/credentials", "/bigDataPools", "/pipelines"})
    void nothingIsNarrowedUnlessThatIsWanted(String path) {
        Scenario scenario = Scenario.holding(AT_ITEM + "a");
        Decision decision = scenario.decide("GET", path);

        if (path.equals("/pipelines")) {
            assertThat(decision).isInstanceOf(Deny.MissingPermission.class);
        } else {
            assertThat(((Permit) decision).visible()).isEmpty();
        }
    }

    @Test
    void rightAtAnItemOfAnotherKindShowsNothing() {
        Permit permit =
                permitted(
                        Scenario.holding("Synapse Compute Operator @ {W}/bigDataPools/a")
                                .filteringLists());

        assertThat(permit.visible().orElseThrow().includes("a")).isFalse();
    }

    @Test
    void nobodySeesAnythingWithoutARole() {
        assertThat(decision(Scenario.holding().filteringLists()))
                .isInstanceOf(Deny.MissingPermission.class);
    }

    @Test
    void unknownGroupsNarrowNothing() {
        Scenario scenario = Scenario.holding(AT_ITEM + "a").groupsUnknown().filteringLists();

        assertThat(decision(scenario)).isInstanceOf(Deny.GroupsUnknown.class);
    }

    @Test
    void agentSeesWhatBothSee() {
        Scenario scenario = Scenario.holding(AT_ITEM + "a", AT_ITEM + "b").filteringLists();
        scenario.add(
                Scenario.assignment(
                        "Synapse Credential User", Scenario.id("agent"), "{W}/linkedServices/b"));
        Principal agent =
                new Principal(
                        Scenario.id("agent"),
                        PrincipalKind.SERVICE_PRINCIPAL,
                        Optional.empty(),
                        GroupMembership.known(Set.of()));

        Decision decision =
                new Authorizer()
                        .decide(
                                scenario.snapshot(),
                                new Delegation(scenario.caller(), List.of(agent)),
                                Scenario.bind("GET", "/linkedservices", "-", Map.of()),
                                Scenario.NOW);

        VisibleItems visible = ((Permit) decision).visible().orElseThrow();
        assertThat(visible.includes("a")).isFalse();
        assertThat(visible.includes("b")).isTrue();
    }

    private static Decision decision(Scenario scenario) {
        return scenario.decide("GET", "/linkedservices");
    }

    private static Permit permitted(Scenario scenario) {
        return (Permit) decision(scenario);
    }
}

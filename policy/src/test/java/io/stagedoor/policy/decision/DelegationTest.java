package io.stagedoor.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.testing.Scenario;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** On behalf of somebody an agent may do what both may, each for itself. */
class DelegationTest {

    private static final PrincipalId USER = Scenario.id("user");
    private static final PrincipalId AGENT = Scenario.id("agent");
    private static final PrincipalId OTHER = Scenario.id("other-agent");
    private static final String READER = "Synapse Artifact User";

    private final Scenario scenario = Scenario.holding();

    private DelegationTest hold(String role, PrincipalId holder) {
        scenario.add(Scenario.assignment(role, holder, "{W}"));
        return this;
    }

    private Decision decide(Principal subject, Principal... actors) {
        return new Authorizer()
                .decide(
                        scenario.snapshot(),
                        new Delegation(subject, List.of(actors)),
                        Scenario.bind("GET", "/pipelines/p", "-", Map.of()),
                        Scenario.NOW);
    }

    private static Principal principal(PrincipalId id) {
        return new Principal(
                id, PrincipalKind.UNKNOWN, Optional.empty(), GroupMembership.known(Set.of()));
    }

    private static Principal withUnknownGroups(PrincipalId id) {
        return new Principal(
                id, PrincipalKind.UNKNOWN, Optional.empty(), GroupMembership.unknown());
    }

    @Test
    void permitsWhatBothMayAndNamesBothReasons() {
        hold(READER, USER).hold(READER, AGENT);

        Decision decision = decide(principal(USER), principal(AGENT));

        assertThat(decision).isInstanceOf(Permit.class);
        Permit permit = (Permit) decision;
        assertThat(permit.principal()).isEqualTo(USER);
        assertThat(permit.actors()).extracting(Permit::principal).containsExactly(AGENT);
        assertThat(permit.actors().getFirst().basis()).hasSize(permit.basis().size());
        assertThat(permit.explanation()).contains("`user`", "`agent`, which acts on its behalf");
    }

    @Test
    void deniesWhatTheAgentMayNotAndSaysWhatIsMissingToIt() {
        hold(READER, USER);

        Deny.OnBehalf deny = denial(decide(principal(USER), principal(AGENT)));

        assertThat(deny.code()).isEqualTo("not_permitted");
        assertThat(deny.parties()).hasSize(1);
        assertThat(deny.decisive().principal()).isEqualTo(AGENT);
        assertThat(deny.decisive().isSubject()).isFalse();
        assertThat(deny.explanation())
                .startsWith("The agent that acts lacks a right of its own: The principal `agent`")
                .contains("Smallest roles");
    }

    @Test
    void theRightOfAnAgentIsNoRightOfTheUser() {
        hold("Synapse Administrator", AGENT);

        Deny.OnBehalf deny = denial(decide(principal(USER), principal(AGENT)));

        assertThat(deny.parties()).hasSize(1);
        assertThat(deny.decisive().principal()).isEqualTo(USER);
        assertThat(deny.explanation())
                .startsWith("The principal on whose behalf it is done lacks a right");
    }

    @Test
    void namesEverybodyWhoLacksSomething() {
        hold(READER, OTHER);

        Deny.OnBehalf deny = denial(decide(principal(USER), principal(AGENT), principal(OTHER)));

        assertThat(deny.parties())
                .extracting(Deny.OnBehalf.Party::principal)
                .containsExactly(USER, AGENT);
        assertThat(deny.decisive().principal()).isEqualTo(USER);
    }

    @Test
    void everyActorCounts() {
        hold(READER, USER).hold(READER, AGENT);

        Deny.OnBehalf deny = denial(decide(principal(USER), principal(AGENT), principal(OTHER)));

        assertThat(deny.decisive().principal()).isEqualTo(OTHER);
    }

    @Test
    void guardrailOfTheAgentNarrowsWhatItDoesForOthers() {
        hold(READER, USER).hold(READER, AGENT);
        scenario.guardrail(new Guardrail("tame", Set.of(AGENT), Set.of(), false, List.of()));

        Deny.OnBehalf deny = denial(decide(principal(USER), principal(AGENT)));

        assertThat(deny.code()).isEqualTo("guardrail");
        assertThat(deny.explanation()).contains("`tame`");
    }

    @Test
    void whatIsSurelyMissingComesBeforeWhatIsUnknown() {
        Deny.OnBehalf unknown = denial(decide(withUnknownGroups(USER), withUnknownGroups(AGENT)));
        Deny.OnBehalf sure = denial(decide(withUnknownGroups(USER), principal(AGENT)));

        assertThat(unknown.code()).isEqualTo("groups_unknown");
        assertThat(sure.code()).isEqualTo("not_permitted");
        assertThat(sure.decisive().principal()).isEqualTo(AGENT);
    }

    @Test
    void nobodyActsOnTheirOwnBehalf() {
        Principal user = principal(USER);

        assertThatThrownBy(() -> new Delegation(user, List.of(user)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Delegation(user, List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Deny.OnBehalf denial(Decision decision) {
        assertThat(decision).isInstanceOf(Deny.OnBehalf.class);
        return (Deny.OnBehalf) decision;
    }
}

package io.stagedoor.policy.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.Permit;
import java.util.Arrays;

/** What tests say of decisions. */
public final class Verdicts {

    private Verdicts() {}

    /** Asserts that the decision is a permit, and returns it. */
    public static Permit permitted(Decision decision) {
        assertThat(decision).as(decision.explanation()).isInstanceOf(Permit.class);
        return (Permit) decision;
    }

    /**
     * Asserts that the decision is a denial for lack of exactly these rights, and returns it.
     *
     * @param missing {@code ACTION @ SCOPE}, in which {@code {W}} is the workspace
     */
    public static Deny.MissingPermission lacks(Decision decision, String... missing) {
        assertThat(decision).as(decision.explanation()).isInstanceOf(Deny.MissingPermission.class);
        Deny.MissingPermission deny = (Deny.MissingPermission) decision;
        assertThat(deny.missing())
                .extracting(Object::toString)
                .containsExactlyElementsOf(
                        Arrays.stream(missing)
                                .map(text -> text.replace("{W}", Scenario.W.text()))
                                .toList());
        return deny;
    }
}

package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.Effect;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A rule that narrows what somebody may do: whatever it does not name is refused, whatever roles
 * they hold.
 *
 * <p>A guardrail only subtracts, so it never gives a right. It applies to a request whose caller or
 * whose client application it names; when several apply, all must allow. While one applies, writes,
 * deletes, grants, secrets and trigger starts are refused, and a run is allowed only if it is a run of
 * a named thing; so is a look at a pipeline's run, and its cancelling.
 *
 * @param name what the guardrail is called in explanations and the audit record
 * @param principals whom it applies to: callers by their own id, or members of a group by the
 *     group's; a group matches as far as the caller's groups are known
 * @param clientApplications application ids ({@code appid}, {@code azp}) it applies to, whoever the
 *     user behind them is; compared without case
 * @param mayRead whether operations that only look are allowed
 * @param mayRun what may be run; nothing if empty
 * @param groups groups whose members it applies to even in doubt: a caller whose groups are unknown
 *     is refused what members would be refused
 */
public record Guardrail(
        String name,
        Set<PrincipalId> principals,
        Set<String> clientApplications,
        boolean mayRead,
        List<RunRule> mayRun,
        Set<PrincipalId> groups) {

    /**
     * Checks and copies the parts.
     *
     * @throws IllegalArgumentException if the name is blank or the guardrail applies to nobody
     */
    public Guardrail {
        if (name.isBlank()) {
            throw new IllegalArgumentException("a guardrail has no name");
        }
        principals = Set.copyOf(principals);
        clientApplications = Set.copyOf(clientApplications);
        mayRun = List.copyOf(mayRun);
        groups = Set.copyOf(groups);
        if (principals.isEmpty() && clientApplications.isEmpty() && groups.isEmpty()) {
            throw new IllegalArgumentException("the guardrail `" + name + "` applies to nobody");
        }
    }

    /** Makes a guardrail that names no group that matters in doubt. */
    public Guardrail(
            String name,
            Set<PrincipalId> principals,
            Set<String> clientApplications,
            boolean mayRead,
            List<RunRule> mayRun) {
        this(name, principals, clientApplications, mayRead, mayRun, Set.of());
    }

    /** Returns whether the guardrail leaves the operation alone. */
    boolean allows(BoundOperation operation) {
        return (operation.operation().effect() == Effect.READ && mayRead)
                || mayRun.stream().anyMatch(rule -> rule.allows(operation));
    }

    /** Returns what is allowed, in words, for example {@code read, and run pipeline `daily`}. */
    String allowance() {
        List<String> parts = new ArrayList<>();
        if (mayRead) {
            parts.add("read");
        }
        mayRun.stream().map(rule -> "run " + rule.text()).sorted().forEach(parts::add);
        return parts.isEmpty() ? "nothing" : String.join(", and ", parts);
    }
}

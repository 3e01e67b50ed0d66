package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.JobIdRule;
import io.stagedoor.policy.operation.Ownership;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.directory.ownership.Claim;
import io.stagedoor.proxy.directory.ownership.OwnedId;
import io.stagedoor.proxy.directory.ownership.OwnershipRegistry;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Applies what the catalogue says about who made a thing (S59, S61). Safe for any thread.
 */
public final class OwnershipRules {

    private final OwnershipRegistry registry;

    /** Makes the rules over a registry. */
    public OwnershipRules(OwnershipRegistry registry) {
        this.registry = registry;
    }

    /**
     * Checks that the principal may use the id that the request names, and claims it if the client
     * chose it.
     *
     * @return the id that was claimed for the first time, to be given up if the request is not sent
     * @throws RefusedException {@code not_owner} or {@code id_taken}
     */
    Optional<OwnedId> check(BoundOperation operation, PrincipalId principal)
            throws RefusedException {
        Optional<Ownership> ownership = operation.operation().traits().ownership();
        if (ownership.isEmpty()) {
            return Optional.empty();
        }
        Optional<OwnedId> id = requestId(operation, ownership.get().id());
        if (id.isEmpty()) {
            refuseUnless(ownership.get().rule() == Ownership.Rule.CREATES);
            return Optional.empty();
        }
        return switch (ownership.get().rule()) {
            case CREATES -> Optional.empty();
            case CLAIMS ->
                    registry.requireClaim(id.get(), principal) == Claim.FIRST
                            ? id
                            : Optional.empty();
            case OWNER_ONLY -> {
                registry.requireOwner(id.get(), principal);
                yield Optional.empty();
            }
        };
    }

    /** An id that cannot be told has no known owner, and belongs to nobody. */
    private static void refuseUnless(boolean needsNone) throws RefusedException {
        if (!needsNone) {
            throw RefusedException.of(
                    Code.NOT_OWNER,
                    "whose it is cannot be told, so it is nobody's to use",
                    "make a new one through the proxy");
        }
    }

    /** Gives up a first claim whose request was never sent. */
    public void release(OwnedId id, PrincipalId principal) {
        registry.release(id, principal);
    }

    /**
     * Binds the id that an answer shows to the principal that asked for it, if the operation makes
     * one.
     *
     * @param id the id as the answer gives it
     */
    public void created(BoundOperation operation, PrincipalId principal, String id) {
        operation
                .operation()
                .traits()
                .ownership()
                .filter(ownership -> ownership.rule() == Ownership.Rule.CREATES)
                .flatMap(ownership -> ownedId(operation, ownership.id(), id))
                .ifPresent(owned -> registry.created(owned, principal));
    }

    private static Optional<OwnedId> requestId(BoundOperation operation, JobIdRule rule) {
        return rule.where() == JobIdRule.Where.PATH
                ? Optional.ofNullable(operation.parameters().get(rule.at()))
                        .flatMap(id -> ownedId(operation, rule, id))
                : Optional.empty();
    }

    private static Optional<OwnedId> ownedId(BoundOperation operation, JobIdRule rule, String id) {
        List<String> within = new ArrayList<>();
        for (String part : rule.within()) {
            operation.resource(part).ifPresent(within::add);
        }
        return within.size() == rule.within().size()
                ? Optional.of(new OwnedId(operation.root().rootName(), rule.kind(), within, id))
                : Optional.empty();
    }
}

package io.stagedoor.policy.peers;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Authorizer;
import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The authorizer: each question is an operation that requires one action at one scope. */
final class StagedoorEngine implements Engine {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final Authorizer authorizer = new Authorizer();
    private final AccessSnapshot snapshot;
    private final List<BoundOperation> operations;
    private final List<List<Principal>> principals;
    private int round;

    /**
     * Takes the assignments in.
     *
     * @param faces how many equal principals stand for each user; a snapshot remembers a caller by
     *     the very object of its groups, so with two of them each caller is new to it
     */
    StagedoorEngine(Workload workload, int faces) {
        snapshot =
                AccessSnapshot.builder(Workload.ROOT)
                        .id("s")
                        .takenAt(NOW)
                        .definitions(workload.roles())
                        .assignments(workload.assignments())
                        .build();
        operations = workload.questions().stream().map(StagedoorEngine::operation).toList();
        principals =
                IntStream.range(0, faces)
                        .mapToObj(
                                _ ->
                                        workload.questions().stream()
                                                .map(question -> principal(workload, question))
                                                .toList())
                        .toList();
    }

    private static BoundOperation operation(Question question) {
        Operation read =
                OperationCatalogue.synapse()
                        .resolve("GET", List.of("pipelines"))
                        .orElseThrow()
                        .operation();
        BoundRequirement needed = new BoundRequirement.At(question.action(), question.item());
        return new BoundOperation(read, Workload.ROOT, Map.of(), List.of(needed), Map.of());
    }

    private static Principal principal(Workload workload, Question question) {
        Set<PrincipalId> groups = new HashSet<>(workload.holdersOf(question.user()));
        groups.remove(Workload.user(question.user()));
        return new Principal(
                Workload.user(question.user()),
                PrincipalKind.USER,
                Optional.empty(),
                GroupMembership.known(groups));
    }

    @Override
    public boolean allows(int number) {
        if (number == 0) {
            round = round + 1 == principals.size() ? 0 : round + 1;
        }
        Principal principal = principals.get(round).get(number);
        return authorizer.decide(snapshot, principal, operations.get(number), NOW)
                instanceof Permit;
    }
}

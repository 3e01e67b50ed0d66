package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.RunRule;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.operation.RefusedScopeInputException;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.body.GraphQlQuery;
import io.stagedoor.proxy.body.ScopeInputReader;
import io.stagedoor.proxy.directory.definitions.RunRequirements;
import io.stagedoor.proxy.directory.facts.ScopeQuestion;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out at which scopes a matched operation must be allowed, from the path, the body and what is
 * known of the workspace. Safe for any thread.
 */
public final class OperationBinder {

    private final ScopeInputReader bodies;

    /** Makes a binder that reads bodies with the reader. */
    public OperationBinder(ScopeInputReader bodies) {
        this.bodies = bodies;
    }

    /**
     * Binds an operation to its workspace.
     *
     * @throws RefusedException if the body or a name in it cannot be read in exactly one way, or the
     *     workspace does not say what is needed
     * @throws NotYet if the body is needed and not there, or something must be looked up and the
     *     attempt may not wait
     */
    public BoundOperation bind(Attempt attempt, MatchedOperation matched, Destination destination)
            throws RefusedException, NotYet {
        return bound(
                attempt, matched, destination, question -> answer(attempt, destination, question));
    }

    /**
     * Binds an operation as if nobody knew which project holds the thing it is about, so that the
     * right to it is required at the root: who has it there needs no looking up.
     *
     * @return nothing if the operation is about no such thing
     */
    Optional<BoundOperation> atRoot(
            Attempt attempt, MatchedOperation matched, Destination destination)
            throws RefusedException, NotYet {
        if (matched.neededInputs().stream().noneMatch(ScopeInput::asksForProject)) {
            return Optional.empty();
        }
        return Optional.of(
                bound(
                        attempt,
                        matched,
                        destination,
                        question ->
                                question.input().asksForProject()
                                        ? ScopeValue.absent()
                                        : answer(attempt, destination, question)));
    }

    /** Answers what has to be looked up, or gives up. */
    @FunctionalInterface
    private interface Answers {
        ScopeValue to(ScopeQuestion question) throws RefusedException, NotYet;
    }

    private BoundOperation bound(
            Attempt attempt, MatchedOperation matched, Destination destination, Answers answers)
            throws RefusedException, NotYet {
        Set<ScopeInput> needed = matched.neededInputs();
        if (needed.isEmpty()) {
            return bound(matched, destination, Map.of());
        }
        Map<String, String> body = readBody(attempt, matched.operation().platform(), needed);
        Map<ScopeInput, ScopeValue> known = new LinkedHashMap<>();
        Optional<ScopeInput> next = matched.nextInput(known);
        while (next.isPresent()) {
            ScopeQuestion question =
                    new ScopeQuestion(
                            next.get(), matched.parameters(), pointer -> valueOf(body, pointer));
            known.put(next.get(), answers.to(question));
            next = matched.nextInput(known);
        }
        return bound(matched, destination, known);
    }

    /**
     * Adds what a run needs of all that it uses. Belongs after the operation itself is permitted, so
     * that definitions are read for those alone who may start the run.
     *
     * @return the same operation if it needs nothing more
     * @throws RefusedException if what the run uses cannot be told
     * @throws NotYet if the body is needed and not there, or a definition must be read and the
     *     attempt may not wait
     */
    BoundOperation withRuns(Attempt attempt, BoundOperation operation, Destination destination)
            throws RefusedException, NotYet {
        RunRequirements runs = destination.facts().runs();
        if (runs.readsBody(operation.operation()) && attempt.body().isEmpty()) {
            var _ = bodies.checkHead(attempt.head(), operation.operation().platform());
            throw new NotYet(NotYet.Lack.BODY);
        }
        List<BoundRequirement.Reached> reached =
                attempt.pace() == Pace.WAITING
                        ? runs.lookup(operation, attempt.body())
                        : orLater(runs.known(operation, attempt.body()));
        return reached.isEmpty() ? operation : operation.requiring(reached);
    }

    /**
     * Finds out which pipeline a request about a run is about, where a guardrail names pipelines. A
     * run of which nobody knows is of none.
     *
     * @throws NotYet if it must be looked up and the attempt may not wait
     */
    BoundOperation withPipelineOfRun(
            Attempt attempt,
            BoundOperation operation,
            Destination destination,
            AccessSnapshot snapshot)
            throws NotYet {
        String run = operation.parameters().get("runId");
        if (run == null
                || !operation.operation().kind().equals("pipelineRun")
                || !snapshot.hasGuardrailsOfPipelines()) {
            return operation;
        }
        ScopeValue pipeline =
                attempt.pace() == Pace.WAITING
                        ? destination.facts().pipelineOf(run)
                        : orLater(destination.facts().knownPipelineOf(run));
        return pipeline instanceof ScopeValue.Text(String name)
                ? operation.about(RunRule.PIPELINE_OF_RUN, name)
                : operation;
    }

    private static <T> T orLater(Optional<T> known) throws NotYet {
        if (known.isEmpty()) {
            throw new NotYet(NotYet.Lack.TIME);
        }
        return known.get();
    }

    private Map<String, String> readBody(Attempt attempt, Platform platform, Set<ScopeInput> needed)
            throws RefusedException, NotYet {
        if (ScopeInputReader.pointersOf(needed).isEmpty()
                || !bodies.checkHead(attempt.head(), platform)) {
            return Map.of();
        }
        if (attempt.body().isEmpty()) {
            throw new NotYet(NotYet.Lack.BODY);
        }
        return bodies.read(attempt.head(), platform, attempt.body().get(), needed);
    }

    private static ScopeValue valueOf(Map<String, String> body, String pointer) {
        String text = body.get(pointer);
        return text == null ? ScopeValue.absent() : ScopeValue.text(text);
    }

    private static ScopeValue answer(
            Attempt attempt, Destination destination, ScopeQuestion question)
            throws RefusedException, NotYet {
        if (question.input() instanceof ScopeInput.GraphQlQuery(String pointer)) {
            return query(question.body().apply(pointer));
        }
        if (attempt.pace() == Pace.WAITING) {
            return destination.facts().lookup(question);
        }
        return orLater(destination.facts().known(question));
    }

    /** No document keeps to less than the root, but none that does more than ask gets so far. */
    private static ScopeValue query(ScopeValue document) throws RefusedException {
        if (document instanceof ScopeValue.Text(String text)) {
            GraphQlQuery.parse(text);
        }
        return ScopeValue.absent();
    }

    private static BoundOperation bound(
            MatchedOperation matched, Destination destination, Map<ScopeInput, ScopeValue> known)
            throws RefusedException {
        try {
            return matched.bind(destination.root(), known);
        } catch (RefusedScopeInputException refused) {
            throw RefusedException.of(Code.BAD_REQUEST, String.valueOf(refused.getMessage()));
        }
    }
}

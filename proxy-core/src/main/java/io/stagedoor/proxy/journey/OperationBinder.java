package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.RefusedScopeInputException;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.body.ScopeInputReader;
import io.stagedoor.proxy.directory.facts.ScopeQuestion;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.LinkedHashMap;
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
        Set<ScopeInput> needed = matched.neededInputs();
        if (needed.isEmpty()) {
            return bound(matched, destination, Map.of());
        }
        Map<String, String> body = readBody(attempt, needed);
        Map<ScopeInput, ScopeValue> known = new LinkedHashMap<>();
        Optional<ScopeInput> next = matched.nextInput(known);
        while (next.isPresent()) {
            ScopeQuestion question =
                    new ScopeQuestion(
                            next.get(), matched.parameters(), pointer -> valueOf(body, pointer));
            known.put(next.get(), answer(attempt, destination, question));
            next = matched.nextInput(known);
        }
        return bound(matched, destination, known);
    }

    private Map<String, String> readBody(Attempt attempt, Set<ScopeInput> needed)
            throws RefusedException, NotYet {
        Set<String> pointers = ScopeInputReader.pointersOf(needed);
        if (pointers.isEmpty()) {
            return Map.of();
        }
        if (attempt.body().isEmpty()) {
            bodies.checkHead(attempt.head());
            throw new NotYet(NotYet.Lack.BODY);
        }
        return bodies.read(attempt.body().get(), pointers);
    }

    private static ScopeValue valueOf(Map<String, String> body, String pointer) {
        String text = body.get(pointer);
        return text == null ? ScopeValue.absent() : ScopeValue.text(text);
    }

    private static ScopeValue answer(
            Attempt attempt, Destination destination, ScopeQuestion question)
            throws RefusedException, NotYet {
        if (attempt.pace() == Pace.WAITING) {
            return destination.facts().lookup(question);
        }
        Optional<ScopeValue> known = destination.facts().known(question);
        if (known.isEmpty()) {
            throw new NotYet(NotYet.Lack.TIME);
        }
        return known.get();
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

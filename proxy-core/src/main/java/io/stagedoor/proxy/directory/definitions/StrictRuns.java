package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement.Reached;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.definitions.Use.Given;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Strict runs: whoever starts something also needs to be allowed to use every runtime and pool, and
 * the secret of every linked service, that its definition reaches (S60, S64).
 *
 * <p>The services run pipelines as themselves and never look at the caller's rights to what those
 * use; here they are looked at before the run. Any thread may call.
 */
public final class StrictRuns implements RunRequirements {

    private static final Action READ_ARTIFACTS = Action.ofShort("artifacts/read");

    private static final Map<String, ThingKind> WRITTEN =
            Map.of(
                    "pipeline", ThingKind.PIPELINE,
                    "trigger", ThingKind.TRIGGER,
                    "dataset", ThingKind.DATASET,
                    "dataFlow", ThingKind.DATA_FLOW,
                    "linkedService", ThingKind.LINKED_SERVICE,
                    "notebook", ThingKind.NOTEBOOK,
                    "sparkJobDefinition", ThingKind.JOB_DEFINITION,
                    "changeDataCapture", ThingKind.CHANGE_DATA_CAPTURE);

    private final Definitions definitions;
    private final ReachLimits limits;
    private final InstantSource clock;

    /** Makes strict runs over the definitions of one workspace or factory. */
    public StrictRuns(Definitions definitions, ReachLimits limits, InstantSource clock) {
        this.definitions = definitions;
        this.limits = limits;
        this.clock = clock;
    }

    @Override
    public boolean readsBody(Operation operation) {
        return RunStartTable.of(operation.name()).filter(RunStart::readsBody).isPresent();
    }

    @Override
    public Optional<List<Reached>> known(BoundOperation operation, Optional<byte[]> body)
            throws RefusedException {
        return reached(operation, body, new KnownOutlines(definitions));
    }

    @Override
    public List<Reached> lookup(BoundOperation operation, Optional<byte[]> body)
            throws RefusedException {
        try (ReadOutlines reading = new ReadOutlines(definitions, limits, clock)) {
            return reached(operation, body, reading).orElseThrow();
        }
    }

    @Override
    public void changed(BoundOperation operation) {
        if (!operation.operation().effect().isStateChanging()) {
            return;
        }
        String kind = operation.operation().kind();
        ThingKind written = WRITTEN.get(kind);
        if (written != null) {
            operation
                    .resource(kind)
                    .ifPresent(name -> definitions.written(new Thing(written, name)));
        }
    }

    private Optional<List<Reached>> reached(
            BoundOperation operation, Optional<byte[]> body, ReachWalk.Source source)
            throws RefusedException {
        Optional<RunStart> start = RunStartTable.of(operation.operation().name());
        if (start.isEmpty()) {
            return Optional.of(List.of());
        }
        ReachWalk walk = new ReachWalk(operation.root(), source, limits);
        return switch (start.get()) {
            case RunStart.Stored stored -> stored(walk, operation, stored);
            case RunStart.Brought(boolean choosesRuntime) -> {
                Outline brought = request(body, choosesRuntime);
                yield walk.from(brought.uses(), brought.holds(), List.of("the request"));
            }
            case RunStart.CredentialTaken _ -> credential(walk, operation, body);
            case RunStart.TriggerMade _ ->
                    walk.from(
                            List.of(Use.of(ThingKind.CREDENTIAL, OutlineReader.OWN_IDENTITY)),
                            Set.of(),
                            named(operation, ThingKind.TRIGGER, "trigger"));
        };
    }

    private static Optional<List<Reached>> stored(
            ReachWalk walk, BoundOperation operation, RunStart.Stored start)
            throws RefusedException {
        Use use =
                new Use(
                        start.kind(),
                        operation.resource(start.resource()),
                        List.of(),
                        start.given());
        Optional<List<Reached>> reached = walk.from(List.of(use), Set.of(), List.of());
        return start.isRead()
                ? reached.map(all -> withReading(all, operation.root(), use.label()))
                : reached;
    }

    /** What runs as it is stored is shown to whoever runs it. */
    private static List<Reached> withReading(List<Reached> reached, Scope root, String label) {
        List<Reached> all = new ArrayList<>();
        all.add(new Reached(READ_ARTIFACTS, root, List.of(label)));
        all.addAll(reached);
        return all;
    }

    /** Nothing runs, so that only the credential is looked at; one that is not named needs nothing. */
    private static Optional<List<Reached>> credential(
            ReachWalk walk, BoundOperation operation, Optional<byte[]> body)
            throws RefusedException {
        List<Use> credentials =
                request(body, false).uses().stream()
                        .filter(use -> use.kind() == ThingKind.CREDENTIAL)
                        .map(use -> new Use(use.kind(), use.name(), List.of(), Given.NOTHING))
                        .toList();
        return walk.from(
                credentials, Set.of(), named(operation, ThingKind.LINKED_SERVICE, "linkedService"));
    }

    private static List<String> named(BoundOperation operation, ThingKind kind, String resource) {
        return List.of(kind.label() + " " + operation.resource(resource).orElse("in the request"));
    }

    private static Outline request(Optional<byte[]> body, boolean choosesRuntime)
            throws RefusedException {
        try {
            return OutlineReader.readRequest(body.orElse(new byte[0]), choosesRuntime);
        } catch (IOException unreadable) {
            throw Unresolved.malformed(Definitions.oneLine(unreadable));
        }
    }
}

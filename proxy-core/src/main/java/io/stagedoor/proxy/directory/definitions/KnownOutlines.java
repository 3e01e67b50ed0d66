package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.policy.scope.NameFold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The outlines that are known already; never waits. For one walk. */
final class KnownOutlines implements ReachWalk.Source {

    private final Definitions definitions;
    private final Map<Thing, Outline> prepared = new HashMap<>();

    KnownOutlines(Definitions definitions) {
        this.definitions = definitions;
    }

    @Override
    public boolean holds(ThingKind kind) {
        return definitions.holds(kind);
    }

    @Override
    public boolean prepare(List<ReachWalk.Wanted> wanted) {
        for (ReachWalk.Wanted one : wanted) {
            Optional<Outline> known = definitions.known(one.thing());
            if (known.isEmpty()) {
                return false;
            }
            prepared.put(keyOf(one.thing()), known.get());
        }
        return true;
    }

    @Override
    public Outline outlineOf(Thing thing) {
        return Objects.requireNonNull(prepared.get(keyOf(thing)), "not prepared");
    }

    static Thing keyOf(Thing thing) {
        return new Thing(thing.kind(), NameFold.fold(thing.name()));
    }
}

package io.stagedoor.policy.operation;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What only some platforms say of their calls.
 *
 * @param scopes the scopes that a token of the platform must carry
 * @param rootReferences the path parameters that must name the root behind the route
 * @param twinOf the operation that stands for this one too
 */
public record PlatformTraits(
        Set<String> scopes, List<RootReference> rootReferences, Optional<String> twinOf) {

    /** Of calls of which none of this is said. */
    public static final PlatformTraits NONE =
            new PlatformTraits(Set.of(), List.of(), Optional.empty());

    /** Copies the collections. */
    public PlatformTraits {
        scopes = Set.copyOf(scopes);
        rootReferences = List.copyOf(rootReferences);
    }
}

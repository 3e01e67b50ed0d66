package io.stagedoor.policy.scope;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kind of a scope: one of the roots, or one of the items below a root.
 *
 * <p>Role definitions name the scope types at which they may be assigned.
 */
public sealed interface ScopeType permits RootType, ItemType {

    /** Returns the type segment as it stands in a scope, for example {@code bigDataPools}. */
    String segment();

    /** Returns the scope type with this segment, compared without case. */
    static Optional<ScopeType> ofSegment(String segment) {
        String folded = NameFold.foldAscii(segment);
        return Stream.<ScopeType>concat(Stream.of(RootType.values()), Stream.of(ItemType.values()))
                .filter(type -> NameFold.foldAscii(type.segment()).equals(folded))
                .findFirst();
    }

    /**
     * Returns the scope type that a template of the service stands for, such as {@code
     * workspaces/{workspaceName}/bigDataPools/{bigDataPoolName}}; empty if it is of no known form.
     */
    static Optional<ScopeType> ofTemplate(String template) {
        String[] segments = template.split("/", -1);
        return switch (segments.length) {
            case 2 -> RootType.ofSegment(segments[0]).map(type -> type);
            case 4 ->
                    RootType.ofSegment(segments[0])
                            .flatMap(root -> ItemType.ofSegment(segments[2], root))
                            .map(type -> type);
            default -> Optional.empty();
        };
    }
}

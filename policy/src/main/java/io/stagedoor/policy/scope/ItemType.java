package io.stagedoor.policy.scope;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * The kind of an item scope: what a role may be assigned at below a root.
 *
 * <p>Pipelines, notebooks, SQL pools, libraries and the like have no scope of their own.
 */
public enum ItemType implements ScopeType {
    /** An Apache Spark pool. */
    BIG_DATA_POOL("bigDataPools"),
    /** A SCOPE pool, an internal product that the service lists. */
    SCOPE_POOL("scopePools"),
    /** An integration runtime. */
    INTEGRATION_RUNTIME("integrationRuntimes"),
    /** A linked service. */
    LINKED_SERVICE("linkedServices"),
    /** A credential, {@code WorkspaceSystemIdentity} among them. */
    CREDENTIAL("credentials"),
    /** A Tableau project. */
    PROJECT("projects");

    private final String segment;

    ItemType(String segment) {
        this.segment = segment;
    }

    @Override
    public String segment() {
        return segment;
    }

    /** Returns whether items of this type stand below roots of the given type. */
    public boolean isBelow(RootType root) {
        return (this == PROJECT) == (root == RootType.SITE);
    }

    /** Returns the item type below such a root that has this segment, compared without case. */
    public static Optional<ItemType> ofSegment(String segment, RootType root) {
        String folded = NameFold.foldAscii(segment);
        return Stream.of(values())
                .filter(
                        type ->
                                type.isBelow(root)
                                        && NameFold.foldAscii(type.segment).equals(folded))
                .findFirst();
    }
}

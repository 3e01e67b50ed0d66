package io.stagedoor.proxy.directory.ownership;

import io.stagedoor.policy.scope.NameFold;
import java.util.List;

/**
 * The key of something that has an owner, compared without case.
 *
 * @param workspace the workspace's configured name
 * @param kind the kind of id, as the operation catalogue names it
 * @param within what the id is unique in inside the workspace, outermost first: the Spark pool of a
 *     Livy session; empty for ids that are unique in the workspace
 * @param id the id, as the path or answer gives it
 */
public record OwnedId(String workspace, String kind, List<String> within, String id) {

    /** Folds every part, so that equal ids are equal keys. */
    public OwnedId {
        workspace = NameFold.fold(workspace);
        kind = NameFold.fold(kind);
        within = within.stream().map(NameFold::fold).toList();
        id = NameFold.fold(id);
    }
}

package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.scope.Scope;
import java.util.List;
import java.util.stream.Collectors;

/** The sentences of explanations, close to those that users of Synapse know from the service. */
final class Wording {

    /** A run may reach very many things; a reader is helped by some of them. */
    private static final int MOST_NAMED = 12;

    private Wording() {}

    /** Returns {@code Action: ..., Scope: ...}; any scope of a workspace is written with a star. */
    static String required(BoundRequirement requirement) {
        String scope =
                switch (requirement) {
                    case BoundRequirement.At at -> at.scope().text();
                    case BoundRequirement.Reached(var _, Scope at, var _) -> at.text();
                    case BoundRequirement.Anywhere anywhere -> anywhere.root().text() + "/*";
                };
        String path =
                requirement instanceof BoundRequirement.Reached reached
                        ? " (used by " + reached.pathText() + ")"
                        : "";
        return "Action: " + requirement.action().name() + ", Scope: " + scope + path;
    }

    static String missing(PrincipalId principal, String operation, List<BoundRequirement> missing) {
        String each =
                missing.stream()
                        .limit(MOST_NAMED)
                        .map(requirement -> " " + required(requirement) + ".")
                        .collect(Collectors.joining());
        return "The principal `"
                + principal.objectId()
                + "` does not have the required permission to perform "
                + operation
                + "."
                + each
                + (missing.size() > MOST_NAMED
                        ? " And " + (missing.size() - MOST_NAMED) + " more."
                        : "");
    }

    static String grants(List<MinimalGrant> grants) {
        if (grants.isEmpty()) {
            return " No known role gives it.";
        }
        return grants.stream()
                .map(MinimalGrant::text)
                .collect(Collectors.joining("; or ", " Smallest roles that would allow it: ", "."));
    }
}

package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;
import java.util.stream.Collectors;

/** The sentences of explanations, close to those that users of Synapse know from the service. */
final class Wording {

    private Wording() {}

    /** Returns {@code Action: ..., Scope: ...}; any scope of a workspace is written with a star. */
    static String required(BoundRequirement requirement) {
        String scope =
                switch (requirement) {
                    case BoundRequirement.At at -> at.scope().text();
                    case BoundRequirement.Anywhere anywhere -> anywhere.root().text() + "/*";
                };
        return "Action: " + requirement.action().name() + ", Scope: " + scope;
    }

    static String missing(PrincipalId principal, String operation, List<BoundRequirement> missing) {
        String each =
                missing.stream()
                        .map(requirement -> " " + required(requirement) + ".")
                        .collect(Collectors.joining());
        return "The principal `"
                + principal.objectId()
                + "` does not have the required permission to perform "
                + operation
                + "."
                + each;
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

package io.stagedoor.proxy.http;

import java.util.List;

/**
 * Why a decision was a denial, in the words the caller may see: what concerns the caller and
 * nothing about others.
 *
 * @param principal the object id of the principal
 * @param missing what is missing, most important first
 * @param remedies the smallest changes that would permit the operation, least extra power first
 */
public record Explanation(String principal, List<Missing> missing, List<Remedy> remedies) {

    /** Copies both lists. */
    public Explanation {
        missing = List.copyOf(missing);
        remedies = List.copyOf(remedies);
    }

    /**
     * One action that no role assignment of the caller gives.
     *
     * @param action the full name of the action
     * @param scope the scope at which it is needed
     */
    public record Missing(String action, String scope) {}

    /**
     * One set of role assignments that would suffice together.
     *
     * @param assignments at least one
     */
    public record Remedy(List<Assignment> assignments) {

        /** Copies the list. */
        public Remedy {
            assignments = List.copyOf(assignments);
        }
    }

    /**
     * One role assignment.
     *
     * @param role the display name of the role
     * @param scope the scope of the assignment
     */
    public record Assignment(String role, String scope) {}
}

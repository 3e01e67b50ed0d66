package io.stagedoor.proxy.audit.index;

import java.util.Optional;

/** Which decisions are asked for. */
public sealed interface DecisionFilter {

    /** All of them. */
    record Everything() implements DecisionFilter {}

    /**
     * Those of a principal.
     *
     * @param who an object id or a label, without regard to case
     */
    record ByPrincipal(String who) implements DecisionFilter {}

    /**
     * Those about a resource, without regard to case.
     *
     * @param workspace the workspace, factory or site
     * @param kind such as `pipeline`
     * @param name its name; all of the kind when empty
     */
    record ByResource(String workspace, String kind, Optional<String> name)
            implements DecisionFilter {}

    /**
     * Those with a decision code.
     *
     * @param code such as `permitted` or `not_permitted`
     */
    record ByCode(String code) implements DecisionFilter {}
}

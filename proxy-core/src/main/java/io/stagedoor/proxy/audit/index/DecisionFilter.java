package io.stagedoor.proxy.audit.index;

import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.audit.fact.ResourceKey;
import io.stagedoor.proxy.audit.record.AuditEvent;
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
     * @param kind such as `pipeline`; `refresh` for guarded refreshes, by content or task
     * @param name its name; all of the kind when empty
     */
    record ByResource(String workspace, String kind, Optional<String> name)
            implements DecisionFilter {

        boolean isAbout(AuditEvent.Decided decided) {
            return decided.request().resource().filter(this::isAbout).isPresent()
                    || decided.decision().refresh().filter(this::isAbout).isPresent();
        }

        private boolean isAbout(RefreshFacts refresh) {
            return refresh.site().equalsIgnoreCase(workspace)
                    && kind.equalsIgnoreCase(RefreshFacts.KIND)
                    && (name.isEmpty() || refresh.isAbout(name.get()));
        }

        private boolean isAbout(ResourceKey resource) {
            return resource.workspace().equalsIgnoreCase(workspace)
                    && resource.kind().equalsIgnoreCase(kind)
                    && (name.isEmpty()
                            || resource.name().filter(name.get()::equalsIgnoreCase).isPresent());
        }
    }

    /**
     * Those with a decision code.
     *
     * @param code such as `permitted` or `not_permitted`
     */
    record ByCode(String code) implements DecisionFilter {}
}

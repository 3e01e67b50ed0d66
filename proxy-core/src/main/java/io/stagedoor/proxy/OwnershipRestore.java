package io.stagedoor.proxy;

import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.Ownership;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.audit.fact.CallerFacts.PrincipalFacts;
import io.stagedoor.proxy.audit.fact.JobKey;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.audit.search.Exchange;
import io.stagedoor.proxy.directory.ownership.OwnedId;
import io.stagedoor.proxy.directory.ownership.OwnershipRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings back from the audit trail who made what, when the proxy starts.
 *
 * <p>Runs beside the traffic: until it is done, what is not known yet is nobody's and is refused.
 */
final class OwnershipRestore {

    private static final Logger LOG = LoggerFactory.getLogger(OwnershipRestore.class);
    private static final int MOST_OF_A_KIND = 50_000;

    private final List<OperationCatalogue> catalogues;
    private final OwnershipRegistry registry;

    OwnershipRestore(List<OperationCatalogue> catalogues, OwnershipRegistry registry) {
        this.catalogues = List.copyOf(catalogues);
        this.registry = registry;
    }

    /** Begins to restore on a virtual thread. */
    void start(Path trail, InstantSource clock) {
        Thread.ofVirtual().name("ownership-restore").start(() -> restore(trail, clock));
    }

    private void restore(Path trail, InstantSource clock) {
        try (AuditQueries queries = AuditQueries.open(trail, clock)) {
            for (String kind : ownedKinds()) {
                queries.changersOf(kind, MOST_OF_A_KIND).forEach(this::restore);
            }
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("who made what before the start is not known; it stays refused");
        }
    }

    private Set<String> ownedKinds() {
        return catalogues.stream()
                .flatMap(catalogue -> catalogue.operations().stream())
                .flatMap(operation -> operation.traits().ownership().stream())
                .map(ownership -> ownership.id().kind())
                .collect(Collectors.toUnmodifiableSet());
    }

    private void restore(Exchange exchange) {
        Optional<Ownership> ownership =
                exchange.decided()
                        .request()
                        .operation()
                        .flatMap(this::operation)
                        .flatMap(operation -> operation.traits().ownership());
        Optional<PrincipalId> owner =
                exchange.decided().caller().map(caller -> idOf(caller.principal()));
        if (ownership.isPresent() && owner.isPresent() && exchange.completed().isPresent()) {
            exchange.jobs().stream()
                    .map(mention -> mention.job())
                    .filter(job -> job.kind().equals(ownership.get().id().kind()))
                    .distinct()
                    .forEach(job -> restore(ownership.get(), job, owner.get(), exchange));
        }
    }

    private void restore(Ownership ownership, JobKey job, PrincipalId owner, Exchange exchange) {
        OwnedId id =
                new OwnedId(
                        job.workspace(),
                        job.kind(),
                        job.pool().map(List::of).orElseGet(List::of),
                        job.id());
        registry.restore(ownership.rule(), id, owner, exchange.begin().time());
    }

    private Optional<Operation> operation(String name) {
        return catalogues.stream()
                .flatMap(catalogue -> catalogue.operation(name).stream())
                .findFirst();
    }

    private static PrincipalId idOf(PrincipalFacts principal) {
        return PrincipalId.of(principal.tenant(), principal.objectId());
    }
}

package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.scope.NameFold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The guardrails of a snapshot by whom they apply to, so that those of others cost nothing.
 *
 * <p>Immutable once built.
 */
final class GuardrailIndex {

    private final List<Guardrail> all;
    private final Map<PrincipalId, List<Guardrail>> byPrincipal = new HashMap<>();
    private final Map<String, List<Guardrail>> byApplication = new HashMap<>();
    private final List<Guardrail> forMembers = new ArrayList<>();

    GuardrailIndex(Collection<Guardrail> guardrails) {
        this.all =
                guardrails.stream()
                        .distinct()
                        .sorted(Comparator.comparing(Guardrail::name))
                        .toList();
        all.forEach(this::add);
    }

    private void add(Guardrail guardrail) {
        guardrail.clientApplications().stream()
                .map(NameFold::fold)
                .distinct()
                .forEach(application -> put(byApplication, application, guardrail));
        Stream.concat(guardrail.principals().stream(), guardrail.groups().stream())
                .distinct()
                .forEach(principal -> put(byPrincipal, principal, guardrail));
        if (!guardrail.groups().isEmpty()) {
            forMembers.add(guardrail);
        }
    }

    private static <K> void put(Map<K, List<Guardrail>> index, K key, Guardrail guardrail) {
        index.computeIfAbsent(key, _ -> new ArrayList<>()).add(guardrail);
    }

    /** Returns all guardrails in the order of their names. */
    List<Guardrail> all() {
        return all;
    }

    /** Returns the first by name of those that apply to the caller and refuse the operation. */
    Optional<Guardrail> refusing(Caller caller, BoundOperation operation) {
        return all.isEmpty()
                ? Optional.empty()
                : applying(caller)
                        .filter(guardrail -> !guardrail.allows(operation))
                        .min(Comparator.comparing(Guardrail::name));
    }

    /** Returns whether unknown groups of the caller may hide a guardrail that would refuse. */
    boolean mayRefuse(Caller caller, BoundOperation operation) {
        return !caller.areGroupsKnown()
                && forMembers.stream().anyMatch(guardrail -> !guardrail.allows(operation));
    }

    /** Returns those that apply to the caller for sure, perhaps more than once. */
    Stream<Guardrail> applying(Caller caller) {
        Stream<Guardrail> named =
                Stream.concat(Stream.of(caller.id()), caller.groups().stream())
                        .flatMap(id -> byPrincipal.getOrDefault(id, List.of()).stream());
        Stream<Guardrail> client =
                caller.clientApplication().stream()
                        .map(NameFold::fold)
                        .flatMap(id -> byApplication.getOrDefault(id, List.of()).stream());
        return Stream.concat(named, client);
    }
}

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
import java.util.Set;
import java.util.stream.Stream;

/**
 * The guardrails of a snapshot by whom they apply to, so that those of others cost nothing.
 *
 * <p>Immutable once built.
 */
final class GuardrailIndex {

    private static final Comparator<Guardrail> BY_NAME = Comparator.comparing(Guardrail::name);

    private final List<Guardrail> all;
    private final Map<PrincipalId, List<Guardrail>> byPrincipal = new HashMap<>();
    private final Map<String, List<Guardrail>> byApplication = new HashMap<>();
    private final List<Guardrail> forMembers = new ArrayList<>();
    private final boolean namesPipelines;

    GuardrailIndex(Collection<Guardrail> guardrails) {
        this.all = guardrails.stream().distinct().sorted(BY_NAME).toList();
        all.forEach(this::add);
        this.namesPipelines =
                all.stream()
                        .flatMap(guardrail -> guardrail.mayRun().stream())
                        .anyMatch(rule -> rule.kind() == ResourceKind.PIPELINE);
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

    /** Returns whether some guardrail names pipelines. */
    boolean namesPipelines() {
        return namesPipelines;
    }

    /** Returns all guardrails in the order of their names. */
    List<Guardrail> all() {
        return all;
    }

    /** Returns whether unknown groups of the caller may hide a guardrail that would refuse. */
    boolean mayRefuse(Caller caller, BoundOperation operation) {
        return !caller.areGroupsKnown()
                && forMembers.stream().anyMatch(guardrail -> !guardrail.allows(operation));
    }

    /** Returns those that apply to a principal, in the order of their names. */
    List<Guardrail> applyingTo(
            PrincipalId id, Set<PrincipalId> groups, Optional<String> clientApplication) {
        if (all.isEmpty()) {
            return List.of();
        }
        Stream<Guardrail> named =
                Stream.concat(Stream.of(id), groups.stream())
                        .flatMap(each -> byPrincipal.getOrDefault(each, List.of()).stream());
        Stream<Guardrail> client =
                clientApplication.stream()
                        .map(NameFold::fold)
                        .flatMap(each -> byApplication.getOrDefault(each, List.of()).stream());
        return Stream.concat(named, client).distinct().sorted(BY_NAME).toList();
    }
}

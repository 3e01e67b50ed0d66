package io.stagedoor.config.access;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.place.KnownServices;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.text.Spelling;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.policy.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads the list {@code assignments} of an access file. */
final class AssignmentReader implements SectionReader<RoleAssignment> {

    private final String source;
    private final KnownServices services;
    private final Tenants tenants;
    private final Map<String, Position> seen = new HashMap<>();

    AssignmentReader(String source, KnownServices services, Tenants tenants) {
        this.source = source;
        this.services = services;
        this.tenants = tenants;
    }

    @Override
    public Optional<RoleAssignment> read(Section in) {
        Setting<RoleDefinition> role = in.required("role", RoleKinds.role());
        Setting<Scope> scope = assignable(in, role, in.required("scope", scope()));
        Optional<KnownServices.Known> service =
                scope.isGood() ? services.find(scope.value()) : Optional.empty();
        Setting<String> tenant =
                tenants.read(
                        in,
                        service.flatMap(KnownServices.Known::tenant),
                        scope.isGood() && service.isEmpty() && services.isComplete());
        Setting<String> principal = in.required("principal", Tenants.objectId(tenant));
        Setting<RoleAssignment> assignment =
                in.combine(
                        () ->
                                assignment(
                                        in.position(),
                                        role.value(),
                                        PrincipalId.of(tenant.value(), principal.value()),
                                        scope.value()),
                        List.of(role, scope, tenant, principal));
        refuseSecond(in, assignment);
        return in.build(assignment::value);
    }

    private Kind<Scope> scope() {
        return RoleKinds.scope().refined((scope, _) -> known(scope));
    }

    private Parsed<Scope> known(Scope scope) {
        Optional<KnownServices.Known> service = services.find(scope);
        if (service.isEmpty() && services.isComplete()) {
            return notConfigured(scope.root());
        }
        return service.filter(known -> !known.countsDeclared()).isPresent()
                ? new Parsed.Suspect<>(
                        scope,
                        "the role assignments of "
                                + Quoted.of(scope.root().text())
                                + " come from the live workspace alone, so this one gives nothing",
                        "set its `assignments.from` to `declared` or `both`, or apply this one"
                                + " to the live workspace")
                : Parsed.value(scope);
    }

    private Parsed<Scope> notConfigured(Scope root) {
        Set<String> roots =
                services.byRoot().keySet().stream()
                        .map(Scope::text)
                        .collect(Collectors.toUnmodifiableSet());
        return Parsed.wrong(
                "no service " + Quoted.of(root.text()) + " is configured",
                Spelling.nearest(root.text(), roots)
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse("add it to the configuration, or remove the assignment"));
    }

    private static Setting<Scope> assignable(
            Section in, Setting<RoleDefinition> role, Setting<Scope> scope) {
        if (!role.isGood() || !scope.isGood()) {
            return scope;
        }
        return in.check(
                "scope",
                scope,
                place -> role.value().assignableAt().contains(place.type()),
                "the role `" + role.value().name() + "` is not assignable at such a scope",
                "assign it at " + RoleKinds.places(role.value(), scope.value().rootType()));
    }

    private RoleAssignment assignment(
            Position at, RoleDefinition role, PrincipalId principal, Scope scope) {
        String key = role.id() + "|" + principal + "|" + NameFold.fold(scope.text());
        String id = UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString();
        return new RoleAssignment(id, role.id(), principal, scope, source + ":" + at);
    }

    private void refuseSecond(Section in, Setting<RoleAssignment> assignment) {
        if (assignment.isGood()) {
            Position first = seen.putIfAbsent(assignment.value().id(), in.position());
            if (first != null) {
                in.refuse(
                        "principal",
                        "this assignment stands already at " + first,
                        "remove one of the two");
            }
        }
    }
}

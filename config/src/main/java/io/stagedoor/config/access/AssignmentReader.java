package io.stagedoor.config.access;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.text.Spelling;
import io.stagedoor.config.text.YamlNode;
import io.stagedoor.config.workspace.KnownWorkspaces;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.policy.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Reads the list {@code assignments} of an access file. */
final class AssignmentReader implements SectionReader<RoleAssignment> {

    private final String source;
    private final KnownWorkspaces workspaces;
    private final Tenants tenants;
    private final Map<String, Position> seen = new HashMap<>();

    AssignmentReader(String source, KnownWorkspaces workspaces, Tenants tenants) {
        this.source = source;
        this.workspaces = workspaces;
        this.tenants = tenants;
    }

    @Override
    public Optional<RoleAssignment> read(Section in) {
        Setting<RoleDefinition> role = in.required("role", RoleKinds.role());
        Setting<Scope> scope = assignable(in, role, in.required("scope", scope()));
        Optional<KnownWorkspaces.Known> workspace =
                scope.isGood() ? workspace(scope.value()) : Optional.empty();
        Setting<String> tenant =
                tenants.read(
                        in,
                        workspace.flatMap(KnownWorkspaces.Known::tenant),
                        scope.isGood() && workspace.isEmpty() && workspaces.isComplete());
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
        return RoleKinds.scope().refined((scope, scalar) -> known(scope, scalar));
    }

    private Parsed<Scope> known(Scope scope, YamlNode.Scalar scalar) {
        if (scope.rootType() != RootType.WORKSPACE) {
            return Parsed.wrong(
                    Quoted.of(scalar.text()) + " is not in a workspace",
                    "only workspaces are behind this proxy: start with `workspaces/`");
        }
        Optional<KnownWorkspaces.Known> workspace = workspace(scope);
        if (workspace.isEmpty() && workspaces.isComplete()) {
            return Parsed.wrong(
                    "no workspace " + Quoted.of(scope.rootName()) + " is configured",
                    Spelling.nearest(scope.rootName(), workspaces.byName().keySet())
                            .map(near -> "did you mean `" + near + "`?")
                            .orElse("add it to the configuration, or remove the assignment"));
        }
        return workspace.filter(known -> !known.countsDeclared()).isPresent()
                ? new Parsed.Suspect<>(
                        scope,
                        "the role assignments of the workspace "
                                + Quoted.of(scope.rootName())
                                + " come from the live workspace alone, so this one gives nothing",
                        "set its `assignments.from` to `declared` or `both`, or apply this one"
                                + " to the live workspace")
                : Parsed.value(scope);
    }

    private Optional<KnownWorkspaces.Known> workspace(Scope scope) {
        return workspaces.find(scope.rootName().toLowerCase(Locale.ROOT));
    }

    private static Setting<Scope> assignable(
            Section in, Setting<RoleDefinition> role, Setting<Scope> scope) {
        if (!role.isGood()) {
            return scope;
        }
        return in.check(
                "scope",
                scope,
                place -> role.value().assignableAt().contains(place.type()),
                "the role `" + role.value().name() + "` is not assignable at such a scope",
                "assign it at " + RoleKinds.places(role.value()));
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

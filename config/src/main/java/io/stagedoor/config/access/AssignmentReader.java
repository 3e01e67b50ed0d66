package io.stagedoor.config.access;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.workspace.KnownWorkspaces;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.NameFold;
import io.stagedoor.policy.scope.Scope;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;

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
        Optional<KnownWorkspaces.Known> workspace = workspace(scope);
        Setting<String> tenant =
                scope.isGood()
                        ? tenants.read(
                                in,
                                workspace.flatMap(KnownWorkspaces.Known::tenant),
                                workspace.isEmpty() && workspaces.isComplete())
                        : tenants.unneeded(in);
        Setting<String> principal = in.required("principal", Tenants.objectId(tenant));
        Setting<RoleAssignment> assignment =
                in.combine(
                        () ->
                                assignment(
                                        in.position(),
                                        role.value(),
                                        PrincipalId.of(tenant.value(), principal.value()),
                                        scope.value()),
                        java.util.List.of(role, scope, tenant, principal));
        refuseSecond(in, assignment);
        return in.build(assignment::value);
    }
}

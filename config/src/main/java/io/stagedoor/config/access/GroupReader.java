package io.stagedoor.config.access;

import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Position;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the list {@code groups} of an access file. */
final class GroupReader implements SectionReader<DeclaredGroup> {

    private final Tenants tenants;
    private final Map<PrincipalId, Position> seen = new HashMap<>();

    GroupReader(Tenants tenants) {
        this.tenants = tenants;
    }

    @Override
    public Optional<DeclaredGroup> read(Section in) {
        Setting<String> tenant = tenants.read(in);
        Setting<String> id = in.required("id", Tenants.objectId(tenant));
        Setting<Set<String>> members = in.requiredSet("members", Tenants.objectId(tenant));
        if (tenant.isGood() && id.isGood()) {
            refuseSecond(in, PrincipalId.of(tenant.value(), id.value()));
        }
        return in.build(
                () ->
                        new DeclaredGroup(
                                PrincipalId.of(tenant.value(), id.value()),
                                Tenants.principals(tenant, members)));
    }

    private void refuseSecond(Section in, PrincipalId group) {
        Position first = seen.putIfAbsent(group, in.positionOf("id"));
        if (first != null) {
            in.refuse(
                    "id",
                    "this group is declared already, at " + first,
                    "put all its members into one entry");
        }
    }
}

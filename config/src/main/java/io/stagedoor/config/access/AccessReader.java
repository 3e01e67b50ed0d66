package io.stagedoor.config.access;

import io.stagedoor.config.place.KnownServices;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.role.RoleAssignment;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a whole access file. */
public final class AccessReader implements SectionReader<DeclaredAccess> {

    private final String source;
    private final KnownServices services;

    /**
     * Makes a reader for one file.
     *
     * @param source the file's name as it shall stand in the source of its assignments
     * @param services the services that the file may speak of
     */
    public AccessReader(String source, KnownServices services) {
        this.source = source;
        this.services = services;
    }

    @Override
    public Optional<DeclaredAccess> read(Section in) {
        Setting<Optional<String>> written = in.optional("tenant", Tenants.kind());
        Tenants tenants = new Tenants(written, services);
        Setting<List<RoleAssignment>> assignments =
                in.sections("assignments", new AssignmentReader(source, services, tenants), 0);
        Setting<List<DeclaredGroup>> groups = in.sections("groups", new GroupReader(tenants), 0);
        Setting<List<Guardrail>> guardrails =
                in.sections("guardrails", new GuardrailReader(tenants), 0);
        return in.build(
                () ->
                        new DeclaredAccess(
                                assignments.value(), turned(groups.value()), guardrails.value()));
    }

    /** From each group with its members to each member with its groups. */
    private static Map<PrincipalId, Set<PrincipalId>> turned(List<DeclaredGroup> groups) {
        Map<PrincipalId, Set<PrincipalId>> memberOf = new LinkedHashMap<>();
        groups.forEach(group -> group.members().forEach(member -> put(memberOf, member, group)));
        return memberOf;
    }

    private static void put(
            Map<PrincipalId, Set<PrincipalId>> memberOf, PrincipalId member, DeclaredGroup group) {
        memberOf.computeIfAbsent(member, _ -> new LinkedHashSet<>()).add(group.id());
    }
}

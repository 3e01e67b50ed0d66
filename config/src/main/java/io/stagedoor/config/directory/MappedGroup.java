package io.stagedoor.config.directory;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A group of another directory whose members count as members of groups that hold assignments.
 *
 * @param tenant the directory's tenant, as its issuer's {@code fixed_tenant} says
 * @param group the group's name there, or its id
 * @param countsAs the groups that its members count as members of
 */
public record MappedGroup(String tenant, String group, Set<PrincipalId> countsAs) {

    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,256}");
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|@-]{0,254}");

    /** Copies the set. */
    public MappedGroup {
        countsAs = Set.copyOf(countsAs);
    }

    /** Reads an entry of {@code access.mapped_groups}. */
    public static Optional<MappedGroup> read(Section in) {
        Setting<String> tenant = in.required("tenant", DirectoryConfig.tenantKind());
        Setting<String> group =
                in.required("group", Kinds.text("the name of a group", "Data Engineers", NAME));
        Setting<Optional<String>> ofTenant = in.optional("of_tenant", DirectoryConfig.tenantKind());
        Setting<Set<String>> countsAs =
                in.requiredSet(
                        "counts_as",
                        Kinds.text("an object id", Kinds.guid().example(), ID)
                                .refined((id, _) -> Parsed.value(normalised(id))));
        return in.build(
                () ->
                        new MappedGroup(
                                tenant.value(),
                                group.value(),
                                principals(
                                        ofTenant.value().orElse(tenant.value()),
                                        countsAs.value())));
    }

    /** Returns the entries of one tenant, by the group's name or id. */
    public static List<MappedGroup> of(String tenant, List<MappedGroup> all) {
        return all.stream().filter(each -> each.tenant().equals(tenant)).toList();
    }

    private static Set<PrincipalId> principals(String tenant, Set<String> ids) {
        return ids.stream().map(id -> PrincipalId.of(tenant, id)).collect(Collectors.toSet());
    }

    private static String normalised(String id) {
        return PrincipalId.isGuid(id) ? id.toLowerCase(Locale.ROOT) : id;
    }
}

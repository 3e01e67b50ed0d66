package io.stagedoor.config.operator;

import io.stagedoor.config.access.Tenants;
import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Who operates the proxy.
 *
 * @param members the people and services that do
 * @param audience the audience of the bearer tokens that they show; nothing where none are taken
 * @param apiKey a secret for scripts on the machine; nothing where there is none
 */
public record OperatorsConfig(
        Members members, Optional<String> audience, Optional<SecretRef> apiKey) {

    /**
     * People and services.
     *
     * @param principals operators by their own ids
     * @param groups groups whose members are operators
     */
    public record Members(Set<PrincipalId> principals, Set<PrincipalId> groups) {

        /** Copies the sets. */
        public Members {
            principals = Set.copyOf(principals);
            groups = Set.copyOf(groups);
        }

        /** Returns whether there is nobody. */
        public boolean isEmpty() {
            return principals.isEmpty() && groups.isEmpty();
        }
    }

    /** Reads its keys of the section {@code admin}, which has others too. */
    public static Setting<OperatorsConfig> read(Section in) {
        Setting<Optional<String>> audience = in.optional("audience", NetKinds.audience());
        Setting<Members> members =
                in.optionalSection("operators", OperatorsConfig::members)
                        .map(given -> given.orElseGet(() -> new Members(Set.of(), Set.of())));
        Setting<Optional<SecretRef>> key = in.optional("api_key", in.reading().files().secret());
        return in.combine(
                () -> new OperatorsConfig(members.value(), audience.value(), key.value()),
                List.of(audience, members, key));
    }

    private static Optional<Members> members(Section in) {
        Setting<String> tenant = in.required("tenant", Tenants.kind());
        Kind<String> id = Tenants.objectId(tenant);
        Setting<Set<String>> principals = in.optionalSet("principals", id, List.of());
        Setting<Set<String>> groups = in.optionalSet("groups", id, List.of());
        if (!in.has("principals") && !in.has("groups")) {
            in.refuse("principals", "there are no operators", "add `principals` or `groups`");
        }
        return in.build(
                () ->
                        new Members(
                                Tenants.principals(tenant, principals),
                                Tenants.principals(tenant, groups)));
    }

    /** Returns whether anybody is an operator, or could be. */
    public boolean isConfigured() {
        return !members.isEmpty() || apiKey.isPresent();
    }
}

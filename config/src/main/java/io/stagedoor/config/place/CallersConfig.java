package io.stagedoor.config.place;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.policy.principal.PrincipalKind;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Whom a workspace lets in at all; whoever is let in still needs a role.
 *
 * @param kinds the kinds of caller, or empty for all, those that cannot be told among them
 * @param clientApplications the ids of the client applications, or empty for all
 * @param confidentialClientsOnly whether the client must have proved to the issuer who it is
 * @param scopes the delegated scopes of which a token may bear one
 * @param roles the app roles of which a token may bear one; if any scope or role is listed, it must
 *     bear one of them
 */
public record CallersConfig(
        Set<PrincipalKind> kinds,
        Set<String> clientApplications,
        boolean confidentialClientsOnly,
        Set<String> scopes,
        Set<String> roles) {

    private static final Pattern APPLICATION =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|@-]{0,254}");
    private static final Pattern WORD = Pattern.compile("[!#-\\[\\]-~]{1,256}");

    /** Copies the sets, keeping their order. */
    public CallersConfig {
        kinds = Collections.unmodifiableSet(new LinkedHashSet<>(kinds));
        clientApplications = Collections.unmodifiableSet(new LinkedHashSet<>(clientApplications));
        scopes = Collections.unmodifiableSet(new LinkedHashSet<>(scopes));
        roles = Collections.unmodifiableSet(new LinkedHashSet<>(roles));
    }

    /** Reads the section {@code workspaces[].callers}. */
    static Optional<CallersConfig> read(Section in) {
        Setting<Set<PrincipalKind>> kinds = in.optionalSet("kinds", kind(), List.of());
        Setting<Set<String>> applications =
                in.optionalSet(
                        "client_applications",
                        Kinds.text(
                                "an application id",
                                "11111111-2222-4333-8444-555555555555",
                                APPLICATION),
                        List.of());
        Setting<Boolean> confidential =
                in.optional("confidential_clients_only", Kinds.flag(), false);
        Setting<Set<String>> scopes =
                in.optionalSet("scopes", word("a scope", "user_impersonation"), List.of());
        Setting<Set<String>> roles =
                in.optionalSet("roles", word("an app role", "Jobs.Run"), List.of());
        return in.build(
                () ->
                        new CallersConfig(
                                kinds.value(),
                                applications.value(),
                                confidential.value(),
                                scopes.value(),
                                roles.value()));
    }

    private static Kind<PrincipalKind> kind() {
        Map<String, PrincipalKind> words = new LinkedHashMap<>();
        for (PrincipalKind kind : PrincipalKind.values()) {
            if (kind != PrincipalKind.UNKNOWN) {
                words.put(kind.name().toLowerCase(Locale.ROOT), kind);
            }
        }
        return Kinds.choice(words, kind -> kind.name().toLowerCase(Locale.ROOT));
    }

    private static Kind<String> word(String expected, String example) {
        return Kinds.text(expected, example, WORD);
    }
}

package io.stagedoor.config.directory;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A directory that knows the groups of one tenant's principals.
 *
 * @param name how logs and the audit trail call it
 * @param tenant the tenant of the principals it is asked about
 * @param claim what counts beside it when a token names groups
 * @param from what it is, and how it is entered
 * @param answers how long what it says is good
 */
public record DirectoryConfig(
        String name,
        String tenant,
        ClaimUse claim,
        DirectoryKind from,
        GroupAnswersConfig answers) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9-]{1,50}");
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|@-]{0,254}");

    /** What counts when a token names groups. */
    public enum ClaimUse {
        /** The token alone; the directory is never asked. */
        TOKEN,
        /** The directory alone. */
        DIRECTORY,
        /** The token if it names its groups, else the directory. */
        TOKEN_THEN_DIRECTORY
    }

    /** Returns the reader of the list {@code access.directories}; it serves one reading. */
    public static SectionReader<DirectoryConfig> reader() {
        return DirectoryConfig::read;
    }

    private static Optional<DirectoryConfig> read(Section in) {
        Setting<String> name =
                in.required(
                        "name",
                        in.reading()
                                .unique(
                                        "directory name",
                                        Kinds.text(
                                                "a name (1 to 50 of `a-z`, `0-9` and `-`)",
                                                "entra",
                                                NAME)));
        Setting<String> tenant =
                in.required("tenant", in.reading().unique("tenant of a directory", tenantKind()));
        Setting<ClaimUse> claim =
                in.optional(
                        "groups_from", Kinds.choice(ClaimUse.class), ClaimUse.TOKEN_THEN_DIRECTORY);
        Setting<DirectoryKind> from = in.oneOf("from", DirectoryKind.choices());
        Setting<GroupAnswersConfig> answers = in.section("answers", GroupAnswersConfig::read);
        refuseMisfits(in, tenant, from);
        return in.build(
                () ->
                        new DirectoryConfig(
                                name.value(),
                                tenant.value(),
                                claim.value(),
                                from.value(),
                                answers.value()));
    }

    private static void refuseMisfits(
            Section in, Setting<String> tenant, Setting<DirectoryKind> from) {
        if (!from.isGood() || !tenant.isGood()) {
            return;
        }
        boolean isGraph = from.value() instanceof DirectoryKind.Graph;
        if (isGraph && !PrincipalId.isGuid(tenant.value())) {
            in.refuse(
                    "tenant",
                    "Microsoft Graph knows principals of Entra tenants only",
                    "write the tenant's GUID");
        }
        if (in.has("answers") && from.value() instanceof DirectoryKind.Scim) {
            in.refuse(
                    "answers",
                    "a directory that pushes by SCIM is told, and never asked",
                    "remove this section");
        }
    }

    static Kind<String> tenantKind() {
        return Kinds.text(
                        "a tenant (a GUID, or an issuer's `fixed_tenant`)",
                        Kinds.guid().example(),
                        TENANT)
                .refined(
                        (text, _) ->
                                Parsed.value(
                                        PrincipalId.isGuid(text)
                                                ? text.toLowerCase(Locale.ROOT)
                                                : text));
    }
}

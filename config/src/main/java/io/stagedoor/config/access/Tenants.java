package io.stagedoor.config.access;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.place.KnownServices;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds the tenant of a principal: the entry's own, else the file's, else the one that follows from
 * the services.
 */
public final class Tenants {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._|@-]{0,254}");
    private static final String KEY = "tenant";

    private final Setting<Optional<String>> ofFile;
    private final KnownServices services;

    Tenants(Setting<Optional<String>> ofFile, KnownServices services) {
        this.ofFile = ofFile;
        this.services = services;
    }

    /** Returns a tenant: a GUID, or the name of an issuer's directory. */
    public static Kind<String> kind() {
        return Kinds.text(
                        "a tenant (a GUID, or an issuer's `fixed_tenant`)",
                        Kinds.guid().example(),
                        ID)
                .refined((text, _) -> Parsed.value(normalised(text)));
    }

    /** Returns the object id of a principal of the tenant; an Entra tenant has GUIDs only. */
    public static Kind<String> objectId(Setting<String> tenant) {
        boolean isEntra = tenant.isGood() && PrincipalId.isGuid(tenant.value());
        return Kinds.text("an object id", Kinds.guid().example(), ID)
                .refined(
                        (text, _) ->
                                isEntra && !PrincipalId.isGuid(text)
                                        ? notAnObjectId(text)
                                        : Parsed.value(normalised(text)));
    }

    private static Parsed<String> notAnObjectId(String text) {
        return Parsed.wrong(
                Quoted.of(text) + " is not the object id of a principal (a GUID)",
                "names can change hands: look the id up with `az ad user show`, `az ad group show`"
                        + " or `az ad sp show` and `--query id`");
    }

    /** Reads the key {@code tenant} of an entry that belongs to no workspace. */
    Setting<String> read(Section in) {
        return read(in, services.commonTenant(), services.areTenantsKnown());
    }

    /**
     * Reads the key {@code tenant} of an entry.
     *
     * @param implied the tenant that follows from the workspace
     * @param isFinal whether nothing more can be known about the workspace's tenant
     */
    Setting<String> read(Section in, Optional<String> implied, boolean isFinal) {
        Setting<Optional<String>> own = in.optional(KEY, kind());
        if (!own.isGood() || !ofFile.isGood()) {
            return in.silently();
        }
        Optional<String> found = own.value().or(ofFile::value).or(() -> implied);
        if (found.isPresent()) {
            return own.map(_ -> found.get());
        }
        return isFinal
                ? in.refuse(
                        KEY,
                        "the tenant does not follow from the workspaces",
                        "add `tenant: <GUID>` here, or at the top of the file for all")
                : in.silently();
    }

    /** Reads the key where nobody needs it: neither its lack nor a wrong tenant does harm. */
    Setting<String> unneeded(Section in) {
        in.optional(KEY, kind());
        return new Setting.Refused<>();
    }

    /** Puts tenant and object ids together. */
    public static Set<PrincipalId> principals(Setting<String> tenant, Setting<Set<String>> ids) {
        return ids.value().stream()
                .map(id -> PrincipalId.of(tenant.value(), id))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String normalised(String text) {
        return PrincipalId.isGuid(text) ? text.toLowerCase(Locale.ROOT) : text;
    }
}

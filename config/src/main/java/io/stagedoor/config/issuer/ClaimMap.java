package io.stagedoor.config.issuer;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of the claims that say who the caller is. The defaults are those of Entra ID (v1 and
 * v2 tokens). Nothing is decided by names and addresses of people; one of them is the name by which a
 * service knows the caller that knows people by nothing else.
 *
 * @param principal the claim with the object id
 * @param groups the claim with the group ids
 * @param clientApplication the claims with the client application's id; the first one present counts
 * @param userName the claims with the name by which Tableau knows the caller; the first one present
 *     counts
 * @param actor the claims that say who acts on the caller's behalf
 */
public record ClaimMap(
        String principal,
        String groups,
        List<String> clientApplication,
        List<String> userName,
        ActorClaimMap actor) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.:/-]{1,128}");

    private static final Set<String> MUTABLE =
            Set.of("upn", "unique_name", "email", "preferred_username", "name");

    /** Copies the lists. */
    public ClaimMap {
        clientApplication = List.copyOf(clientApplication);
        userName = List.copyOf(userName);
    }

    /** Reads the section {@code issuers[].claims}. */
    public static Optional<ClaimMap> read(Section in) {
        Setting<String> principal = in.optional("principal", stableClaim(), "oid");
        Setting<String> groups = in.optional("groups", claim(), "groups");
        Setting<Set<String>> applications =
                in.optionalSet("client_application", claim(), List.of("azp", "appid"));
        Setting<Set<String>> userNames =
                in.optionalSet("user_name", claim(), List.of("upn", "preferred_username"));
        Setting<ActorClaimMap> actor = in.section("actor", ActorClaimMap::read);
        return in.build(
                () ->
                        new ClaimMap(
                                principal.value(),
                                groups.value(),
                                List.copyOf(applications.value()),
                                List.copyOf(userNames.value()),
                                actor.value()));
    }

    static Kind<String> stableClaim() {
        return claim().refined(
                        (name, _) ->
                                MUTABLE.contains(name)
                                        ? Parsed.wrong(
                                                Quoted.of(name)
                                                        + " changes, and is given to another person"
                                                        + " later",
                                                "use a stable id: `oid` for Entra, `sub` or `uid`"
                                                        + " for others")
                                        : Parsed.value(name));
    }

    static Kind<String> claim() {
        return Kinds.text("the name of a claim", "oid", NAME);
    }
}

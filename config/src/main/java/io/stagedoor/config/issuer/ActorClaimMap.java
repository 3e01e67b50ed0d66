package io.stagedoor.config.issuer;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names of the claims that say who acts on the caller's behalf.
 *
 * @param claim the claim with the chain of actors (RFC 8693, section 4.1)
 * @param principal the members of an actor that may hold its object id; the first one present counts
 * @param application the members of an actor that may hold its application id
 * @param marker the claim that marks a token as an agent's
 * @param markerValues the words in that claim that do
 */
public record ActorClaimMap(
        String claim,
        List<String> principal,
        List<String> application,
        String marker,
        Set<String> markerValues) {

    private static final Pattern WORD = Pattern.compile("[!#-\\[\\]-~]{1,64}");

    /** Copies the lists. */
    public ActorClaimMap {
        principal = List.copyOf(principal);
        application = List.copyOf(application);
        markerValues = Set.copyOf(markerValues);
    }

    /** Reads the section {@code issuers[].claims.actor}. */
    static Optional<ActorClaimMap> read(Section in) {
        Kind<String> claim = ClaimMap.claim();
        Setting<String> chain = in.optional("claim", claim, "act");
        Setting<Set<String>> principal =
                in.optionalSet("principal", ClaimMap.stableClaim(), List.of("oid", "sub"));
        Setting<Set<String>> application =
                in.optionalSet("application", claim, List.of("client_id", "azp", "appid"));
        Setting<String> marker = in.optional("marker", claim, "xms_act_fct");
        Setting<Set<String>> values =
                in.optionalSet("marker_values", Kinds.text("a word", "11", WORD), List.of("11"));
        return in.build(
                () ->
                        new ActorClaimMap(
                                chain.value(),
                                List.copyOf(principal.value()),
                                List.copyOf(application.value()),
                                marker.value(),
                                values.value()));
    }
}

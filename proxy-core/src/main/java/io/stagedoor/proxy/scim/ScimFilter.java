package io.stagedoor.proxy.scim;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.scim.store.Kind;
import io.stagedoor.proxy.scim.store.ScimState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A filter (RFC 7644, section 3.4.2.2), as far as Okta and Entra use it: {@code eq} on a few
 * attributes, joined by {@code and}. Every other one is refused.
 *
 * @param terms all of them must hold
 */
record ScimFilter(List<Term> terms) {

    private static final Pattern TERM =
            Pattern.compile(
                    "\\s*([A-Za-z0-9:._]+)\\s+(?i:eq)\\s+\"((?:[^\"\\\\]|\\\\[\"\\\\/])*)\"\\s*");
    private static final Pattern AND = Pattern.compile("(?i)and\\s");
    private static final Set<String> KNOWN =
            Set.of("id", "username", "displayname", "externalid", "members", "members.value");

    /**
     * One comparison.
     *
     * @param attribute its name in lower case
     * @param value what it must equal
     */
    record Term(String attribute, String value) {}

    /** Copies the list. */
    ScimFilter {
        terms = List.copyOf(terms);
    }

    static ScimFilter parse(String text) throws ScimException {
        List<Term> terms = new ArrayList<>();
        Matcher matcher = TERM.matcher(text);
        int at = 0;
        while (matcher.find(at) && matcher.start() == at) {
            terms.add(term(matcher));
            at = matcher.end();
            if (at == text.length()) {
                return new ScimFilter(terms);
            }
            Matcher and = AND.matcher(text).region(at, text.length());
            if (!and.lookingAt()) {
                break;
            }
            at = and.end();
        }
        throw ScimException.invalid(
                "invalidFilter",
                "only comparisons by `eq` with a text in quotes, joined by `and`, are understood");
    }

    private static Term term(Matcher matcher) throws ScimException {
        String path = matcher.group(1);
        String attribute = path.substring(path.lastIndexOf(':') + 1).toLowerCase(Locale.ROOT);
        if (!KNOWN.contains(attribute)) {
            throw ScimException.invalid(
                    "invalidFilter", "resources cannot be found by `" + path + "`");
        }
        return new Term(attribute, matcher.group(2).replaceAll("\\\\(.)", "$1"));
    }

    /** Returns the ids of the resources that match, the oldest first. */
    List<String> in(ScimState state, Kind kind) {
        return candidates(state, kind).stream().filter(id -> matches(state, kind, id)).toList();
    }

    /** What is looked up by a unique attribute needs no walk through all. */
    private List<String> candidates(ScimState state, Kind kind) {
        for (Term term : terms) {
            if (term.attribute().equalsIgnoreCase(kind.uniqueName())) {
                return listOf(state.named(kind, term.value()));
            }
            if (term.attribute().equals("externalid")) {
                return listOf(state.external(kind, term.value()));
            }
            if (term.attribute().equals("id")) {
                return listOf(state.find(kind, term.value()).map(_ -> term.value()));
            }
        }
        return state.ids(kind);
    }

    private static List<String> listOf(Optional<String> id) {
        return id.map(List::of).orElse(List.of());
    }

    private boolean matches(ScimState state, Kind kind, String id) {
        Optional<ObjectNode> resource = state.find(kind, id);
        return resource.isPresent()
                && terms.stream().allMatch(term -> holds(state, id, resource.get(), term));
    }

    private static boolean holds(ScimState state, String id, ObjectNode resource, Term term) {
        return switch (term.attribute()) {
            case "id" -> id.equals(term.value());
            case "externalid" -> resource.path("externalId").asText().equals(term.value());
            case "username" -> resource.path("userName").asText().equalsIgnoreCase(term.value());
            case "displayname" ->
                    resource.path("displayName").asText().equalsIgnoreCase(term.value());
            default -> state.membersOf(id).contains(term.value());
        };
    }
}

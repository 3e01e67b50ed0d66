package io.stagedoor.policy.operation;

import java.util.Locale;

/**
 * A path parameter that names the root itself: the site that a Tableau path repeats, although the
 * address of the route has chosen it already. It must name that very root, or the request is refused
 * (S13): what was decided for one site must never be done to another.
 *
 * @param parameter the path parameter
 * @param form by which of its names the path calls the root
 */
public record RootReference(String parameter, Form form) {

    /** The names of a root that a path may use. */
    public enum Form {
        /** The id the platform made, for example a site's LUID; compared without case. */
        ID,
        /** The name that stands in addresses, for example a site's content URL; compared exactly. */
        CONTENT_URL;

        /** Returns the form's name in a catalogue, for example {@code content-url}. */
        String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** Returns the look-up of what the parameter must say. */
    public ScopeInput.RootName expected() {
        return new ScopeInput.RootName(form);
    }

    /** Returns whether a path's word names the root that was looked up. */
    boolean names(String word, ScopeValue expected) {
        return expected instanceof ScopeValue.Text(String name)
                && !name.isEmpty()
                && (form == Form.ID ? FoldedWords.same(name, word) : name.equals(word));
    }
}

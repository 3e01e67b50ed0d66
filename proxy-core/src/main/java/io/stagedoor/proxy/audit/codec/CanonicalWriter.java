package io.stagedoor.proxy.audit.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes members one after another, and remembers which texts it could not write as they were; for
 * one thread.
 */
final class CanonicalWriter {
    /** How many elements of a list are written. */
    static final int LIST_LIMIT = 128;

    private static final int DEEPEST = 16;

    private final JsonText out = new JsonText();
    private final Phrases phrases = new Phrases();
    private final List<String> altered = new ArrayList<>();
    private final String[] path = new String[DEEPEST];
    private int depth;

    JsonText out() {
        return out;
    }

    List<String> altered() {
        return altered;
    }

    void clear() {
        out.rewindTo(0);
        altered.clear();
        depth = 0;
    }

    CanonicalWriter text(String name, String value) {
        enter(name);
        guarded(value);
        depth--;
        return this;
    }

    CanonicalWriter text(String name, Optional<String> value) {
        if (value.isPresent()) {
            text(name, value.get());
        }
        return this;
    }

    CanonicalWriter number(String name, long value) {
        name(name);
        out.number(value);
        return this;
    }

    CanonicalWriter flag(String name, boolean value) {
        name(name);
        out.ascii(value ? "true" : "false");
        return this;
    }

    CanonicalWriter object(String name, Runnable members) {
        enter(name);
        element(members);
        depth--;
        return this;
    }

    /** Writes a list of objects, of which a long one keeps its beginning and says so. */
    <T> CanonicalWriter list(String name, List<T> values, Consumer<T> element) {
        enter(name);
        if (values.size() > LIST_LIMIT) {
            altered.add(path() + ":first " + LIST_LIMIT + " of " + values.size());
        }
        array(values, Math.min(values.size(), LIST_LIMIT), element);
        depth--;
        return this;
    }

    /** Writes a list of texts, however long. */
    CanonicalWriter texts(String name, List<String> values) {
        enter(name);
        array(values, values.size(), this::guarded);
        depth--;
        return this;
    }

    void element(Runnable members) {
        out.raw('{');
        members.run();
        out.raw('}');
    }

    /**
     * Writes members that say what an object says, which are the same each time: an object that
     * comes again is not put into words again.
     */
    void remembered(Object said, Runnable members) {
        Optional<byte[]> known = phrases.find(said);
        if (known.isPresent()) {
            out.raw(known.get());
            return;
        }
        int start = out.length();
        int alterations = altered.size();
        members.run();
        if (altered.size() == alterations) {
            phrases.keep(said, out.array(), start, out.length());
        }
    }

    private <T> void array(List<T> values, int count, Consumer<T> element) {
        out.raw('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.raw(',');
            }
            element.accept(values.get(i));
        }
        out.raw(']');
    }

    private void enter(String name) {
        name(name);
        path[depth++] = name;
    }

    private void name(String name) {
        if (out.array()[out.length() - 1] != '{') {
            out.raw(',');
        }
        out.raw('"').ascii(name).ascii("\":");
    }

    private void guarded(String value) {
        int start = out.length();
        String kept = value;
        out.string(kept);
        if (out.wasMarked() && GuardedText.holdsCredential(value)) {
            kept = GuardedText.withoutCredentials(value);
            altered.add(path() + ":credential removed");
            out.rewindTo(start);
            out.string(kept);
        }
        if (out.length() - start > GuardedText.LIMIT + 2) {
            out.rewindTo(start);
            out.string(GuardedText.digestOf(kept));
            altered.add(path() + ":hashed");
        }
    }

    private String path() {
        return String.join(".", Arrays.asList(path).subList(0, depth));
    }
}

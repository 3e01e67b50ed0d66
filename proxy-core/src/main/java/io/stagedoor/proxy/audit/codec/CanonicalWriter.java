package io.stagedoor.proxy.audit.codec;

import java.util.ArrayList;
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

    private final JsonText out = new JsonText();
    private final List<String> altered = new ArrayList<>();
    private final StringBuilder path = new StringBuilder();

    JsonText out() {
        return out;
    }

    List<String> altered() {
        return altered;
    }

    void clear() {
        out.rewindTo(0);
        altered.clear();
        path.setLength(0);
    }

    CanonicalWriter text(String name, String value) {
        int mark = enter(name);
        guarded(value);
        path.setLength(mark);
        return this;
    }

    CanonicalWriter text(String name, Optional<String> value) {
        value.ifPresent(present -> text(name, present));
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
        int mark = enter(name);
        element(members);
        path.setLength(mark);
        return this;
    }

    /** Writes a list of objects, of which a long one keeps its beginning and says so. */
    <T> CanonicalWriter list(String name, List<T> values, Consumer<T> element) {
        int mark = enter(name);
        if (values.size() > LIST_LIMIT) {
            altered.add(path + ":first " + LIST_LIMIT + " of " + values.size());
        }
        array(values.stream().limit(LIST_LIMIT).toList(), element);
        path.setLength(mark);
        return this;
    }

    /** Writes a list of texts, however long. */
    CanonicalWriter texts(String name, List<String> values) {
        int mark = enter(name);
        array(values, this::guarded);
        path.setLength(mark);
        return this;
    }

    void element(Runnable members) {
        out.raw('{');
        members.run();
        out.raw('}');
    }

    <T> void array(List<T> values, Consumer<T> element) {
        out.raw('[');
        for (int i = 0; i < values.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            element.accept(values.get(i));
        }
        out.raw(']');
    }

    private int enter(String name) {
        name(name);
        int mark = path.length();
        if (mark > 0) {
            path.append('.');
        }
        path.append(name);
        return mark;
    }

    private void name(String name) {
        if (out.array()[out.length() - 1] != '{') {
            out.raw(',');
        }
        out.string(name).raw(':');
    }

    private void guarded(String value) {
        String kept = value;
        if (GuardedText.mayHoldCredential(value)) {
            kept = GuardedText.withoutCredentials(value);
            altered.add(path + ":credential removed");
        }
        int start = out.length();
        out.string(kept);
        if (out.length() - start > GuardedText.LIMIT + 2) {
            out.rewindTo(start);
            out.string(GuardedText.digestOf(kept));
            altered.add(path + ":hashed");
        }
    }
}

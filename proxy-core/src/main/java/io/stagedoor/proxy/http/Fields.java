package io.stagedoor.proxy.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * The header fields of one message in the order they came, looked up without case (RFC 9110 section
 * 5).
 *
 * <p>Immutable and safe for any thread. A look-up is linear: messages have a dozen fields.
 */
public final class Fields {

    private static final Fields NONE = new Fields(List.of());

    private final List<String> namesAndValues;

    private Fields(List<String> namesAndValues) {
        this.namesAndValues = namesAndValues;
    }

    /** Returns no fields. */
    public static Fields none() {
        return NONE;
    }

    /** Makes fields from names and values in turn. */
    public static Fields of(String... namesAndValues) {
        Builder builder = builder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the value of the first field with this name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            if (namesAndValues.get(i).equalsIgnoreCase(name)) {
                return Optional.of(namesAndValues.get(i + 1));
            }
        }
        return Optional.empty();
    }

    /** Returns the values of all fields with this name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        forEach(
                (fieldName, value) -> {
                    if (fieldName.equalsIgnoreCase(name)) {
                        values.add(value);
                    }
                });
        return List.copyOf(values);
    }

    /** Returns whether there is a field with this name. */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** Returns how many fields there are. */
    public int size() {
        return namesAndValues.size() / 2;
    }

    /** Visits name and value of every field, in order. */
    public void forEach(BiConsumer<String, String> visitor) {
        for (int i = 0; i < namesAndValues.size(); i += 2) {
            visitor.accept(namesAndValues.get(i), namesAndValues.get(i + 1));
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields that && namesAndValues.equals(that.namesAndValues);
    }

    @Override
    public int hashCode() {
        return namesAndValues.hashCode();
    }

    /** Returns the names alone: values may be credentials. */
    @Override
    public String toString() {
        List<String> names = new ArrayList<>();
        forEach((name, _) -> names.add(name));
        return names.toString();
    }

    /** Collects fields; for one thread. */
    public static final class Builder {

        private final List<String> namesAndValues = new ArrayList<>(32);

        private Builder() {}

        /** Appends a field. */
        public Builder add(String name, String value) {
            namesAndValues.add(name);
            namesAndValues.add(value);
            return this;
        }

        /** Appends a field if there is a value. */
        public Builder add(String name, Optional<String> value) {
            value.ifPresent(present -> add(name, present));
            return this;
        }

        /** Returns the fields; the builder is not used afterwards. */
        public Fields build() {
            return new Fields(java.util.Collections.unmodifiableList(namesAndValues));
        }
    }
}

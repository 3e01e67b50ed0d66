package io.stagedoor.proxy.http;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The header fields of one message in the order they came, looked up without case (RFC 9110 section
 * 5).
 *
 * <p>Immutable and safe for any thread. A look-up is linear: messages have a dozen fields.
 */
public final class Fields implements Iterable<Fields.Field> {

    private static final Fields NONE = new Fields(List.of());

    private final List<Field> fields;

    /**
     * One header field.
     *
     * @param name the name as sent
     * @param value the value, one character an octet
     */
    public record Field(String name, String value) {

        /** Returns whether this is the field's name, in any case. */
        public boolean isNamed(String other) {
            return name.equalsIgnoreCase(other);
        }

        /** Returns the name alone: the value may be a credential. */
        @Override
        public String toString() {
            return name;
        }
    }

    private Fields(List<Field> fields) {
        this.fields = fields;
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

    /** Makes fields of a list that nobody changes any more. */
    static Fields ofList(List<Field> list) {
        return new Fields(Collections.unmodifiableList(list));
    }

    /** Returns the fields as a list; not to be changed. */
    List<Field> asList() {
        return fields;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns the value of the first field with this name. */
    public Optional<String> first(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isNamed(name)) {
                return Optional.of(fields.get(i).value());
            }
        }
        return Optional.empty();
    }

    /** Returns the values of all fields with this name, in order. */
    public List<String> all(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isNamed(name)) {
                values.add(fields.get(i).value());
            }
        }
        return Collections.unmodifiableList(values);
    }

    /** Returns whether there is a field with this name. */
    public boolean has(String name) {
        return first(name).isPresent();
    }

    /** Returns how many fields there are. */
    public int size() {
        return fields.size();
    }

    /** Visits every field, in order. */
    @Override
    public Iterator<Field> iterator() {
        return fields.iterator();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Fields that && fields.equals(that.fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }

    /** Returns the names alone: values may be credentials. */
    @Override
    public String toString() {
        return fields.toString();
    }

    /** Collects fields; for one thread. */
    public static final class Builder {

        private final List<Field> fields = new ArrayList<>(16);

        private Builder() {}

        /** Appends a field. */
        public Builder add(String name, String value) {
            return add(new Field(name, value));
        }

        /** Appends a field if there is a value. */
        public Builder add(String name, Optional<String> value) {
            value.ifPresent(present -> add(name, present));
            return this;
        }

        /** Appends a field. */
        public Builder add(Field field) {
            fields.add(field);
            return this;
        }

        /** Appends all of these. */
        public Builder addAll(Fields others) {
            fields.addAll(others.fields);
            return this;
        }

        /** Returns the fields; the builder is not used afterwards. */
        public Fields build() {
            return new Fields(Collections.unmodifiableList(fields));
        }
    }
}

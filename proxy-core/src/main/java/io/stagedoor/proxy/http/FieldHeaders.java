package io.stagedoor.proxy.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpHeadersFactory;
import io.netty.util.AsciiString;
import java.nio.charset.StandardCharsets;
import java.util.AbstractMap.SimpleImmutableEntry;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Header fields as Netty's codec takes and gives them, kept as {@link Fields} are: a list in the
 * order they came, looked up by walking. For the dozen fields of a message that costs less than a
 * table, and nothing is copied between the codec and the checked head.
 *
 * <p>A name or value that could end a line is refused with {@link IllegalArgumentException}; whatever
 * else is wrong with a field is {@link HeadRules}' to say. For one thread.
 */
public final class FieldHeaders extends HttpHeaders {

    /** Has a codec keep header fields this way. */
    public static final HttpHeadersFactory FACTORY =
            new HttpHeadersFactory() {
                @Override
                public HttpHeaders newHeaders() {
                    return new FieldHeaders();
                }

                @Override
                public HttpHeaders newEmptyHeaders() {
                    return new FieldHeaders();
                }
            };

    private List<Fields.Field> fields;
    private boolean shared;

    /** Makes an empty list, for a decoder to fill. */
    public FieldHeaders() {
        this.fields = new ArrayList<>(16);
    }

    /** Makes a list of checked fields; they are copied only if they are changed. */
    FieldHeaders(Fields fields) {
        this.fields = fields.asList();
        this.shared = true;
        for (Fields.Field field : fields) {
            checked(field.name());
            checked(field.value());
        }
    }

    /** Returns the fields; what is changed here later does not change them. */
    Fields toFields() {
        shared = true;
        return Fields.ofList(fields);
    }

    private List<Fields.Field> own() {
        if (shared) {
            fields = new ArrayList<>(fields);
            shared = false;
        }
        return fields;
    }

    private static Fields.Field field(CharSequence name, Object value) {
        return new Fields.Field(checked(name.toString()), checked(value.toString()));
    }

    private static String checked(String text) {
        if (text.indexOf('\n') >= 0 || text.indexOf('\r') >= 0 || text.indexOf(0) >= 0) {
            throw new IllegalArgumentException("a header field has a line break or a NUL");
        }
        return text;
    }

    @Override
    public @Nullable String get(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isNamed(name)) {
                return fields.get(i).value();
            }
        }
        return null;
    }

    @Override
    public List<String> getAll(String name) {
        List<String> values = new ArrayList<>(2);
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).isNamed(name)) {
                values.add(fields.get(i).value());
            }
        }
        return values;
    }

    @Override
    public boolean contains(String name) {
        return get(name) != null;
    }

    @Override
    public List<Map.Entry<String, String>> entries() {
        return fields.stream()
                .<Map.Entry<String, String>>map(
                        field -> new SimpleImmutableEntry<>(field.name(), field.value()))
                .toList();
    }

    @Override
    @Deprecated
    public Iterator<Map.Entry<String, String>> iterator() {
        return entries().iterator();
    }

    /** Gives octets, which an encoder copies as they are. */
    @Override
    public Iterator<Map.Entry<CharSequence, CharSequence>> iteratorCharSequence() {
        Iterator<Fields.Field> each = fields.iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return each.hasNext();
            }

            @Override
            public Map.Entry<CharSequence, CharSequence> next() {
                Fields.Field field = each.next();
                return new SimpleImmutableEntry<>(octets(field.name()), octets(field.value()));
            }
        };
    }

    private static AsciiString octets(String text) {
        return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
    }

    @Override
    public boolean isEmpty() {
        return fields.isEmpty();
    }

    @Override
    public int size() {
        return fields.size();
    }

    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>();
        fields.forEach(field -> names.add(field.name()));
        return names;
    }

    @Override
    public HttpHeaders add(String name, Object value) {
        own().add(field(name, value));
        return this;
    }

    @Override
    public HttpHeaders add(CharSequence name, Object value) {
        own().add(field(name, value));
        return this;
    }

    @Override
    public HttpHeaders add(String name, Iterable<?> values) {
        values.forEach(value -> add(name, value));
        return this;
    }

    @Override
    public HttpHeaders set(String name, Object value) {
        return remove(name).add(name, value);
    }

    @Override
    public HttpHeaders set(String name, Iterable<?> values) {
        return remove(name).add(name, values);
    }

    @Override
    public HttpHeaders remove(String name) {
        if (contains(name)) {
            own().removeIf(field -> field.isNamed(name));
        }
        return this;
    }

    @Override
    public HttpHeaders clear() {
        own().clear();
        return this;
    }

    @Override
    public HttpHeaders copy() {
        return new FieldHeaders(toFields());
    }

    @Override
    public @Nullable Integer getInt(CharSequence name) {
        String value = get(name);
        return value == null ? null : Integer.valueOf(value);
    }

    @Override
    public int getInt(CharSequence name, int otherwise) {
        Integer value = getInt(name);
        return value == null ? otherwise : value;
    }

    @Override
    public @Nullable Short getShort(CharSequence name) {
        String value = get(name);
        return value == null ? null : Short.valueOf(value);
    }

    @Override
    public short getShort(CharSequence name, short otherwise) {
        Short value = getShort(name);
        return value == null ? otherwise : value;
    }

    @Override
    public Long getTimeMillis(CharSequence name) {
        throw new UnsupportedOperationException("dates are not read");
    }

    @Override
    public long getTimeMillis(CharSequence name, long otherwise) {
        throw new UnsupportedOperationException("dates are not read");
    }

    @Override
    public HttpHeaders addInt(CharSequence name, int value) {
        return add(name, Integer.toString(value));
    }

    @Override
    public HttpHeaders addShort(CharSequence name, short value) {
        return add(name, Short.toString(value));
    }

    @Override
    public HttpHeaders setInt(CharSequence name, int value) {
        return set(name, Integer.toString(value));
    }

    @Override
    public HttpHeaders setShort(CharSequence name, short value) {
        return set(name, Short.toString(value));
    }
}

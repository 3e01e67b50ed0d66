package io.stagedoor.config.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.section.KnownKey;
import io.stagedoor.config.section.Reading;
import io.stagedoor.config.section.SectionReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * All keys of one record: each with its default, another value, and what the record makes of them.
 * {@link #verify} fails if a key, its default or its meaning is not as the table says, and if the
 * reader knows a key that is not in the table.
 */
public final class KeyTable<T> {

    private record Row<T>(
            String key, String written, Function<T, Object> part, Object fallback, Object value) {}

    private final ConfigFolder folder;
    private final Supplier<SectionReader<T>> readers;
    private final Map<String, String> base = new LinkedHashMap<>();
    private final List<String> elsewhere = new ArrayList<>();
    private final List<Row<T>> required = new ArrayList<>();
    private final List<Row<T>> optional = new ArrayList<>();

    private KeyTable(ConfigFolder folder, Supplier<SectionReader<T>> readers) {
        this.folder = folder;
        this.readers = readers;
    }

    /** Makes an empty table; a reader serves one reading. */
    public static <T> KeyTable<T> of(ConfigFolder folder, Supplier<SectionReader<T>> readers) {
        return new KeyTable<>(folder, readers);
    }

    /** Adds a key that must be written. */
    public KeyTable<T> required(
            String key, String written, Function<T, Object> part, Object value) {
        base.put(key, written);
        required.add(new Row<>(key, written, part, value, value));
        return this;
    }

    /** Adds a key that stands for others: one of them is needed, none of them on its own. */
    public KeyTable<T> oneOfTheseNeeded(String key, String written) {
        base.put(key, written);
        return this;
    }

    /** Adds a key that does not go with those that must be written: its test is elsewhere. */
    public KeyTable<T> insteadOfThese(String key) {
        elsewhere.add(key);
        return this;
    }

    /** Adds a key with its default, and another value as it is written and as it is read. */
    public KeyTable<T> optional(
            String key, Function<T, Object> part, Object fallback, String written, Object value) {
        optional.add(new Row<>(key, written, part, fallback, value));
        return this;
    }

    /** Checks everything. */
    public void verify() {
        List<String> tabled = new ArrayList<>(base.keySet());
        tabled.addAll(elsewhere);
        optional.forEach(row -> tabled.add(row.key()));
        assertThat(tabled).containsExactlyInAnyOrderElementsOf(knownKeys());
        required.forEach(this::verifyRequired);
        optional.forEach(this::verifyOptional);
    }

    private void verifyRequired(Row<T> row) {
        Map<String, String> without = new LinkedHashMap<>(base);
        without.remove(row.key());

        assertThat(row.part().apply(read(base))).as(row.key()).isEqualTo(row.value());
        assertThat(folder.problems(text(without), readers.get()))
                .as("without " + row.key())
                .anyMatch(problem -> problem.contains(row.key() + ": missing"));
    }

    private void verifyOptional(Row<T> row) {
        Map<String, String> with = new LinkedHashMap<>(base);
        with.put(row.key(), row.written());

        assertThat(row.value()).as("a value other than the default").isNotEqualTo(row.fallback());
        assertThat(row.part().apply(read(base)))
                .as("default of " + row.key())
                .isEqualTo(row.fallback());
        assertThat(row.part().apply(read(with))).as(row.key()).isEqualTo(row.value());
    }

    private List<String> knownKeys() {
        return Reading.keysOf(readers.get()).stream()
                .map(KnownKey::path)
                .filter(path -> !path.contains("."))
                .toList();
    }

    private T read(Map<String, String> keys) {
        var loaded = folder.read(text(keys), readers.get());
        assertThat(loaded.problems()).isEmpty();
        return loaded.value().orElseThrow();
    }

    private static String text(Map<String, String> keys) {
        StringBuilder text = new StringBuilder();
        keys.forEach((key, value) -> text.append(key).append(": ").append(value).append('\n'));
        return text.toString();
    }
}

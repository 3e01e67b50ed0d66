package io.stagedoor.config.section;

import io.stagedoor.config.kind.FileKinds;
import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.Problems;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.text.YamlNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pass over one file: the complaints, the folder that relative paths start from, and what must
 * be unique in the whole file. Not safe for threads.
 */
public final class Reading {

    private final Problems problems;
    private final Path folder;
    private final boolean probing;
    private final Map<String, Map<Object, Position>> claims = new HashMap<>();
    private final List<KnownKey> keys = new ArrayList<>();

    private Reading(Problems problems, Path folder, boolean probing) {
        this.problems = problems;
        this.folder = folder;
        this.probing = probing;
    }

    /**
     * Reads a whole file.
     *
     * @param root the file's root node
     * @param folder the folder that relative paths start from
     * @param problems takes every complaint
     */
    public static <T> Optional<T> read(
            YamlNode root, Path folder, Problems problems, SectionReader<T> reader) {
        Reading reading = new Reading(problems, folder, false);
        return switch (root) {
            case YamlNode.Mapping mapping -> reader.read(new Section(mapping, "", reading));
            case YamlNode.Refused _ -> Optional.empty();
            case YamlNode.Scalar _, YamlNode.Sequence _ -> {
                problems.add(
                        root.position(),
                        "the file must be a mapping of keys, found " + root.form(),
                        "start with keys in the first column, such as `listener:`");
                yield Optional.empty();
            }
        };
    }

    /** Returns every key the reader asks for, in its order, by letting it read an empty file. */
    public static <T> List<KnownKey> keysOf(SectionReader<T> reader) {
        Reading reading = new Reading(new Problems("keys"), Path.of(""), true);
        reader.read(new Section(YamlNode.Mapping.empty(Position.START), "", reading));
        return List.copyOf(reading.keys);
    }

    /** Returns the kind with the rule that no two places of the file may give the same value. */
    public <T> Kind<T> unique(String what, Kind<T> kind) {
        Map<Object, Position> claimed = claims.computeIfAbsent(what, _ -> new HashMap<>());
        return kind.refined(
                (value, scalar) -> {
                    Position first = claimed.putIfAbsent(value, scalar.position());
                    return first == null
                            ? Parsed.value(value)
                            : Parsed.wrong(
                                    "the "
                                            + what
                                            + " "
                                            + Quoted.of(scalar.text())
                                            + " is taken already, at "
                                            + first,
                                    "give each its own " + what);
                });
    }

    Problems problems() {
        return problems;
    }

    /** Returns the kinds of values that name files, from the folder of this file. */
    public FileKinds files() {
        return FileKinds.in(folder);
    }

    boolean isProbing() {
        return probing;
    }

    void note(KnownKey key) {
        if (probing) {
            keys.add(key);
        }
    }
}

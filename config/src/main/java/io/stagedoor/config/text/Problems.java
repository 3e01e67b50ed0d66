package io.stagedoor.config.text;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The complaints collected while one file is read. Problems refuse the file, warnings do not.
 *
 * <p>Not safe for threads; lives as long as one load.
 */
public final class Problems {

    private static final Comparator<ConfigProblem> BY_POSITION =
            Comparator.comparingInt(ConfigProblem::line).thenComparingInt(ConfigProblem::column);

    private final String file;
    private final List<ConfigProblem> found = new ArrayList<>();
    private final List<ConfigProblem> warnings = new ArrayList<>();

    /**
     * Makes an empty collection.
     *
     * @param file the file's name as it shall stand in each complaint
     */
    public Problems(String file) {
        this.file = file;
    }

    /** Adds a complaint that refuses the file. */
    public void add(Position at, String message, String help) {
        found.add(new ConfigProblem(file, at.line(), at.column(), message, help));
    }

    /** Adds a complaint that leaves the file usable. */
    public void warn(Position at, String message, String help) {
        warnings.add(new ConfigProblem(file, at.line(), at.column(), message, help));
    }

    /** Returns whether nothing refuses the file so far. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Returns what refuses the file, in the order of the file. */
    public List<ConfigProblem> found() {
        return found.stream().sorted(BY_POSITION).toList();
    }

    /** Returns the warnings, in the order of the file. */
    public List<ConfigProblem> warnings() {
        return warnings.stream().sorted(BY_POSITION).toList();
    }
}

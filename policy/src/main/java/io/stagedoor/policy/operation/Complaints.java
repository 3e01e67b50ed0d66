package io.stagedoor.policy.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The complaints about a catalogue's text, while it is read. */
final class Complaints {

    private final String source;
    private final List<CatalogueProblem> problems = new ArrayList<>();

    Complaints(String source) {
        this.source = source;
    }

    void add(int line, String message) {
        problems.add(new CatalogueProblem(source, line, message));
    }

    /** Returns what the reading gives, or empty after it complained with an illegal argument. */
    <T> Optional<T> attempt(int line, Supplier<T> reading) {
        try {
            return Optional.of(reading.get());
        } catch (IllegalArgumentException e) {
            add(line, String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    int count() {
        return problems.size();
    }

    /**
     * Does nothing if there are none.
     *
     * @throws CatalogueFormatException with all of them
     */
    void throwIfAny() {
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(CatalogueProblem::line));
            throw new CatalogueFormatException(problems);
        }
    }
}

package io.stagedoor.policy.operation;

import static java.util.stream.Collectors.joining;

import java.util.List;

/** Thrown when the text of a catalogue is not of its form; holds every complaint, not the first. */
public final class CatalogueFormatException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final transient List<CatalogueProblem> problems;

    CatalogueFormatException(List<CatalogueProblem> problems) {
        super(problems.stream().map(CatalogueProblem::toString).collect(joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the complaints in the order of their lines. */
    public List<CatalogueProblem> problems() {
        return problems;
    }
}

package io.stagedoor.policy.operation;

import static java.util.stream.Collectors.joining;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of Tableau things that an id leads from to the project that holds them. */
public enum ContentKind {
    /** A project, which holds itself: its id needs no looking up. */
    PROJECT,
    /** A workbook. */
    WORKBOOK,
    /** A view, in the project of its workbook. */
    VIEW,
    /** A custom view, in the project of its workbook. */
    CUSTOM_VIEW,
    /** A published data source. */
    DATASOURCE,
    /** A flow. */
    FLOW,
    /** A virtual connection. */
    VIRTUAL_CONNECTION,
    /** A run of a flow, in the project of the flow. */
    FLOW_RUN,
    /** A background job, in the project of the content it works on. */
    JOB,
    /** A task that refreshes an extract, in the project of its workbook or data source. */
    EXTRACT_TASK,
    /** A task that runs a flow, in the project of the flow. */
    FLOW_TASK,
    /** A subscription, in the project of its workbook or view. */
    SUBSCRIPTION,
    /** A data-driven alert, in the project of its view. */
    DATA_ALERT;

    /** Returns the kind's name in a catalogue, for example {@code custom-view}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * Returns the kind that a word of a request stands for, in the singular or the plural, in any
     * case and with or without its hyphen: {@code virtualConnections}. Empty for any other word.
     */
    public static Optional<ContentKind> ofWord(String word) {
        return Stream.of(values())
                .filter(
                        kind ->
                                FoldedWords.same(kind.bare(), word)
                                        || FoldedWords.same(kind.bare() + "s", word))
                .findFirst();
    }

    private String bare() {
        return text().replace("-", "");
    }

    /**
     * Returns the kind with this name in a catalogue.
     *
     * @throws IllegalArgumentException if there is none
     */
    static ContentKind of(String text) {
        for (ContentKind kind : values()) {
            if (kind.text().equals(text)) {
                return kind;
            }
        }
        throw new IllegalArgumentException(
                "`"
                        + text
                        + "` is none of "
                        + Stream.of(values()).map(ContentKind::text).collect(joining(", ")));
    }
}

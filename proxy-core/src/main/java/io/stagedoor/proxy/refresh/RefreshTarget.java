package io.stagedoor.proxy.refresh;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a request would refresh, as far as its path tells.
 *
 * @param kind whether it names content or a task
 * @param id the LUID in the path, in lower case
 */
public record RefreshTarget(Kind kind, String id) {

    private static final String ANY = "*";
    private static final List<Form> FORMS =
            List.of(
                    form(Kind.DATASOURCE, "datasources/*/refresh"),
                    form(Kind.DATASOURCE, "datasources/*/createExtract"),
                    form(Kind.WORKBOOK, "workbooks/*/refresh"),
                    form(Kind.WORKBOOK, "workbooks/*/createExtract"),
                    form(Kind.FLOW, "flows/*/run"),
                    form(Kind.EXTRACT_TASK, "tasks/extractRefreshes/*/runNow"),
                    form(Kind.FLOW_TASK, "tasks/runFlow/*/runNow"),
                    form(Kind.LINKED_TASK, "tasks/linked/*/runNow"));

    /** What an id in a path is the id of. */
    public enum Kind {
        /** A published data source. */
        DATASOURCE,
        /** A workbook. */
        WORKBOOK,
        /** A flow. */
        FLOW,
        /** A task that refreshes an extract. */
        EXTRACT_TASK,
        /** A task that runs a flow. */
        FLOW_TASK,
        /** A task that runs several flows one after the other. */
        LINKED_TASK;

        /** Returns the content that it is, if it is no task. */
        public Optional<ContentKind> content() {
            return switch (this) {
                case DATASOURCE -> Optional.of(ContentKind.DATASOURCE);
                case WORKBOOK -> Optional.of(ContentKind.WORKBOOK);
                case FLOW -> Optional.of(ContentKind.FLOW);
                case EXTRACT_TASK, FLOW_TASK, LINKED_TASK -> Optional.empty();
            };
        }
    }

    /** A path below {@code /api/{version}/sites/{site}/}, with a star where the id stands. */
    private record Form(Kind kind, List<String> segments) {

        Optional<RefreshTarget> match(List<String> rest) {
            boolean same =
                    rest.size() == segments.size()
                            && IntStream.range(0, rest.size())
                                    .allMatch(
                                            at ->
                                                    segments.get(at).equals(ANY)
                                                            || segments.get(at)
                                                                    .equalsIgnoreCase(
                                                                            rest.get(at)));
            return same
                    ? Optional.of(new RefreshTarget(kind, rest.get(segments.indexOf(ANY))))
                    : Optional.empty();
        }
    }

    /** Brings the id to its canonical form. */
    public RefreshTarget {
        id = id.toLowerCase(Locale.ROOT);
    }

    /**
     * Returns what a request to a site would refresh; empty if it refreshes nothing. Letter case of
     * literal segments does not count, as it does not for all versions of Tableau.
     *
     * @param method the request's method
     * @param segments the decoded segments of its path
     */
    public static Optional<RefreshTarget> of(String method, List<String> segments) {
        boolean below =
                method.equals("POST")
                        && segments.size() > 4
                        && segments.get(0).equalsIgnoreCase("api")
                        && segments.get(2).equalsIgnoreCase("sites");
        if (!below) {
            return Optional.empty();
        }
        List<String> rest = segments.subList(4, segments.size());
        return FORMS.stream().flatMap(form -> form.match(rest).stream()).findFirst();
    }

    /** Returns the id of the task, if the path names one. */
    public Optional<String> task() {
        return kind.content().isEmpty() ? Optional.of(id) : Optional.empty();
    }

    /** Returns the content with nothing known of its project, if the path names content. */
    public Optional<Content> content() {
        return kind.content().map(each -> new Content(each, id, Optional.empty()));
    }

    private static Form form(Kind kind, String path) {
        return new Form(kind, List.of(path.split("/")));
    }
}

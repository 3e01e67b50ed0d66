package io.stagedoor.policy.operation;

import java.util.List;
import java.util.Optional;

/**
 * One place in an exchange where the id of a job stands.
 *
 * <p>An id alone does not name a job: Livy ids are small integers that repeat in every pool. {@code
 * within} says what the id must be qualified by. A part with a slash is a JSON pointer into the
 * response, whose {@code *} stand for the same elements as those of {@code at}; any other part is a
 * kind of {@linkplain BoundOperation#resource named resource}. An id whose qualifier cannot be told
 * is not a job id and is not to be kept; nor is JSON null, an empty string or a negative number,
 * which stand for "not yet".
 *
 * @param kind the kind of id, for example {@code pipelineRun}
 * @param where the part of the exchange
 * @param at the path or query parameter, the header field, or the JSON pointer, in which {@code *}
 *     stands for each element of a list or each value of an object. Of a field that holds a URL
 *     ({@code Location}) the id is the last segment of its path
 * @param within what the id is unique in, outermost first; empty means the workspace
 * @param childOf the {@code at} of each rule of the same operation whose job comes before this one;
 *     usually none or one
 * @param condition what else the response must say there, if the place means this kind of id only
 *     sometimes
 * @param elsewhere the platform the job is of, if it is another than the operation's: such an id is
 *     unique without its service, which the response does not tell
 */
public record JobIdRule(
        String kind,
        Where where,
        String at,
        List<String> within,
        List<String> childOf,
        Optional<Condition> condition,
        Optional<Platform> elsewhere) {

    /**
     * What must stand in the response for a rule to hold.
     *
     * @param pointer a JSON pointer whose {@code *} stand for the same elements as those of the id
     * @param values one of these must stand there; one that begins with {@code *} must be the end
     */
    public record Condition(String pointer, List<String> values) {

        /** Copies the values. */
        public Condition {
            values = List.copyOf(values);
        }

        /** Returns whether a value that was found is one of those it must be. */
        public boolean isMetBy(String found) {
            return values.stream()
                    .anyMatch(
                            value ->
                                    value.startsWith("*")
                                            ? found.endsWith(value.substring(1))
                                            : found.equals(value));
        }
    }

    /** The part of an exchange that holds an id. */
    public enum Where {
        /** The request path. */
        PATH,
        /** The query of the request. */
        QUERY,
        /** The request body, JSON. */
        REQUEST_BODY,
        /** A field of the response head. */
        RESPONSE_HEADER,
        /** The response body, JSON. */
        RESPONSE_BODY
    }

    /** Copies the lists. */
    public JobIdRule {
        within = List.copyOf(within);
        childOf = List.copyOf(childOf);
    }

    /** Makes the rule of an id that is unique in the workspace and has no parent. */
    public JobIdRule(String kind, Where where, String at) {
        this(kind, where, at, List.of(), List.of());
    }

    /** Makes the rule of an id of the operation's own platform that always holds. */
    public JobIdRule(
            String kind, Where where, String at, List<String> within, List<String> childOf) {
        this(kind, where, at, within, childOf, Optional.empty(), Optional.empty());
    }

    /** Returns whether the rule may yield many ids of one exchange. */
    public boolean isMany() {
        return at.indexOf('*') >= 0;
    }
}

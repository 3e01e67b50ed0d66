package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.JobIdRule.Condition;
import io.stagedoor.policy.operation.JobIdRule.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalogue's form of job-id rules: {@code livyBatch response /id & ...}; one thread. */
final class JobIdSyntax {

    private final PathTemplate path;
    private final Vocabulary vocabulary;

    JobIdSyntax(PathTemplate path, Vocabulary vocabulary) {
        this.path = path;
        this.vocabulary = vocabulary;
    }

    /**
     * Reads job-id rules; a dash stands for none.
     *
     * @throws IllegalArgumentException if the text is of another form, a kind is not declared, or a
     *     placeholder or parent is not there
     */
    List<JobIdRule> parse(String text) {
        if (text.equals("-")) {
            return List.of();
        }
        List<JobIdRule> rules = new ArrayList<>();
        for (String part : text.split(" & ", -1)) {
            rules.add(rule(part.strip()));
        }
        checkParents(rules);
        return rules;
    }

    private JobIdRule rule(String text) {
        List<String> words = List.of(text.split("\\s+"));
        if (words.size() < 3) {
            throw bad(text);
        }
        Where where = where(words.get(1));
        Parts parts = Parts.of(words.subList(3, words.size()), text);
        String kind = words.getFirst();
        Optional<Platform> elsewhere = elsewhere(kind);
        List<String> declared = elsewhere.isPresent() ? List.of() : vocabulary.withinOf(kind);
        return new JobIdRule(
                kind.substring(kind.indexOf(':') + 1),
                where,
                at(where, words.get(2)),
                parts.within().isEmpty() ? declared : parts.within(),
                parts.childOf(),
                parts.condition(text),
                elsewhere);
    }

    /** What follows the place: the words after {@code in}, after {@code when} and after {@code <}. */
    private record Parts(List<String> within, List<String> when, List<String> childOf) {

        static Parts of(List<String> words, String text) {
            int parents = words.contains("<") ? words.indexOf("<") : words.size();
            List<String> before = words.subList(0, parents);
            int when = before.contains("when") ? before.indexOf("when") : parents;
            List<String> in = before.subList(0, when);
            if (!in.isEmpty() && (!in.getFirst().equals("in") || in.size() == 1)) {
                throw bad(text);
            }
            return new Parts(
                    in.isEmpty() ? in : in.subList(1, in.size()),
                    before.subList(when, parents),
                    parents == words.size() ? List.of() : words.subList(parents + 1, words.size()));
        }

        Optional<Condition> condition(String text) {
            if (when.isEmpty()) {
                return Optional.empty();
            }
            if (when.size() != 4 || !when.get(2).equals("is")) {
                throw bad(text);
            }
            return Optional.of(
                    new Condition(
                            InputSyntax.pointer(when.get(1)), List.of(when.get(3).split(",", -1))));
        }
    }

    /** A kind of another platform is written {@code tableau:job}. */
    private static Optional<Platform> elsewhere(String kind) {
        int colon = kind.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(
                        EnumWords.valueOf(
                                Platform.class,
                                "platform",
                                kind.substring(0, colon)
                                        .toUpperCase(Locale.ROOT)
                                        .replace('-', '_')));
    }

    private static Where where(String word) {
        return switch (word) {
            case "path" -> Where.PATH;
            case "query" -> Where.QUERY;
            case "request" -> Where.REQUEST_BODY;
            case "header" -> Where.RESPONSE_HEADER;
            case "response" -> Where.RESPONSE_BODY;
            default ->
                    throw new IllegalArgumentException(
                            "`" + word + "` is none of path, query, request, header, response");
        };
    }

    private String at(Where where, String text) {
        return switch (where) {
            case PATH -> InputSyntax.parameter(text, path);
            case REQUEST_BODY, RESPONSE_BODY -> InputSyntax.pointer(text);
            case QUERY, RESPONSE_HEADER -> text;
        };
    }

    private static void checkParents(List<JobIdRule> rules) {
        Set<String> places = rules.stream().map(JobIdRule::at).collect(Collectors.toSet());
        for (JobIdRule rule : rules) {
            for (String parent : rule.childOf()) {
                if (!places.contains(parent) || parent.equals(rule.at())) {
                    throw new IllegalArgumentException(
                            "`" + rule.at() + "` has no parent at `" + parent + "`");
                }
            }
        }
    }

    private static IllegalArgumentException bad(String text) {
        return new IllegalArgumentException(
                "`"
                        + text
                        + "`: expected kind where place [in ...] [when /pointer is value,...] [< parent ...]");
    }
}

package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.JobIdRule.Where;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The catalogue's form of job-id rules: {@code livyBatch response /id & ...}. */
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
        String at = at(where, words.get(2));
        int in = words.indexOf("in");
        int parents = words.indexOf("<");
        int end = parents < 0 ? words.size() : parents;
        if ((in >= 0 && in != 3) || (in < 0 && end != 3) || in + 1 == end) {
            throw bad(text);
        }
        List<String> declared = vocabulary.withinOf(words.getFirst());
        List<String> within = in < 0 ? declared : words.subList(in + 1, end);
        List<String> childOf = parents < 0 ? List.of() : words.subList(parents + 1, words.size());
        return new JobIdRule(words.getFirst(), where, at, within, childOf);
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
                "`" + text + "`: expected kind where place [in ...] [< parent ...]");
    }
}

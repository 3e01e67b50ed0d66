package io.stagedoor.policy.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The catalogue's form of look-ups: {@code [body /sparkPool else notebook-pool /notebook else
 * root]}.
 */
final class InputSyntax {

    /**
     * What stands between the brackets.
     *
     * @param inputs the look-ups in order, at least one
     * @param last the single word at the end, if there is one
     */
    record Alternatives(List<ScopeInput> inputs, Optional<String> last) {}

    private InputSyntax() {}

    static boolean isInput(String text) {
        return text.startsWith("[");
    }

    /**
     * Reads look-ups.
     *
     * @throws IllegalArgumentException if the text is of another form, or names a placeholder that
     *     the path does not have
     */
    static Alternatives parse(String text, PathTemplate path) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            throw new IllegalArgumentException("`" + text + "`: expected [look-up else ...]");
        }
        List<ScopeInput> inputs = new ArrayList<>();
        Optional<String> last = Optional.empty();
        for (String part : text.substring(1, text.length() - 1).split(" else ", -1)) {
            if (last.isPresent()) {
                throw new IllegalArgumentException("`" + text + "` goes on after " + last.get());
            }
            if (part.indexOf(' ') < 0) {
                last = Optional.of(part);
            } else {
                inputs.add(input(part, path));
            }
        }
        if (inputs.isEmpty()) {
            throw new IllegalArgumentException("`" + text + "` looks nothing up");
        }
        return new Alternatives(List.copyOf(inputs), last);
    }

    private static ScopeInput input(String text, PathTemplate path) {
        String what = text.substring(0, text.indexOf(' '));
        String at = text.substring(text.indexOf(' ') + 1);
        return switch (what) {
            case "body" -> new ScopeInput.BodyField(pointer(at));
            case "notebook-pool" -> new ScopeInput.NotebookPool(pointer(at));
            case "recorded-run" -> new ScopeInput.RecordedRun(parameter(at, path));
            case "job-definition-pool" -> new ScopeInput.JobDefinitionPool(parameter(at, path));
            case "project-of" -> project(text, at.split(" ", -1), path);
            case "graphql" -> new ScopeInput.GraphQlQuery(pointer(at));
            case "stored-assignment" -> new ScopeInput.StoredAssignment(parameter(at, path));
            default -> throw new IllegalArgumentException("`" + text + "` is no known look-up");
        };
    }

    /** Reads {@code workbook id}, {@code {type} id} or {@code workbook in body /pointer}. */
    private static ScopeInput project(String text, String[] words, PathTemplate path) {
        if (words.length == 4 && words[1].equals("in") && words[2].equals("body")) {
            return new ScopeInput.BodyContentProject(ContentKind.of(words[0]), pointer(words[3]));
        }
        if (words.length != 2) {
            throw new IllegalArgumentException(
                    "`" + text + "`: expected project-of KIND id, or KIND in body /pointer");
        }
        String id = parameter(words[1], path);
        if (words[0].startsWith("{") && words[0].endsWith("}")) {
            String kind = words[0].substring(1, words[0].length() - 1);
            return new ScopeInput.TypedContentProject(parameter(kind, path), id);
        }
        return new ScopeInput.ContentProject(ContentKind.of(words[0]), id);
    }

    /** Checks a JSON pointer (RFC 6901). */
    static String pointer(String text) {
        if (!text.startsWith("/") || text.indexOf(' ') >= 0) {
            throw new IllegalArgumentException("`" + text + "` is not a JSON pointer");
        }
        return text;
    }

    /** Checks the name of a placeholder. */
    static String parameter(String text, PathTemplate path) {
        if (!path.parameters().contains(text)) {
            throw new IllegalArgumentException("`" + path + "` has no placeholder `" + text + "`");
        }
        return text;
    }
}

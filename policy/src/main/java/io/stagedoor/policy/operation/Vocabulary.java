package io.stagedoor.policy.operation;

import io.stagedoor.policy.operation.RootReference.Form;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The words that a catalogue's head declares before its lines use them: the platform, the kinds of
 * job ids, what path parameters name, and which of them name the root. Mutable while a text is read; one thread.
 */
final class Vocabulary {

    private static final Pattern PARAMETER = Pattern.compile("\\{\\w+}");
    private static final Pattern WORD = Pattern.compile("[a-z][A-Za-z0-9]*");

    private Optional<Platform> platform = Optional.empty();
    private final Map<String, List<String>> jobKinds = new HashMap<>();
    private final Map<String, String> resourceByParameter = new HashMap<>();
    private final Map<String, String> bases = new HashMap<>();
    private final Map<String, Form> rootParameters = new HashMap<>();

    /**
     * Takes one line of the head.
     *
     * @throws IllegalArgumentException if it declares nothing
     */
    void declare(String line) {
        List<String> words = List.of(line.split("\\s+"));
        switch (words.getFirst()) {
            case "platform" -> declarePlatform(words);
            case "job-kind" -> declareJobKind(words);
            case "resource" -> declareResource(words);
            case "base" -> declareBase(words);
            case "root-id" -> declareRoot(words, Form.ID);
            case "root-content-url" -> declareRoot(words, Form.CONTENT_URL);
            default ->
                    throw bad(
                            line,
                            "platform, job-kind, resource, base, root-id or root-content-url,"
                                    + " or an operation");
        }
    }

    private void declarePlatform(List<String> words) {
        if (words.size() != 2 || platform.isPresent()) {
            throw bad(String.join(" ", words), "one `platform NAME`");
        }
        String name = words.get(1).toUpperCase(Locale.ROOT).replace('-', '_');
        platform = Optional.of(EnumWords.valueOf(Platform.class, "platform", name));
    }

    private void declareJobKind(List<String> words) {
        boolean qualified = words.size() > 3 && words.get(2).equals("in");
        if (words.size() != 2 && !qualified) {
            throw bad(String.join(" ", words), "`job-kind KIND [in RESOURCE ...]`");
        }
        List<String> within = qualified ? words.subList(3, words.size()) : List.of();
        if (jobKinds.putIfAbsent(word(words.get(1)), List.copyOf(within)) != null) {
            throw new IllegalArgumentException("job kind `" + words.get(1) + "` is declared twice");
        }
    }

    private void declareResource(List<String> words) {
        if (words.size() != 3) {
            throw bad(String.join(" ", words), "`resource KIND {parameter}`");
        }
        String parameter = parameter(words.get(2));
        if (resourceByParameter.putIfAbsent(parameter, word(words.get(1))) != null) {
            throw new IllegalArgumentException("`{" + parameter + "}` is declared twice");
        }
    }

    private void declareRoot(List<String> words, Form form) {
        if (words.size() != 2) {
            throw bad(String.join(" ", words), "`" + words.getFirst() + " {parameter}`");
        }
        String parameter = parameter(words.get(1));
        if (rootParameters.putIfAbsent(parameter, form) != null) {
            throw new IllegalArgumentException("`{" + parameter + "}` is declared twice");
        }
    }

    private static String parameter(String text) {
        if (!PARAMETER.matcher(text).matches()) {
            throw bad(text, "a {parameter} in braces");
        }
        return text.substring(1, text.length() - 1);
    }

    private void declareBase(List<String> words) {
        if (words.size() != 3) {
            throw bad(String.join(" ", words), "`base NAME /path`");
        }
        String path = PathTemplate.parse(words.get(2)).toString();
        if (bases.putIfAbsent(word(words.get(1)), path) != null) {
            throw new IllegalArgumentException("base `" + words.get(1) + "` is declared twice");
        }
    }

    /**
     * Returns a path with its base written out, if it begins with one ({@code @NAME}).
     *
     * @throws IllegalArgumentException if the base is not declared
     */
    String expand(String path) {
        if (!path.startsWith("@")) {
            return path;
        }
        int slash = path.indexOf('/');
        String name = path.substring(1, slash < 0 ? path.length() : slash);
        String base = bases.get(name);
        if (base == null) {
            throw new IllegalArgumentException("base `" + name + "` is not declared");
        }
        return slash < 0 ? base : base + path.substring(slash);
    }

    private static String word(String text) {
        if (!WORD.matcher(text).matches()) {
            throw bad(text, "a word of letters and digits");
        }
        return text;
    }

    /** Returns the platform. */
    Optional<Platform> platform() {
        return platform;
    }

    /**
     * Returns what ids of a kind are unique in.
     *
     * @throws IllegalArgumentException if the kind is not declared
     */
    List<String> withinOf(String jobKind) {
        return Optional.ofNullable(jobKinds.get(jobKind))
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "job kind `" + jobKind + "` is not declared"));
    }

    /** Returns the things that a path names, in its order. */
    List<NamedResource> namedBy(PathTemplate path) {
        return path.parameters().stream()
                .filter(resourceByParameter::containsKey)
                .map(name -> named(name))
                .toList();
    }

    /** Returns the parameters of a path that must name the root behind the route. */
    List<RootReference> rootsIn(PathTemplate path) {
        return path.parameters().stream()
                .filter(rootParameters::containsKey)
                .map(name -> new RootReference(name, rootParameters.getOrDefault(name, Form.ID)))
                .toList();
    }

    private NamedResource named(String parameter) {
        String kind = resourceByParameter.getOrDefault(parameter, parameter);
        return new NamedResource(kind, new NameSource.PathParameter(parameter));
    }

    private static IllegalArgumentException bad(String text, String expected) {
        return new IllegalArgumentException("`" + text + "`: expected " + expected);
    }
}

package io.stagedoor.policy.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The catalogue's form of one operation: a line of eight cells. Every bad cell is complained of. */
final class RowSyntax {

    private static final int COLUMNS = 8;
    private static final Pattern CALL = Pattern.compile("(GET|PUT|POST|PATCH|DELETE)\\s+(\\S+)");
    private static final Pattern NAME = Pattern.compile("[A-Za-z]\\w*(\\(\\w+\\))?");
    private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

    private final Platform platform;
    private final Vocabulary vocabulary;
    private final Complaints complaints;

    RowSyntax(Platform platform, Vocabulary vocabulary, Complaints complaints) {
        this.platform = platform;
        this.vocabulary = vocabulary;
        this.complaints = complaints;
    }

    /** Returns the operation of a line, or empty after complaining. */
    Optional<Operation> parse(int number, String line) {
        List<String> cells = Stream.of(line.split("\\|", -1)).map(String::strip).toList();
        if (cells.size() != COLUMNS) {
            complaints.add(number, "expected " + COLUMNS + " columns, found " + cells.size());
            return Optional.empty();
        }
        int before = complaints.count();
        Optional<String> name = complaints.attempt(number, () -> name(cells.get(0)));
        Optional<Matcher> call = complaints.attempt(number, () -> call(cells.get(1)));
        Optional<PathTemplate> path =
                call.flatMap(one -> complaints.attempt(number, () -> path(one.group(2))));
        Optional<Effect> effect = complaints.attempt(number, () -> effect(cells.get(3)));
        Optional<Set<Integer>> status = complaints.attempt(number, () -> status(cells.get(4)));
        Optional<List<Requirement>> requirements =
                path.flatMap(
                        one -> complaints.attempt(number, () -> requirements(cells.get(5), one)));
        Optional<OperationTraits> traits =
                path.flatMap(
                        one ->
                                complaints.attempt(
                                        number, () -> traits(cells, one, status.orElse(Set.of()))));
        if (complaints.count() > before) {
            return Optional.empty();
        }
        Operation operation =
                new Operation(
                        name.orElseThrow(),
                        platform,
                        call.orElseThrow().group(1),
                        path.orElseThrow(),
                        cells.get(2),
                        effect.orElseThrow(),
                        requirements.orElseThrow(),
                        traits.orElseThrow());
        return complaints.attempt(number, () -> checked(operation, cells.get(5)));
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("`" + text + "` is no name of an operation");
        }
        return text;
    }

    private static Matcher call(String text) {
        Matcher call = CALL.matcher(text);
        if (!call.matches()) {
            throw new IllegalArgumentException("`" + text + "`: expected METHOD /path");
        }
        return call;
    }

    private PathTemplate path(String text) {
        return PathTemplate.parse(vocabulary.expand(text));
    }

    private static Effect effect(String text) {
        return EnumWords.valueOf(Effect.class, "effect", text.toUpperCase(Locale.ROOT));
    }

    private static Set<Integer> status(String text) {
        Set<Integer> codes = new TreeSet<>();
        for (String code : text.split(",", -1)) {
            if (!STATUS.matcher(code).matches()) {
                throw new IllegalArgumentException("`" + code + "` is no status code");
            }
            codes.add(Integer.valueOf(code));
        }
        return codes;
    }

    private List<Requirement> requirements(String text, PathTemplate path) {
        return new RequirementSyntax(path, platform.rootType()).parse(text);
    }

    private OperationTraits traits(List<String> cells, PathTemplate path, Set<Integer> status) {
        List<JobIdRule> jobIds = new JobIdSyntax(path, vocabulary).parse(cells.get(7));
        return new TraitSyntax(path, jobIds, vocabulary).parse(cells.get(6), status);
    }

    /** Refuses what each cell allows and the line as a whole does not. */
    private static Operation checked(Operation operation, String requires) {
        List<String> wrong = new ArrayList<>();
        OperationTraits traits = operation.traits();
        if (operation.kind().isEmpty()) {
            wrong.add("no kind is given");
        }
        if (requires.equals(RequirementSyntax.SELF) != traits.answeredLocally()) {
            wrong.add("`self` and `local` stand only together");
        }
        if (traits.has(OperationFlag.UNGUARDED) && !traits.answeredLocally()) {
            wrong.add("what no guardrail keeps from callers is answered here");
        }
        if (traits.list() && operation.effect().isStateChanging()) {
            wrong.add("a list only reads");
        }
        if (traits.filter().isPresent() && !traits.list()) {
            wrong.add("only a list is filtered");
        }
        if (traits.filter()
                .filter(filter -> !filter.kind().isBelow(operation.platform().rootType()))
                .isPresent()) {
            wrong.add("a list is filtered by what stands below the platform's own roots");
        }
        if (traits.startsRun() && !operation.effect().isStateChanging()) {
            wrong.add("what starts a run does more than read");
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
        return operation;
    }
}

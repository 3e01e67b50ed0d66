package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.PathTemplate.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random requests, near and far from documented ones: nothing throws, nothing is misread. */
class ResolutionFuzzTest {

    private static final int ROUNDS = 25_000;
    private static final OperationCatalogue CATALOGUE = OperationCatalogue.synapse();
    private static final List<String> METHODS =
            List.of("GET", "PUT", "POST", "DELETE", "PATCH", "HEAD", "get", "");
    private static final List<String> WORDS = words();
    private static final List<Optional<String>> QUERIES =
            List.of(Optional.empty(), Optional.of("appendblock"), Optional.of("x"));

    @ParameterizedTest
    @ValueSource(longs = {20261121, 7})
    void matchesOnlyWhatRendersBackToTheRequest(long seed) {
        Random random = new Random(seed);
        int matches = 0;

        for (int i = 0; i < ROUNDS; i++) {
            String method = pick(METHODS, random);
            List<String> path = path(random);
            Optional<String> comp = pick(QUERIES, random);

            Optional<MatchedOperation> found = CATALOGUE.resolve(method, path, _ -> comp);

            matches += found.isPresent() ? 1 : 0;
            found.ifPresent(match -> assertRendersTo(match, method, path, comp));
        }
        assertThat(matches).as("requests that are operations").isGreaterThan(ROUNDS / 20);
    }

    private static void assertRendersTo(
            MatchedOperation match, String method, List<String> path, Optional<String> comp) {
        Operation operation = match.operation();

        assertThat(operation.method()).isEqualTo(method);
        assertThat(operation.path().render(match.parameters()))
                .isEqualToIgnoringCase("/" + String.join("/", path));
        assertThat(match.parameters().values())
                .allSatisfy(value -> assertThat("/" + String.join("/", path)).contains(value));
        operation
                .path()
                .condition()
                .ifPresent(condition -> assertThat(comp).contains(condition.value()));
    }

    /** A documented path, its placeholders filled, now and then with a segment gone or changed. */
    private static List<String> path(Random random) {
        List<String> path = new ArrayList<>();
        for (Segment segment : pick(CATALOGUE.operations(), random).path().segments()) {
            path.add(
                    switch (segment) {
                        case Segment.Literal literal -> caseOf(literal.text(), random);
                        case Segment.Placeholder _, Segment.Tail _ -> pick(WORDS, random);
                    });
        }
        switch (random.nextInt(5)) {
            case 0 -> path.set(random.nextInt(path.size()), pick(WORDS, random));
            case 1 -> path.remove(random.nextInt(path.size()));
            case 2 -> path.add(random.nextInt(path.size() + 1), pick(WORDS, random));
            default -> {}
        }
        return path;
    }

    private static String caseOf(String word, Random random) {
        StringBuilder mixed = new StringBuilder(word);
        int at = random.nextInt(word.length());
        mixed.setCharAt(at, Character.toUpperCase(word.charAt(at)));
        return mixed.toString();
    }

    private static List<String> words() {
        Set<String> words =
                CATALOGUE.operations().stream()
                        .flatMap(operation -> operation.path().segments().stream())
                        .filter(Segment.Literal.class::isInstance)
                        .map(segment -> ((Segment.Literal) segment).text())
                        .collect(Collectors.toCollection(java.util.TreeSet::new));
        words.addAll(
                Set.of("", ".", "..", "a b", "é", "e\u0301", "a/b", "\u0000", "\uD800", "{x}"));
        words.add("x".repeat(5000));
        return List.copyOf(words);
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }
}

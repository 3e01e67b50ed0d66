package io.stagedoor.proxy.fuzz;

import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.PathTemplate;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What the catalogue finds is what a walk over all its operations finds. */
public final class CatalogueMatching {

    private static final OperationCatalogue CATALOGUE = OperationCatalogue.synapse();

    private CatalogueMatching() {}

    /** Takes a method, a space, and segments with slashes between them. */
    public static void fuzzerTestOneInput(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        int space = Math.max(0, text.indexOf(' '));
        String method = text.substring(0, space);
        List<String> segments = Arrays.asList(text.substring(space).strip().split("/", -1));
        if (segments.contains("")) {
            return;
        }
        for (String value : List.of("", "x", "true")) {
            Optional<MatchedOperation> found =
                    CATALOGUE.resolve(
                            method,
                            segments,
                            _ -> Optional.of(value).filter(one -> !one.isEmpty()));
            found.ifPresent(one -> checkMatch(one, method, segments));
            boolean missed = found.isEmpty() && value.isEmpty() && isPlain(method, segments);
            Law.holds(!missed, "an operation is not found: " + text);
        }
    }

    private static void checkMatch(MatchedOperation found, String method, List<String> segments) {
        Operation operation = found.operation();
        Law.holds(operation.method().equals(method), "another method");
        Law.holds(matches(operation.path(), segments), "another path");
        Law.holds(
                Set.copyOf(operation.path().parameters()).equals(found.parameters().keySet()),
                "other parameters");
        String path = String.join("/", segments);
        Law.holds(found.parameters().values().stream().allMatch(path::contains), "other names");
    }

    /** Returns whether an operation that asks for no query parameter has this form. */
    private static boolean isPlain(String method, List<String> segments) {
        for (Operation operation : CATALOGUE.operations()) {
            if (operation.path().condition().isEmpty()
                    && operation.method().equals(method)
                    && matches(operation.path(), segments)) {
                return true;
            }
        }
        return false;
    }

    private static boolean matches(PathTemplate template, List<String> segments) {
        List<PathTemplate.Segment> parts = template.segments();
        boolean tail = parts.getLast() instanceof PathTemplate.Segment.Tail;
        if (tail ? segments.size() < parts.size() : segments.size() != parts.size()) {
            return false;
        }
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i) instanceof PathTemplate.Segment.Literal(String text)
                    && !folded(text).equals(folded(segments.get(i)))) {
                return false;
            }
        }
        return true;
    }

    /** Folds ASCII letters alone. */
    private static String folded(String text) {
        StringBuilder folded = new StringBuilder();
        text.chars()
                .forEach(
                        c ->
                                folded.append(
                                        c < 128
                                                ? String.valueOf((char) c).toLowerCase(Locale.ROOT)
                                                : String.valueOf((char) c)));
        return folded.toString();
    }
}

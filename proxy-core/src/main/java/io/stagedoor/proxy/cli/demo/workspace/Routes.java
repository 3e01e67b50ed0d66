package io.stagedoor.proxy.cli.demo.workspace;

import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The paths a workspace answers, told apart by method and template.
 *
 * <p>Literals match in any case; of two templates that match, the one with more literals wins. Built
 * before the server starts and only read from then on.
 */
final class Routes {
    private final List<Route> routes = new ArrayList<>();

    /**
     * Adds a route.
     *
     * @param template segments with placeholders in braces, such as {@code /pipelines/{name}}; a
     *     last segment {@code **} stands for any number of segments
     */
    void add(String method, String template, Function<Call, Reply> handler) {
        routes.add(new Route(method, List.of(template.substring(1).split("/")), handler));
    }

    /** Gives the reply of the best route, or nothing when no template matches. */
    Optional<Reply> reply(SeenRequest request) {
        List<String> segments = request.segments();
        return routes.stream()
                .filter(route -> route.method().equals(request.method()))
                .filter(route -> route.matches(segments))
                .max(Comparator.comparingLong(Route::literals))
                .map(route -> route.reply(request, segments));
    }

    private record Route(String method, List<String> template, Function<Call, Reply> handler) {
        private static final String ANY_TAIL = "**";

        boolean matches(List<String> segments) {
            boolean open = template.getLast().equals(ANY_TAIL);
            int fixed = open ? template.size() - 1 : template.size();
            boolean fits = open ? segments.size() >= fixed : segments.size() == fixed;
            return fits
                    && IntStream.range(0, fixed)
                            .allMatch(i -> accepts(template.get(i), segments.get(i)));
        }

        long literals() {
            return template.stream().filter(part -> !isPlaceholder(part)).count();
        }

        Reply reply(SeenRequest request, List<String> segments) {
            Map<String, String> parameters = new HashMap<>();
            for (int i = 0; i < template.size(); i++) {
                String part = template.get(i);
                if (part.startsWith("{")) {
                    parameters.put(part.substring(1, part.length() - 1), segments.get(i));
                }
            }
            return handler.apply(new Call(request, parameters));
        }

        private static boolean accepts(String part, String segment) {
            return isPlaceholder(part) ? !segment.isEmpty() : part.equalsIgnoreCase(segment);
        }

        private static boolean isPlaceholder(String part) {
            return part.startsWith("{") || part.equals(ANY_TAIL);
        }
    }
}

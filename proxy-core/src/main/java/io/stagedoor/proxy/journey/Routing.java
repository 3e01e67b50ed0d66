package io.stagedoor.proxy.journey;

import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.route.Route;
import io.stagedoor.proxy.route.RouteTable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the service that a request is for, and which of its calls the request is. */
final class Routing {

    private final RouteTable routes;
    private final Map<String, Destination> destinations;

    Routing(RouteTable routes, Map<String, Destination> destinations) {
        this.routes = routes;
        this.destinations = Map.copyOf(destinations);
    }

    /**
     * Returns the routes that a request may take, at least one.
     *
     * @throws RefusedException {@code no_route}
     */
    List<Route> routes(RequestHead head) throws RefusedException {
        return accepting(head, routes.match(head));
    }

    /**
     * Of services that share a name, those that the request can be about; else the first, so that it
     * is refused like any other that is unknown.
     */
    private List<Route> accepting(RequestHead head, List<Route> shared) {
        if (shared.size() == 1) {
            return shared;
        }
        List<Route> accepting =
                shared.stream()
                        .filter(route -> matched(head, route, destinationOf(route)).isPresent())
                        .toList();
        return accepting.isEmpty() ? shared.subList(0, 1) : accepting;
    }

    /** Returns the service of this name, if it is configured. */
    Optional<Destination> destination(String service) {
        return Optional.ofNullable(destinations.get(service));
    }

    /** Returns the service that a route leads to. */
    Destination destinationOf(Route route) {
        Destination destination = destinations.get(route.service());
        if (destination == null) {
            throw new IllegalStateException("no service `" + route.service() + "`");
        }
        return destination;
    }

    /** The opening of a WebSocket is an operation of its own, or none: never the call of that path. */
    static MatchedOperation resolve(RequestHead head, Route route, Destination destination)
            throws RefusedException {
        return matched(head, route, destination)
                .orElseThrow(
                        () ->
                                RefusedException.of(
                                        Code.UNKNOWN_OPERATION,
                                        "the request is no documented operation of the service",
                                        "check method and path against the service's reference"));
    }

    private static Optional<MatchedOperation> matched(
            RequestHead head, Route route, Destination destination) {
        return catalogueOf(head, route, destination)
                .resolve(head.method(), route.target().segments(), route.target()::query)
                .filter(matched -> destination.names().accept(matched.parameters()));
    }

    /** What is reserved is never looked for among the service's calls. */
    private static OperationCatalogue catalogueOf(
            RequestHead head, Route route, Destination destination) {
        List<String> segments = route.target().segments();
        if (!segments.isEmpty()
                && segments.getFirst().equalsIgnoreCase(OperationCatalogue.RESERVED)) {
            return OperationCatalogue.builtIn();
        }
        return head.opensTunnel()
                ? destination.operations().tunnels()
                : destination.operations().calls();
    }
}

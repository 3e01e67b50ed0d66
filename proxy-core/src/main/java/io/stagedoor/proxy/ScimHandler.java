package io.stagedoor.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.scim.ScimEndpoint;
import io.stagedoor.proxy.scim.ScimRequest;
import io.stagedoor.proxy.scim.ScimResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets directories push to the admin port, each below {@code /scim/<name>/v2}. Each change is
 * written to the audit trail.
 */
final class ScimHandler implements HttpHandler {

    /** What the handler is registered for. */
    static final String CONTEXT = "/scim/";

    private static final Logger LOG = LoggerFactory.getLogger(ScimHandler.class);
    private static final Pattern PATH = Pattern.compile("/scim/([a-z0-9-]{1,50})/v2(/.*)?");

    private final Function<String, Optional<ScimEndpoint>> endpoints;
    private final AuditTrail trail;

    /**
     * Makes the handler.
     *
     * @param endpoints finds the endpoint of a directory by its name
     */
    ScimHandler(Function<String, Optional<ScimEndpoint>> endpoints, AuditTrail trail) {
        this.endpoints = endpoints;
        this.trail = trail;
    }

    /** Returns the path below which a directory pushes. */
    static String base(String directory) {
        return CONTEXT + directory + "/v2";
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            URI uri = exchange.getRequestURI();
            Matcher path = PATH.matcher(uri.getRawPath());
            Optional<ScimEndpoint> endpoint =
                    path.matches() ? endpoints.apply(path.group(1)) : Optional.empty();
            if (endpoint.isEmpty()) {
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readNBytes(ScimEndpoint.LONGEST_BODY + 1);
            if (body.length > ScimEndpoint.LONGEST_BODY) {
                exchange.sendResponseHeaders(413, -1);
                return;
            }
            ScimRequest request = request(exchange, path, body);
            ScimResponse response = answer(endpoint.get(), request);
            response.changed().ifPresent(what -> record(path.group(1), what));
            send(exchange, response);
        }
    }

    private static ScimRequest request(HttpExchange exchange, Matcher path, byte[] body) {
        return new ScimRequest(
                exchange.getRequestMethod(),
                Optional.ofNullable(path.group(2)).orElse("/"),
                Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse(""),
                Optional.ofNullable(exchange.getRequestHeaders().getFirst("Authorization")),
                body);
    }

    private static ScimResponse answer(ScimEndpoint endpoint, ScimRequest request) {
        try {
            return endpoint.handle(request);
        } catch (RuntimeException fault) {
            LOG.atError().setCause(fault).log("internal");
            return new ScimResponse(500, Map.of(), new byte[0], Optional.empty());
        }
    }

    private void record(String directory, String what) {
        trail.appendWithinWindow(
                new AuditEvent.Admin("scim:" + directory, "scim.push", what, Map.of()));
    }

    private static void send(HttpExchange exchange, ScimResponse response) throws IOException {
        response.fields().forEach(exchange.getResponseHeaders()::set);
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        int length = response.body().length;
        exchange.sendResponseHeaders(response.status(), length == 0 ? -1 : length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(response.body());
        }
    }
}

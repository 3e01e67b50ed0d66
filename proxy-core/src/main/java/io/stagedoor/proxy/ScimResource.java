package io.stagedoor.proxy;

import io.stagedoor.proxy.admin.AdminRefusal;
import io.stagedoor.proxy.admin.AdminRequest;
import io.stagedoor.proxy.admin.AdminResource;
import io.stagedoor.proxy.audit.AuditTrail;
import io.stagedoor.proxy.audit.TrailHealth;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.scim.ScimEndpoint;
import io.stagedoor.proxy.scim.ScimRequest;
import io.stagedoor.proxy.scim.ScimResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lets directories push to the operators' port, each below {@code /scim/<name>/v2} with a secret of
 * its own. Each change is written to the audit trail; while that takes nothing, nothing is changed.
 */
final class ScimResource implements AdminResource {

    private static final String PATH = "/scim/";
    private static final Pattern BELOW = Pattern.compile("/scim/([a-z0-9-]{1,50})/v2(/.*)?");

    private final Function<String, Optional<ScimEndpoint>> endpoints;
    private final AuditTrail trail;

    /**
     * Makes the resource.
     *
     * @param endpoints finds the endpoint of a directory by its name
     */
    ScimResource(Function<String, Optional<ScimEndpoint>> endpoints, AuditTrail trail) {
        this.endpoints = endpoints;
        this.trail = trail;
    }

    /** Returns the path below which a directory pushes. */
    static String base(String directory) {
        return PATH + directory + "/v2";
    }

    @Override
    public String path() {
        return PATH;
    }

    @Override
    public Set<String> methods() {
        return Set.of("GET", "POST", "PUT", "PATCH", "DELETE");
    }

    @Override
    public Access access() {
        return Access.OPEN;
    }

    @Override
    public int bodyLimit() {
        return ScimEndpoint.LONGEST_BODY;
    }

    @Override
    public Answer answer(AdminRequest request) throws AdminRefusal {
        Matcher path = BELOW.matcher(request.path());
        Optional<ScimEndpoint> endpoint =
                path.matches() ? endpoints.apply(path.group(1)) : Optional.empty();
        if (endpoint.isEmpty()) {
            throw AdminRefusal.of(404, "not_found", "no directory pushes to this path");
        }
        if (!request.method().equals("GET")) {
            requireTrail();
        }
        ScimResponse response =
                endpoint.get()
                        .handle(
                                new ScimRequest(
                                        request.method(),
                                        Optional.ofNullable(path.group(2)).orElse("/"),
                                        request.query(),
                                        request.fields().first("Authorization"),
                                        request.body()));
        response.changed().ifPresent(what -> record(path.group(1), what));
        return answer(response);
    }

    private void requireTrail() throws AdminRefusal {
        if (trail.health().status() == TrailHealth.Status.RED) {
            throw AdminRefusal.of(
                    503, "journal_unavailable", "changes cannot be recorded at present");
        }
    }

    private void record(String directory, String what) {
        trail.appendWithinWindow(
                new AuditEvent.Admin("scim:" + directory, "scim.push", what, Map.of()));
    }

    private static Answer answer(ScimResponse response) {
        Fields.Builder fields = Fields.builder();
        response.fields().forEach(fields::add);
        return new Answer(
                response.status(),
                fields.build(),
                new String(response.body(), StandardCharsets.UTF_8));
    }
}

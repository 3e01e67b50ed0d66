package io.stagedoor.proxy.testing;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.PathTemplate.QueryCondition;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.operation.RootReference;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.scope.Scope;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A request for a documented operation of a factory or a Tableau site, as a client may send it to what
 * a {@link PlatformScene} has, and what the policy takes it for.
 *
 * <p>Publishes are sent without their parts, which is no publish but is decided like one: where the body
 * does not say otherwise, at the project it names or at the site.
 *
 * @param operation the operation; a twin stands for itself
 * @param target path and query behind the prefix of the platform
 * @param body JSON with what the operation's scope follows from
 * @param bound what the request is found to be
 */
public record DocumentedRequest(
        Operation operation, String target, String body, BoundOperation bound) {

    private static final String THING = "77777777-1111-4222-8333-444444444444";
    private static final Map<String, String> KNOWN =
            Map.of(
                    "api_version",
                    "3.22",
                    "site_id",
                    WillingOrigin.SITE,
                    "site_content_url",
                    WillingOrigin.CONTENT_URL,
                    "project_id",
                    WillingOrigin.PROJECT,
                    "content_type",
                    "workbook",
                    "subscriptionId",
                    FakeFactory.SUBSCRIPTION,
                    "resourceGroupName",
                    "rg1",
                    "factoryName",
                    "f1");

    /** Gives every operation of a platform as a request, in the order of the catalogue. */
    public static List<DocumentedRequest> all(Platform platform) {
        OperationCatalogue catalogue = OperationCatalogue.of(platform);
        return catalogue.operations().stream().map(each -> of(catalogue, each)).toList();
    }

    private static DocumentedRequest of(OperationCatalogue catalogue, Operation operation) {
        String path =
                operation
                        .path()
                        .render(
                                operation.path().parameters().stream()
                                        .collect(
                                                Collectors.toMap(
                                                        Function.identity(),
                                                        DocumentedRequest::valueOf)));
        Optional<QueryCondition> condition = operation.path().condition();
        MatchedOperation match =
                catalogue
                        .resolve(
                                operation.method(),
                                List.of(path.substring(1).split("/")),
                                name ->
                                        condition
                                                .filter(one -> one.parameter().equals(name))
                                                .map(QueryCondition::value))
                        .orElseThrow(() -> new IllegalStateException("no call: " + path));
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        BoundOperation bound = match.bind(rootOf(operation.platform()), inputs(match, body));
        String query = condition.map(one -> "?" + one.parameter() + "=" + one.value()).orElse("");
        return new DocumentedRequest(operation, path + query, body.toString(), bound);
    }

    /** Gives the root scope of what the scene has of a platform. */
    static Scope rootOf(Platform platform) {
        return switch (platform) {
            case DATA_FACTORY -> Scope.factory("f1");
            case TABLEAU -> Scope.site(PlatformScene.SITE);
            case SYNAPSE -> throw new IllegalArgumentException("the scene has no workspace");
        };
    }

    private static String valueOf(String parameter) {
        String made = parameter.endsWith("_id") ? THING : "a" + parameter;
        return KNOWN.getOrDefault(parameter, made);
    }

    private static Map<ScopeInput, ScopeValue> inputs(MatchedOperation match, ObjectNode body) {
        Map<ScopeInput, ScopeValue> known = new HashMap<>();
        for (Optional<ScopeInput> next = match.nextInput(known);
                next.isPresent();
                next = match.nextInput(known)) {
            known.put(next.get(), answer(next.get(), body));
        }
        return known;
    }

    /** Tells what the proxy will find, and sees to it that it does. */
    private static ScopeValue answer(ScopeInput input, ObjectNode body) {
        return switch (input) {
            case ScopeInput.RootName(RootReference.Form form) ->
                    ScopeValue.text(
                            form == RootReference.Form.ID
                                    ? WillingOrigin.SITE
                                    : WillingOrigin.CONTENT_URL);
            case ScopeInput.BodyField(String pointer) -> put(body, pointer, WillingOrigin.PROJECT);
            case ScopeInput.BodyContentProject(var _, String pointer) -> {
                put(body, pointer, THING);
                yield ScopeValue.text(WillingOrigin.PROJECT);
            }
            case ScopeInput.ContentProject _, ScopeInput.TypedContentProject _ ->
                    ScopeValue.text(WillingOrigin.PROJECT);
            case ScopeInput.GraphQlQuery(String pointer) -> {
                put(body, pointer, "{ workbooks { name } }");
                yield ScopeValue.absent();
            }
            case ScopeInput.RecordedRun _,
                    ScopeInput.NotebookPool _,
                    ScopeInput.JobDefinitionPool _,
                    ScopeInput.StoredAssignment _ ->
                    throw new IllegalArgumentException("a workspace's: " + input);
        };
    }

    private static ScopeValue put(ObjectNode body, String pointer, String value) {
        int last = pointer.lastIndexOf('/');
        ObjectNode at = body;
        for (String word : pointer.substring(0, last).split("/")) {
            at = word.isEmpty() ? at : at.withObject("/" + word);
        }
        at.put(pointer.substring(last + 1), value);
        return ScopeValue.text(value);
    }

    /** Returns whether it is found to be the operation itself, and not one that it shares a path with. */
    public boolean isTold() {
        return bound.operation().equals(operation);
    }

    @Override
    public String toString() {
        return operation.name();
    }
}

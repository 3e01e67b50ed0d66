package io.stagedoor.proxy.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.LoopbackServer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Azure Resource Manager with one factory, {@code f1} of {@code rg1}, on loopback over TLS: lists in
 * pages with absolute links, runs, run queries that go on by a token in the body, and an integration
 * runtime that starts in the background. Answers to one bearer only. Safe for any thread.
 */
public final class FakeFactory implements AutoCloseable {

    /** The subscription's id. */
    public static final String SUBSCRIPTION = "11111111-1111-1111-1111-111111111111";

    /** The factory's resource id. */
    public static final String FACTORY =
            "/subscriptions/"
                    + SUBSCRIPTION
                    + "/resourceGroups/rg1/providers/Microsoft.DataFactory/factories/f1";

    private static final String VERSION = "?api-version=2018-06-01";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern START = Pattern.compile("/pipelines/([^/]+)/createRun");
    private static final Pattern RUN = Pattern.compile("/pipelineruns/([^/]+)(/cancel)?");
    private static final List<String> PIPELINES = List.of("daily", "hourly", "payroll");

    private record Prepared(Predicate<SeenRequest> test, Reply reply) {}

    private final LoopbackServer server;
    private final String bearer;
    private final List<SeenRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Prepared> prepared = new CopyOnWriteArrayList<>();
    private final Map<String, ObjectNode> runs = new ConcurrentHashMap<>();
    private final Map<String, Integer> polls = new ConcurrentHashMap<>();

    private FakeFactory(ServerIdentity identity, String bearer) {
        this.bearer = bearer;
        this.server = LoopbackServer.start(identity, this::reply);
    }

    /** Starts it on a free port. */
    public static FakeFactory start(ServerIdentity identity, String bearer) {
        return new FakeFactory(identity, bearer);
    }

    /** Gives its address, as it stands in every link it sends. */
    public URI uri() {
        return server.uri();
    }

    /** Gives every request so far. */
    public List<SeenRequest> requests() {
        return List.copyOf(requests);
    }

    /** Gives the ids of the runs so far. */
    public List<String> runs() {
        return List.copyOf(runs.keySet());
    }

    /** Does this after the next request that passes the test has taken effect. */
    public void replyOnce(Predicate<SeenRequest> test, Reply reply) {
        prepared.add(new Prepared(test, reply));
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply reply(SeenRequest request) {
        requests.add(request);
        if (!request.field("Authorization").equals(Optional.of("Bearer " + bearer))) {
            return error(401, "AuthenticationFailed").with("WWW-Authenticate", "Bearer realm=\"\"");
        }
        if (request.path().equals("/subscriptions")) {
            return subscriptions();
        }
        if (!request.path().regionMatches(true, 0, FACTORY, 0, FACTORY.length())) {
            return error(404, "ResourceNotFound");
        }
        Answer usual = answer(request, request.path().substring(FACTORY.length()));
        Optional<Prepared> instead =
                prepared.stream().filter(each -> each.test().test(request)).findFirst();
        return instead.filter(prepared::remove).map(Prepared::reply).orElse(usual);
    }

    private static Answer subscriptions() {
        ObjectNode page = JSON.createObjectNode();
        page.putArray("value")
                .addObject()
                .put("id", "/subscriptions/" + SUBSCRIPTION)
                .put("subscriptionId", SUBSCRIPTION)
                .put("tenantId", DemoCast.TENANT)
                .put("displayName", "data")
                .put("state", "Enabled")
                .putArray("managedByTenants");
        return json(200, page);
    }

    private Answer answer(SeenRequest request, String path) {
        return switch (request.method() + " " + path) {
            case "GET " -> json(200, resource("", "f1"));
            case "GET /pipelines" -> pipelines(request.parameter("$skiptoken").orElse("0"));
            case "POST /queryPipelineRuns" -> query(request);
            case "POST /integrationRuntimes/ir1/start" -> startRuntime();
            default -> ofRun(request, path);
        };
    }

    private Answer ofRun(SeenRequest request, String path) {
        Matcher start = START.matcher(path);
        if (start.matches() && request.method().equals("POST")) {
            return startRun(start.group(1));
        }
        Matcher run = RUN.matcher(path);
        if (run.matches() && runs.containsKey(run.group(1))) {
            ObjectNode found = runs.get(run.group(1));
            return run.group(2) == null ? json(200, found) : cancelled(found);
        }
        if (path.startsWith("/integrationRuntimes/ir1/operationResults/")) {
            return polls.merge(path, 1, Integer::sum) < 3
                    ? Answer.empty(202).with("Location", uri() + request.target())
                    : json(200, resource("/integrationRuntimes", "ir1"));
        }
        return path.startsWith("/pipelines/") && request.method().equals("GET")
                ? json(200, resource("/pipelines", path.substring("/pipelines/".length())))
                : error(404, "ResourceNotFound");
    }

    private Answer pipelines(String from) {
        int first = Integer.parseInt(from);
        ObjectNode page = JSON.createObjectNode();
        ArrayNode value = page.putArray("value");
        IntStream.range(first, Math.min(first + 2, PIPELINES.size()))
                .forEach(i -> value.add(resource("/pipelines", PIPELINES.get(i))));
        if (first + 2 < PIPELINES.size()) {
            page.put(
                    "nextLink",
                    uri() + FACTORY + "/pipelines" + VERSION + "&$skiptoken=" + (first + 2));
        }
        return json(200, page);
    }

    private Answer query(SeenRequest request) {
        ObjectNode page = JSON.createObjectNode();
        ArrayNode value = page.putArray("value");
        boolean second = request.body().text().contains("\"continuationToken\":\"2\"");
        List<ObjectNode> all = List.copyOf(runs.values());
        all.subList(
                        second ? Math.min(1, all.size()) : 0,
                        second ? all.size() : Math.min(1, all.size()))
                .forEach(value::add);
        if (!second && all.size() > 1) {
            page.put("continuationToken", "2");
        }
        return json(200, page);
    }

    private Answer startRun(String pipeline) {
        String id = UUID.randomUUID().toString();
        runs.put(
                id,
                JSON.createObjectNode()
                        .put("runId", id)
                        .put("runGroupId", id)
                        .put("pipelineName", pipeline)
                        .put("status", "InProgress"));
        return json(200, JSON.createObjectNode().put("runId", id));
    }

    private static Answer cancelled(ObjectNode run) {
        run.put("status", "Cancelled");
        return Answer.empty(200);
    }

    private Answer startRuntime() {
        String operation =
                FACTORY
                        + "/integrationRuntimes/ir1/operationResults/"
                        + UUID.randomUUID()
                        + VERSION;
        return Answer.empty(202).with("Location", uri() + operation).with("Retry-After", "0");
    }

    private static ObjectNode resource(String below, String name) {
        ObjectNode resource = JSON.createObjectNode();
        resource.put("id", below.isEmpty() ? FACTORY : FACTORY + below + "/" + name)
                .put("name", name)
                .put("type", "Microsoft.DataFactory/factories" + below)
                .put("etag", "\"1\"");
        resource.putObject("properties").put("type", "Managed").put("state", "Started");
        return resource;
    }

    private static Answer json(int status, ObjectNode body) {
        return Answer.json(status, body.toString());
    }

    private static Answer error(int status, String code) {
        ObjectNode body = JSON.createObjectNode();
        body.putObject("error").put("code", code).put("message", code);
        return json(status, body);
    }
}

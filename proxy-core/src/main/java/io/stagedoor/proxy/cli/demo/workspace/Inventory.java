package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.net.URI;
import java.util.List;

/** What a workspace says of itself: its end points, pools, runtimes, Spark jobs and network. */
final class Inventory {
    private static final String ENDPOINTS =
            "/managedVirtualNetworks/{network}/managedPrivateEndpoints";

    private final URI base;
    private final SparkPools pools;

    Inventory(URI base, SparkPools pools) {
        this.base = base;
        this.pools = pools;
    }

    void addTo(Routes routes) {
        routes.add("GET", "/workspace", call -> workspace());
        addComputeTo(routes);
        addNetworkTo(routes);
        addMetastoreTo(routes);
    }

    private void addComputeTo(Routes routes) {
        routes.add("GET", "/bigDataPools", call -> Json.answer(200, Json.list(sparkPools())));
        routes.add("GET", "/bigDataPools/{name}", this::sparkPool);
        routes.add("GET", "/sqlPools", call -> list(resource("sqlPools", "dw1")));
        routes.add("GET", "/sqlPools/{name}", call -> resource(call, "sqlPools"));
        routes.add(
                "GET",
                "/integrationRuntimes",
                call -> list(resource("integrationRuntimes", "AutoResolveIntegrationRuntime")));
        routes.add(
                "GET",
                "/integrationRuntimes/{name}",
                call -> resource(call, "integrationRuntimes"));
        routes.add("GET", "/monitoring/workloadTypes/spark/Applications", call -> sparkJobs());
        routes.add("GET", "/monitoring/workloadTypes/sql/querystring", call -> sqlText());
        routes.add("GET", "/sparkhistory/**", call -> Json.answer(200, Json.object()));
        routes.add("POST", "/getGitHubAccessToken", call -> gitToken());
    }

    private void addNetworkTo(Routes routes) {
        String type = "managedPrivateEndpoints";
        routes.add("GET", ENDPOINTS, call -> list(resource(type, "storage")));
        routes.add("GET", ENDPOINTS + "/{name}", call -> resource(call, type));
        routes.add("PUT", ENDPOINTS + "/{name}", call -> resource(call, type));
        routes.add("DELETE", ENDPOINTS + "/{name}", call -> Answer.empty(204));
    }

    private void addMetastoreTo(Routes routes) {
        routes.add(
                "PUT",
                "/metastore/create-database-operations/{name}",
                call -> metastore("Running"));
        routes.add(
                "GET",
                "/metastore/create-database-operations/{name}",
                call -> metastore("Succeeded"));
        routes.add(
                "PUT",
                "/metastore/update-database-operations/{name}",
                call -> metastore("Running"));
        routes.add("DELETE", "/metastore/databases/{name}", call -> Answer.empty(204));
    }

    private Answer workspace() {
        ObjectNode workspace = resource("workspaces", pools.workspace());
        ObjectNode properties = workspace.putObject("properties");
        properties.put("provisioningState", "Succeeded").put("workspaceUID", FakeWorkspace.UID);
        properties
                .putObject("connectivityEndpoints")
                .put("web", "https://web.azuresynapse.net?workspace=" + pools.workspace())
                .put("dev", base.toString())
                .put("sql", pools.workspace() + ".sql.azuresynapse.net")
                .put("sqlOnDemand", pools.workspace() + "-ondemand.sql.azuresynapse.net");
        return Json.answer(200, workspace);
    }

    private List<ObjectNode> sparkPools() {
        return pools.all().stream().map(pool -> resource("bigDataPools", pool)).toList();
    }

    private Reply sparkPool(Call call) {
        String name = call.parameter("name");
        return pools.has(name)
                ? resource(call, "bigDataPools")
                : Json.error(404, "ResourceNotFound", "no Spark pool `" + name + "`");
    }

    private static Answer sparkJobs() {
        ObjectNode jobs = Json.object().put("nJobs", 0);
        return Json.answer(200, jobs.set("sparkJobs", Json.array(List.of())));
    }

    private static Answer sqlText() {
        return Json.answer(200, Json.object().put("query", "select 1"));
    }

    private static Answer gitToken() {
        return Json.error(400, "GitHubNotConfigured", "the workspace has no Git repository");
    }

    private static Answer metastore(String status) {
        return Json.answer(200, Json.object().put("status", status));
    }

    private static Answer list(ObjectNode only) {
        return Json.answer(200, Json.list(List.of(only)));
    }

    private static Answer resource(Call call, String type) {
        return Json.answer(200, resource(type, call.parameter("name")));
    }

    private static ObjectNode resource(String type, String name) {
        return Json.object()
                .put("id", "/" + type + "/" + name)
                .put("name", name)
                .put("type", "Microsoft.Synapse/" + type);
    }
}

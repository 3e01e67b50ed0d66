package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The artifacts of one kind: list by pages, get, put, delete, rename.
 *
 * <p>Writes take effect at once and are answered as long-running operations. Names are kept as sent
 * and found in any case.
 */
final class Artifacts {
    private static final String SKIP = "$skiptoken";

    private final String kind;
    private final URI base;
    private final Operations operations;
    private final AtomicInteger pageSize;
    private final Map<String, ObjectNode> byName =
            new ConcurrentSkipListMap<>(String.CASE_INSENSITIVE_ORDER);

    /**
     * @param kind the path segment of the kind, such as {@code pipelines}
     * @param pageSize how many artifacts a page holds; may change while the server runs
     */
    Artifacts(String kind, URI base, Operations operations, AtomicInteger pageSize) {
        this.kind = kind;
        this.base = base;
        this.operations = operations;
        this.pageSize = pageSize;
    }

    void addTo(Routes routes) {
        String one = "/" + kind + "/{name}";
        routes.add("GET", "/" + kind, this::list);
        routes.add("GET", one, this::get);
        routes.add("PUT", one, this::put);
        routes.add("DELETE", one, this::delete);
        routes.add("POST", one + "/rename", this::rename);
    }

    /** Stores an artifact and gives it as the service would. */
    ObjectNode store(String name, JsonNode properties) {
        ObjectNode artifact =
                Json.object()
                        .put("id", "/" + kind + "/" + name)
                        .put("name", name)
                        .put("type", "Microsoft.Synapse/workspaces/" + kind)
                        .put("etag", "\"" + properties.hashCode() + "\"");
        artifact.set("properties", properties);
        byName.put(name, artifact);
        return artifact;
    }

    Optional<ObjectNode> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    List<ObjectNode> all() {
        return List.copyOf(byName.values());
    }

    /** The answer to any call on an artifact that is not there. */
    Answer missing(String name) {
        String singular = kind.substring(0, 1).toUpperCase(Locale.ROOT);
        String type = singular + kind.substring(1, kind.length() - 1);
        return Json.flatError(404, type + "NotFound", "The document cannot be found: " + name);
    }

    private Reply list(Call call) {
        List<ObjectNode> all = all();
        int from = call.request().parameter(SKIP).map(Integer::parseInt).orElse(0);
        int to = Math.min(all.size(), from + pageSize.get());
        ObjectNode page = Json.list(all.subList(Math.min(from, to), to));
        if (to < all.size()) {
            page.put("nextLink", nextLink(call, to));
        }
        return Json.answer(200, page);
    }

    private String nextLink(Call call, int from) {
        String version = call.request().parameter("api-version").orElse("2020-12-01");
        return base + "/" + kind + "?api-version=" + version + "&%24skiptoken=" + from;
    }

    private Reply get(Call call) {
        String name = call.parameter("name");
        return find(name).map(found -> Json.answer(200, found)).orElseGet(() -> missing(name));
    }

    private Reply put(Call call) {
        String name = call.parameter("name");
        JsonNode body = call.body();
        if (!body.isObject()) {
            return Json.error(400, "BadRequest", "the body is no JSON object");
        }
        ObjectNode stored = store(name, body.path("properties"));
        return operations.accept(kind, name, Json.answer(200, stored));
    }

    private Reply delete(Call call) {
        String name = call.parameter("name");
        return byName.remove(name) == null ? Answer.empty(204) : operations.accept(kind, name);
    }

    private Reply rename(Call call) {
        String name = call.parameter("name");
        ObjectNode artifact = byName.remove(name);
        if (artifact == null) {
            return missing(name);
        }
        store(call.body().path("newName").asText(name), artifact.path("properties"));
        return operations.accept(kind, name);
    }
}

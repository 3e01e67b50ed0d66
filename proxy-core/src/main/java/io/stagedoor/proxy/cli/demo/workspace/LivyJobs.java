package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * Livy batches and sessions of the Spark pools, with their statements.
 *
 * <p>Ids are integers that count from zero in each pool and kind, so they repeat between pools. The
 * application id is null until the job has been read once.
 */
final class LivyJobs {
    private static final String POOL = "/livyApi/versions/{version}/sparkPools/{pool}/";
    private static final String SESSION = POOL + "sessions/{id}";

    private final SparkPools pools;
    private final InstantSource clock;
    private final Map<String, Numbered> jobs = new ConcurrentHashMap<>();

    LivyJobs(SparkPools pools, InstantSource clock) {
        this.pools = pools;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        for (String kind : new String[] {"batches", "sessions"}) {
            routes.add("GET", POOL + kind, call -> inPool(call, kind, Numbered::page));
            routes.add(
                    "POST",
                    POOL + kind,
                    call -> inPool(call, kind, all -> submit(call, kind, all)));
            routes.add("GET", POOL + kind + "/{id}", call -> onJob(call, kind, this::read));
            routes.add("DELETE", POOL + kind + "/{id}", call -> onJob(call, kind, this::cancel));
        }
        routes.add(
                "PUT",
                SESSION + "/reset-timeout",
                call -> onJob(call, "sessions", session -> Answer.empty(200)));
        addStatementsTo(routes);
    }

    private void addStatementsTo(Routes routes) {
        String statements = SESSION + "/statements";
        routes.add("GET", statements, call -> inSession(call, Numbered::page));
        routes.add("POST", statements, call -> inSession(call, all -> submitStatement(call, all)));
        routes.add("GET", statements + "/{statement}", call -> onStatement(call, this::finish));
        routes.add(
                "POST",
                statements + "/{statement}/cancel",
                call ->
                        onStatement(
                                call,
                                one -> Json.answer(200, Json.object().put("msg", "canceled"))));
    }

    private Reply inPool(Call call, String kind, Function<Numbered, Answer> work) {
        String pool = call.parameter("pool");
        return pools.has(pool)
                ? work.apply(numbered(SparkPools.folded(pool) + "/" + kind))
                : notFound("no Spark pool `" + pool + "`");
    }

    private Reply onJob(Call call, String kind, Function<ObjectNode, Answer> work) {
        return inPool(call, kind, all -> onOne(all, call.parameter("id"), work));
    }

    private Reply inSession(Call call, Function<Numbered, Answer> work) {
        String pool = SparkPools.folded(call.parameter("pool"));
        String id = call.parameter("id");
        return onJob(
                call,
                "sessions",
                session -> work.apply(numbered(pool + "/sessions/" + id + "/statements")));
    }

    private Reply onStatement(Call call, Function<ObjectNode, Answer> work) {
        return inSession(call, all -> onOne(all, call.parameter("statement"), work));
    }

    private static Answer onOne(Numbered all, String id, Function<ObjectNode, Answer> work) {
        return all.find(id).map(work).orElseGet(() -> notFound("no `" + id + "` here"));
    }

    private Numbered numbered(String place) {
        String listed = place.endsWith("/statements") ? "statements" : "sessions";
        return jobs.computeIfAbsent(place, absent -> new Numbered(listed));
    }

    private Answer submit(Call call, String kind, Numbered all) {
        ObjectNode job =
                Json.object()
                        .putNull("appId")
                        .put("name", call.body().path("name").asText("unnamed"))
                        .put("workspaceName", pools.workspace())
                        .put("sparkPoolName", call.parameter("pool"))
                        .put("submitterId", FakeWorkspace.OWN_IDENTITY)
                        .put("submitterName", "stagedoor-proxy")
                        .put("artifactId", call.body().path("artifactId").asText(""))
                        .put("jobType", kind.equals("batches") ? "SparkBatch" : "SparkSession")
                        .put("submittedAt", clock.instant().toString())
                        .put("state", "not_started");
        job.putObject("livyInfo").put("currentState", "not_started");
        return Json.answer(200, all.add(job)).with("x-ms-job-submitted-by-name", "stagedoor-proxy");
    }

    private Answer submitStatement(Call call, Numbered all) {
        ObjectNode statement =
                Json.object()
                        .put("code", call.body().path("code").asText(""))
                        .put("state", "waiting")
                        .putNull("output");
        return Json.answer(200, all.add(statement));
    }

    private Answer read(ObjectNode job) {
        synchronized (job) {
            Answer answer = Json.answer(200, job);
            boolean started = job.path("appId").isTextual();
            if (!started) {
                String state =
                        job.path("jobType").asText().equals("SparkBatch") ? "running" : "idle";
                job.put(
                        "appId",
                        String.format(
                                Locale.ROOT,
                                "application_1600000000000_%04d",
                                job.path("id").asInt() + 1));
                job.put("state", state);
                job.putObject("livyInfo").put("currentState", state);
            }
            return answer;
        }
    }

    private Answer cancel(ObjectNode job) {
        synchronized (job) {
            job.put("state", "killed");
        }
        return Answer.empty(200);
    }

    private Answer finish(ObjectNode statement) {
        synchronized (statement) {
            Answer answer = Json.answer(200, statement);
            statement.put("state", "available");
            statement
                    .putObject("output")
                    .put("status", "ok")
                    .putObject("data")
                    .put("text/plain", "42");
            return answer;
        }
    }

    private static Answer notFound(String message) {
        return Json.flatError(404, "LIVY_JOB_NOT_FOUND", message);
    }

    /** What Livy counts in one place: entries by their number, given out from zero. */
    private static final class Numbered {
        private final String listed;
        private final List<ObjectNode> entries = new CopyOnWriteArrayList<>();

        Numbered(String listed) {
            this.listed = listed;
        }

        synchronized ObjectNode add(ObjectNode entry) {
            entries.add(entry.put("id", entries.size()));
            return entry;
        }

        Optional<ObjectNode> find(String id) {
            return entries.stream()
                    .filter(entry -> entry.path("id").asText().equals(id))
                    .findFirst();
        }

        Answer page() {
            ObjectNode page = Json.object().put("from", 0).put("total", entries.size());
            return Json.answer(200, page.set(listed, Json.array(entries)));
        }
    }
}

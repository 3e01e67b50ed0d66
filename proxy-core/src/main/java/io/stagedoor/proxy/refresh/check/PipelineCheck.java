package io.stagedoor.proxy.refresh.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.SourceCheck;
import io.stagedoor.proxy.refresh.check.ServiceReads.NoReadingException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the last run of a pipeline has succeeded, not too long ago (Synapse and Data Factory,
 * {@code queryPipelineRuns}).
 */
public final class PipelineCheck implements SourceCheck {

    private static final Set<String> RUNNING = Set.of("Queued", "InProgress", "Canceling");
    private static final String SUCCEEDED = "Succeeded";
    private static final Duration MARGIN = Duration.ofDays(1);

    private final Pipeline pipeline;
    private final String apiVersion;
    private final ServiceReads reads;
    private final InstantSource clock;

    /**
     * What is looked at.
     *
     * @param service the configured name of its workspace or factory
     * @param name its name
     * @param maxAge how long ago the run may have ended
     * @param passesWhileRunning whether a run under way is passed over
     */
    public record Pipeline(
            String service, String name, Duration maxAge, boolean passesWhileRunning) {}

    private record Run(String id, String status, Optional<Instant> ended) {

        String seen() {
            return "run " + id + " " + status + ended.map(at -> " at " + at).orElse("");
        }
    }

    /**
     * Makes a check.
     *
     * @param apiVersion the version of the interface of the service
     */
    public PipelineCheck(
            Pipeline pipeline, String apiVersion, ServiceReads reads, InstantSource clock) {
        this.pipeline = pipeline;
        this.apiVersion = apiVersion;
        this.reads = reads;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "pipeline " + pipeline.service() + "/" + pipeline.name();
    }

    @Override
    public Finding look() {
        try {
            List<Run> runs =
                    runs(reads.post("/queryPipelineRuns?api-version=" + apiVersion, query()));
            return judge(runs);
        } catch (NoReadingException failure) {
            return Finding.unknown(failure.why());
        }
    }

    private Finding judge(List<Run> runs) {
        Optional<Run> newest = runs.stream().findFirst();
        if (newest.filter(run -> RUNNING.contains(run.status())).isPresent()
                && !pipeline.passesWhileRunning()) {
            return Finding.unwell(newest.get().seen());
        }
        return runs.stream()
                .filter(run -> !RUNNING.contains(run.status()))
                .findFirst()
                .map(this::judge)
                .orElseGet(() -> Finding.unwell("no run has ended within " + pipeline.maxAge()));
    }

    private Finding judge(Run run) {
        if (!run.status().equals(SUCCEEDED)) {
            return Finding.unwell(run.seen());
        }
        if (run.ended().isEmpty()) {
            return Finding.unknown(run.seen() + ", and it is not said when");
        }
        Instant oldest = clock.instant().minus(pipeline.maxAge());
        return run.ended().get().isBefore(oldest)
                ? Finding.unwell(run.seen() + ", longer ago than " + pipeline.maxAge())
                : Finding.well(run.seen());
    }

    private String query() {
        Instant now = clock.instant();
        ObjectNode query = JsonNodeFactory.instance.objectNode();
        query.put("lastUpdatedAfter", now.minus(pipeline.maxAge()).minus(MARGIN).toString());
        query.put("lastUpdatedBefore", now.plus(MARGIN).toString());
        query.putArray("filters")
                .addObject()
                .put("operand", "PipelineName")
                .put("operator", "Equals")
                .putArray("values")
                .add(pipeline.name());
        query.putArray("orderBy").addObject().put("orderBy", "RunStart").put("order", "DESC");
        return query.toString();
    }

    private List<Run> runs(JsonNode answer) throws NoReadingException {
        JsonNode listed = answer.path("value");
        if (!listed.isArray()) {
            throw new NoReadingException("the service does not list runs");
        }
        List<Run> runs = new ArrayList<>();
        for (JsonNode run : listed) {
            if (run.path("pipelineName").asText(pipeline.name()).equals(pipeline.name())) {
                runs.add(run(run));
            }
        }
        return runs;
    }

    private static Run run(JsonNode run) throws NoReadingException {
        JsonNode status = run.path("status");
        JsonNode id = run.path("runId");
        if (!status.isTextual() || !id.isTextual()) {
            throw new NoReadingException("the service lists a run without id or status");
        }
        return new Run(id.textValue(), status.textValue(), time(run.path("runEnd")));
    }

    private static Optional<Instant> time(JsonNode text) throws NoReadingException {
        if (!text.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(text.textValue()).toInstant());
        } catch (DateTimeException _) {
            throw new NoReadingException("the service gives a time that cannot be read");
        }
    }
}

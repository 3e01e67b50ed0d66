package io.stagedoor.proxy.directory.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.directory.remote.StrictJson;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The calls that tell how a pipeline run goes on and what its activities started.
 *
 * <p>Calls block and may be made from any virtual thread.
 */
public final class RunApi {

    /** The most pages of activity runs that are read of one run at a time. */
    static final int MOST_PAGES = 50;

    private static final JsonMapper JSON = new JsonMapper();
    private static final Duration MARGIN = Duration.ofDays(1);

    private final WorkspaceReader reader;
    private final String base;
    private final String query;
    private final boolean namesPipeline;

    /**
     * How a run stands.
     *
     * @param pipeline the pipeline it is of
     * @param status the service's word for it, such as {@code InProgress}
     */
    public record Run(String pipeline, String status) {

        /** Returns whether nothing of it changes any more. */
        public boolean hasEnded() {
            return switch (status) {
                case "Succeeded", "Failed", "Cancelled" -> true;
                default -> false;
            };
        }
    }

    private RunApi(WorkspaceReader reader, String base, String query, boolean namesPipeline) {
        this.reader = reader;
        this.base = base;
        this.query = query;
        this.namesPipeline = namesPipeline;
    }

    /** Makes the calls of a workspace's data plane, version {@code 2020-12-01}. */
    public static RunApi ofWorkspace(WorkspaceReader reader) {
        return new RunApi(reader, "/", "?api-version=2020-12-01", true);
    }

    /**
     * Makes the calls of a factory, version {@code 2018-06-01}.
     *
     * @param resourceId its Azure resource id, which begins the path
     */
    public static RunApi ofFactory(WorkspaceReader reader, String resourceId) {
        return new RunApi(reader, resourceId + "/", "?api-version=2018-06-01", false);
    }

    /**
     * Reads how a run stands; empty if there is no such run.
     *
     * @throws WorkspaceReadException if the service does not say
     */
    public Optional<Run> run(String runId) throws WorkspaceReadException {
        String target = base + "pipelineruns/" + PathSegment.encode(runId) + query;
        WorkspaceAnswer answer = reader.get(target, Map.of(), reader.limits().answer());
        if (!answer.isFound()) {
            return Optional.empty();
        }
        JsonNode run = tree(answer.body());
        return Optional.of(new Run(run.path("pipelineName").asText(), run.path("status").asText()));
    }

    /**
     * Reads the activity runs of a run, page by page.
     *
     * @param since when the run was started, about
     * @param now when this is asked
     * @param page takes each page as the service sent it
     * @throws WorkspaceReadException if a page cannot be read
     */
    public void activities(
            String runId, String pipeline, Instant since, Instant now, Consumer<byte[]> page)
            throws WorkspaceReadException {
        String path =
                (namesPipeline ? "pipelines/" + PathSegment.encode(pipeline) + "/" : "")
                        + "pipelineruns/"
                        + PathSegment.encode(runId)
                        + "/queryActivityruns";
        ObjectNode question =
                JSON.createObjectNode()
                        .put("lastUpdatedAfter", since.minus(MARGIN).toString())
                        .put("lastUpdatedBefore", now.plus(MARGIN).toString());
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            WorkspaceAnswer answer =
                    reader.query(
                            base + path + query, question.toString(), reader.limits().answer());
            if (!answer.isFound()) {
                return;
            }
            page.accept(answer.body());
            JsonNode next = tree(answer.body()).path("continuationToken");
            if (!next.isTextual() || next.asText().isEmpty()) {
                return;
            }
            question.put("continuationToken", next.asText());
        }
    }

    private static JsonNode tree(byte[] body) throws WorkspaceReadException {
        try {
            return StrictJson.tree(body);
        } catch (IOException malformed) {
            throw new WorkspaceReadException(
                    "the answer is not readable: " + ReadFault.of(malformed));
        }
    }
}

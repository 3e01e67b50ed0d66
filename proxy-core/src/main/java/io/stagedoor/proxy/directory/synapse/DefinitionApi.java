package io.stagedoor.proxy.directory.synapse;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.directory.remote.StrictJson;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The calls that read the definition of one artefact of a workspace or factory: the same JSON stands
 * below {@code /pipelines} of a workspace and below the factory's path of Azure Resource Manager.
 *
 * <p>Calls block and may be made from any virtual thread.
 */
public final class DefinitionApi {

    private final WorkspaceReader reader;
    private final String base;
    private final String query;

    /** What the service said. */
    public sealed interface Answer {

        /**
         * It holds this.
         *
         * @param body the definition, JSON
         * @param etag its entity tag (RFC 9110, section 8.8.3), if it has one
         */
        @SuppressWarnings("ArrayRecordComponent") // read once and never compared
        record Found(byte[] body, Optional<String> etag) implements Answer {}

        /** It holds what it held when the entity tag was given. */
        record Unchanged() implements Answer {}

        /** It holds nothing of that name. */
        record Missing() implements Answer {}
    }

    private DefinitionApi(WorkspaceReader reader, String base, String query) {
        this.reader = reader;
        this.base = base;
        this.query = query;
    }

    /** Makes the calls of a workspace's data plane, version {@code 2020-12-01}. */
    public static DefinitionApi ofWorkspace(WorkspaceReader reader) {
        return new DefinitionApi(reader, "/", "?api-version=2020-12-01");
    }

    /**
     * Makes the calls of a factory, version {@code 2018-06-01}.
     *
     * @param resourceId its Azure resource id, which begins the path
     */
    public static DefinitionApi ofFactory(WorkspaceReader reader, String resourceId) {
        return new DefinitionApi(reader, resourceId + "/", "?api-version=2018-06-01");
    }

    /**
     * Reads which pipeline a run is of.
     *
     * @return the pipeline's name; absent if there is no such run
     * @throws WorkspaceReadException if the service does not say
     */
    public ScopeValue pipelineOf(String runId) throws WorkspaceReadException {
        return switch (read("pipelineruns", runId, Optional.empty())) {
            case Answer.Found found -> pipelineName(found.body());
            case Answer.Missing _, Answer.Unchanged _ -> ScopeValue.absent();
        };
    }

    private static ScopeValue pipelineName(byte[] run) throws WorkspaceReadException {
        try {
            JsonNode name = StrictJson.tree(run).path("pipelineName");
            return name.isTextual() ? ScopeValue.text(name.asText()) : ScopeValue.absent();
        } catch (IOException malformed) {
            throw new WorkspaceReadException("the run is not readable: " + ReadFault.of(malformed));
        }
    }

    /**
     * Reads one definition.
     *
     * @param collection the path segment of its kind, such as {@code pipelines}
     * @param name its name
     * @param etag the entity tag of what is known of it
     * @throws WorkspaceReadException if the service does not say
     */
    public Answer read(String collection, String name, Optional<String> etag)
            throws WorkspaceReadException {
        String target = base + collection + "/" + PathSegment.encode(name) + query;
        Map<String, String> condition =
                etag.map(tag -> Map.of("If-None-Match", tag)).orElse(Map.of());
        WorkspaceAnswer answer = reader.get(target, condition, reader.limits().answer());
        if (answer.isUnchanged() && etag.isPresent()) {
            return new Answer.Unchanged();
        }
        if (answer.status() == WorkspaceReader.NOT_FOUND) {
            return new Answer.Missing();
        }
        if (!answer.isFound()) {
            throw new WorkspaceReadException("the workspace answered status " + answer.status());
        }
        return new Answer.Found(answer.body(), answer.fields().firstValue("etag"));
    }
}

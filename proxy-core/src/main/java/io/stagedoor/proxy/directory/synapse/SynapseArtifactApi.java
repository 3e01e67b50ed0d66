package io.stagedoor.proxy.directory.synapse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.directory.remote.StrictJson;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The calls that tell which Spark pool a notebook, job definition or notebook run is for.
 *
 * <p>Calls block and may be made from any virtual thread. Bodies are read in passing, since
 * notebooks with their outputs can be large.
 */
public final class SynapseArtifactApi {

    private final WorkspaceReader reader;

    /** Makes the calls go through a reader. */
    public SynapseArtifactApi(WorkspaceReader reader) {
        this.reader = reader;
    }

    /**
     * Reads the pool of an artefact.
     *
     * @param kind what it is
     * @param name its name, or the id of the run
     * @param known what was read before, if anything: the artefact is then only asked whether it
     *     changed
     * @return what it names now; absent if the workspace holds no such artefact
     * @throws WorkspaceReadException if the workspace does not say
     */
    public ArtifactPool poolOf(ArtifactKind kind, String name, Optional<ArtifactPool> known)
            throws WorkspaceReadException {
        Optional<String> etag = known.flatMap(ArtifactPool::etag);
        Map<String, String> condition =
                etag.map(tag -> Map.of("If-None-Match", tag)).orElse(Map.of());
        WorkspaceAnswer answer = reader.get(kind.target(name), condition, reader.limits().answer());
        if (answer.isUnchanged() && etag.isPresent()) {
            return known.orElseThrow();
        }
        if (answer.status() == WorkspaceReader.NOT_FOUND) {
            return new ArtifactPool(ScopeValue.absent(), Optional.empty());
        }
        if (!answer.isFound()) {
            throw new WorkspaceReadException("the workspace answered status " + answer.status());
        }
        return new ArtifactPool(pool(answer.body(), kind), answer.fields().firstValue("etag"));
    }

    private static ScopeValue pool(byte[] body, ArtifactKind kind) throws WorkspaceReadException {
        try {
            return valueAt(body, kind.poolPath());
        } catch (IOException malformed) {
            throw new WorkspaceReadException(
                    "the artefact is not readable: " + ReadFault.of(malformed));
        }
    }

    /** Reads the whole body, so that a name that comes twice is found wherever it stands. */
    private static ScopeValue valueAt(byte[] body, List<String> path) throws IOException {
        try (JsonParser json = StrictJson.parser(body)) {
            StrictJson.expect(json, JsonToken.START_OBJECT, "an object");
            ScopeValue value = valueAt(json, path);
            StrictJson.expectEnd(json);
            return value;
        }
    }

    /** Reads the current value to its end; returns what stands at the path below it. */
    private static ScopeValue valueAt(JsonParser json, List<String> path) throws IOException {
        if (path.isEmpty()) {
            return text(json);
        }
        ScopeValue found = ScopeValue.absent();
        if (json.currentToken() != JsonToken.START_OBJECT) {
            json.skipChildren();
            return found;
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            boolean isOnPath = json.currentName().equals(path.getFirst());
            json.nextToken();
            if (isOnPath) {
                found = valueAt(json, path.subList(1, path.size()));
            } else {
                json.skipChildren();
            }
        }
        return found;
    }

    private static ScopeValue text(JsonParser json) throws IOException {
        ScopeValue value =
                switch (json.currentToken()) {
                    case VALUE_STRING -> ScopeValue.text(json.getText());
                    case VALUE_NULL -> ScopeValue.absent();
                    default -> ScopeValue.notText();
                };
        json.skipChildren();
        return value;
    }
}

package io.stagedoor.proxy.directory.synapse;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.filter.FilteringParserDelegate;
import com.fasterxml.jackson.core.filter.JsonPointerBasedFilter;
import com.fasterxml.jackson.core.filter.TokenFilter.Inclusion;
import io.stagedoor.policy.operation.ScopeValue;
import java.io.IOException;
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
            return valueAt(body, kind.poolPointer());
        } catch (IOException malformed) {
            throw new WorkspaceReadException(
                    "the artefact is not readable: " + ReadFault.of(malformed));
        }
    }

    /** Reads the whole body, so that a duplicate name after the value is found too. */
    private static ScopeValue valueAt(byte[] body, String pointer) throws IOException {
        JsonPointerBasedFilter filter = new JsonPointerBasedFilter(pointer);
        try (JsonParser whole = StrictJson.parser(body);
                JsonParser json =
                        new FilteringParserDelegate(
                                whole, filter, Inclusion.ONLY_INCLUDE_ALL, false)) {
            ScopeValue value = ScopeValue.absent();
            JsonToken token = json.nextToken();
            if (token == JsonToken.VALUE_STRING) {
                value = ScopeValue.text(json.getText());
            } else if (token != null && token != JsonToken.VALUE_NULL) {
                value = ScopeValue.notText();
            }
            readRest(json);
            StrictJson.expectEnd(whole);
            return value;
        }
    }

    private static void readRest(JsonParser json) throws IOException {
        while (json.nextToken() != null) {
            // the filter gives no more than what stands at the pointer
        }
    }
}

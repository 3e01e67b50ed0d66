package io.stagedoor.proxy.directory.remote;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * JSON (RFC 8259) read without tolerance: no duplicate names, no second value, bounded depth and
 * text length.
 */
public final class StrictJson {

    private static final JsonFactory FACTORY =
            JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(64)
                                    .maxStringLength(16 << 20)
                                    .maxNumberLength(64)
                                    .maxNameLength(1024)
                                    .build())
                    .build();

    private static final ObjectMapper MAPPER =
            new ObjectMapper(FACTORY)
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private StrictJson() {}

    /** Returns the whole document as a tree; for bodies known to be small. */
    public static JsonNode tree(byte[] body) throws IOException {
        JsonNode tree = MAPPER.readTree(body);
        if (tree == null || tree.isMissingNode()) {
            throw new IOException("the body is empty");
        }
        return tree;
    }

    /** Opens the document for reading piece by piece. */
    public static JsonParser parser(byte[] body) throws IOException {
        return FACTORY.createParser(body);
    }

    /**
     * Requires that the next token is of a kind.
     *
     * @throws IOException naming what was expected
     */
    public static void expect(JsonParser json, JsonToken kind, String what) throws IOException {
        if (json.nextToken() != kind) {
            throw new IOException("expected " + what);
        }
    }

    /** Requires that nothing follows the value just read. */
    public static void expectEnd(JsonParser json) throws IOException {
        if (json.nextToken() != null) {
            throw new IOException("something follows the end of the document");
        }
    }
}

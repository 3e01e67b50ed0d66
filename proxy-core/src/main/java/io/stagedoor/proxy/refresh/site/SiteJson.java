package io.stagedoor.proxy.refresh.site;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;

/**
 * JSON (RFC 8259) read without tolerance: no duplicate names, no second value, bounded depth and
 * lengths.
 */
public final class SiteJson {

    private static final ObjectMapper MAPPER =
            new ObjectMapper(
                            JsonFactory.builder()
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(32)
                                                    .maxStringLength(1 << 20)
                                                    .maxNumberLength(64)
                                                    .maxNameLength(256)
                                                    .build())
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private SiteJson() {}

    /**
     * Reads a whole document.
     *
     * @throws IOException if it is anything but one well-formed object
     */
    public static JsonNode object(byte[] octets) throws IOException {
        JsonNode tree = MAPPER.readTree(octets);
        if (tree == null || !tree.isObject()) {
            throw new IOException("not an object");
        }
        return tree;
    }
}

package io.stagedoor.proxy.authn.jose;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The strict reader for JSON that strangers sent: RFC 8259 objects in UTF-8, each name once.
 *
 * <p>Two readers of one token must never disagree about it, so names that occur twice are refused
 * (also when one of them is written with escapes), as are broken UTF-8, a byte order mark, text behind
 * the object, {@code NaN}, and anything deeper than {@value #MAX_DEPTH} levels. Safe for use by many
 * threads.
 */
public final class StrictJson {

    private static final int MAX_DEPTH = 16;
    private static final int MAX_NAME = 256;
    private static final int MAX_STRING = 256 * 1024;
    private static final int MAX_NUMBER = 64;
    private static final int MAX_TOKENS = 20_000;

    private static final ObjectMapper MAPPER = mapper();

    private StrictJson() {}

    /** Returns the object, or nothing if the octets are not exactly one strictly formed object. */
    public static Optional<ObjectNode> readObject(byte[] utf8) {
        try {
            JsonNode node = MAPPER.readTree(decode(utf8));
            return node instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (CharacterCodingException | JsonProcessingException malformed) {
            return Optional.empty();
        }
    }

    private static String decode(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }

    private static ObjectMapper mapper() {
        StreamReadConstraints constraints =
                StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxNameLength(MAX_NAME)
                        .maxStringLength(MAX_STRING)
                        .maxNumberLength(MAX_NUMBER)
                        .maxTokenCount(MAX_TOKENS)
                        .build();
        JsonFactory factory =
                JsonFactory.builder()
                        .streamReadConstraints(constraints)
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                        .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                        .build();
        return new ObjectMapper(factory).enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    }
}

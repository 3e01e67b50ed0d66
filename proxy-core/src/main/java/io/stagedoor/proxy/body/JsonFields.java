package io.stagedoor.proxy.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Reads fields of a JSON document strictly: what another reader could see otherwise is refused.
 * Immutable and safe for any thread.
 */
final class JsonFields {

    private final JsonFactory json;

    /**
     * Makes a reader.
     *
     * @param longest the most characters a string or a name may have
     */
    JsonFields(int longest) {
        this.json =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(StrictText.DEEPEST)
                                        .maxStringLength(longest)
                                        .maxNameLength(longest)
                                        .build())
                        .build();
    }

    /**
     * Reads the values at some pointers (RFC 6901; object members only).
     *
     * @return a value for each pointer
     * @throws RefusedException {@code bad_request}
     */
    Map<String, ScopeValue> read(byte[] body, Set<String> pointers) throws RefusedException {
        Walk walk = new Walk();
        pointers.forEach(pointer -> walk.values.put(pointer, ScopeValue.absent()));
        try (JsonParser parser = json.createParser(StrictText.utf8(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw StrictText.bad("the body is not a JSON object");
            }
            walk.object(parser, PointerTree.of(pointers));
            if (parser.nextToken() != null) {
                throw StrictText.bad("the body has text after its JSON object");
            }
        } catch (StreamConstraintsException _) {
            throw StrictText.bad("the body is nested too deeply");
        } catch (JsonParseException _) {
            throw StrictText.bad("the body is not JSON, or gives a name twice");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Map.copyOf(walk.values);
    }

    /** One pass over one document; recursion is bounded by the parser's nesting limit. */
    private static final class Walk {

        private final Map<String, ScopeValue> values = new HashMap<>();

        private void object(JsonParser parser, PointerTree wanted)
                throws IOException, RefusedException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                StrictText.refuseOtherCase(name, wanted);
                parser.nextToken();
                value(parser, wanted.below(name));
            }
        }

        private void value(JsonParser parser, PointerTree wanted)
                throws IOException, RefusedException {
            if (wanted.pointer().isPresent()) {
                values.put(wanted.pointer().get(), scopeValue(parser));
                parser.skipChildren();
            } else if (parser.currentToken() == JsonToken.START_OBJECT) {
                object(parser, wanted);
            } else {
                parser.skipChildren();
            }
        }

        private static ScopeValue scopeValue(JsonParser parser) throws IOException {
            return switch (parser.currentToken()) {
                case VALUE_STRING -> ScopeValue.text(parser.getText());
                case VALUE_NULL -> ScopeValue.absent();
                case null, default -> ScopeValue.notText();
            };
        }
    }
}

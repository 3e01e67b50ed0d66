package io.stagedoor.proxy.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.http.Framing;
import io.stagedoor.proxy.http.MediaTypes;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the parts of a request body on which a decision depends, from exactly the octets that are
 * forwarded (S63).
 *
 * <p>A body is refused, never guessed at, when another reader could see another value in it: no
 * JSON media type, a content coding, more octets than the bound, invalid UTF-8, a byte order mark,
 * text after the document, duplicate names anywhere, a wanted name in another case (the upstreams
 * fold case), a value that is no string. A wanted field that is absent or null is simply not there.
 *
 * <p>Immutable and safe for any thread.
 */
public final class ScopeInputReader {

    /** The bound unless another is given: 1 MiB. */
    public static final int DEFAULT_LIMIT = 1 << 20;

    private static final int DEEPEST = 64;

    private final int limit;
    private final JsonFactory json;

    /**
     * Makes a reader.
     *
     * @param limit the most octets a body may have
     */
    public ScopeInputReader(int limit) {
        this.limit = limit;
        this.json =
                JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .streamReadConstraints(
                                StreamReadConstraints.builder()
                                        .maxNestingDepth(DEEPEST)
                                        .maxStringLength(limit)
                                        .maxNameLength(limit)
                                        .build())
                        .build();
    }

    /** Returns the most octets a body may have. */
    public int limit() {
        return limit;
    }

    /** Returns the body pointers that these inputs need, of the kinds that read the body. */
    public static Set<String> pointersOf(Collection<ScopeInput> inputs) {
        return inputs.stream()
                .flatMap(input -> input.readsBodyAt().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    /**
     * Refuses a body that cannot be read, before an octet of it is taken.
     *
     * @throws RefusedException {@code bad_request}
     */
    public void checkHead(RequestHead head) throws RefusedException {
        if (!head.framing().hasBody()) {
            throw bad("this operation needs a JSON body");
        }
        if (!head.field("content-type").map(MediaTypes::isJson).orElse(false)
                || head.fields().all("content-type").size() > 1) {
            throw bad("this operation needs a body of the media type `application/json` in UTF-8");
        }
        if (head.fields().all("content-encoding").stream()
                .anyMatch(coding -> !coding.strip().equalsIgnoreCase("identity"))) {
            throw bad("the body of this operation may not have a content coding");
        }
        if (head.framing() instanceof Framing.Length(long octets)) {
            checkSize(octets);
        }
    }

    /**
     * Refuses a body that has grown beyond the bound.
     *
     * @throws RefusedException {@code bad_request}
     */
    public void checkSize(long octets) throws RefusedException {
        if (octets > limit) {
            throw bad("the body of this operation may have at most `" + limit + "` octets");
        }
    }

    /**
     * Reads the strings at some JSON pointers (RFC 6901; object members only).
     *
     * @param body the whole body, the very octets that are forwarded
     * @return the string by pointer; fields that are absent or null are left out
     * @throws RefusedException {@code bad_request}; also for a value that is no string
     */
    public Map<String, String> read(byte[] body, Set<String> pointers) throws RefusedException {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, ScopeValue> value : walk(body, pointers).entrySet()) {
            switch (value.getValue()) {
                case ScopeValue.Text(String text) -> texts.put(value.getKey(), text);
                case ScopeValue.Absent() -> {
                    // left out
                }
                case ScopeValue.NotText() ->
                        throw bad("the field `" + value.getKey() + "` of the body is not a string");
            }
        }
        return Map.copyOf(texts);
    }

    /**
     * Reads one field of a stored definition, as the upstream returned it (S64). A definition that
     * cannot be read says {@link ScopeValue.NotText}, for which policy requires the whole root.
     */
    public ScopeValue readDefinition(byte[] definition, String pointer) {
        try {
            return walk(definition, Set.of(pointer)).getOrDefault(pointer, ScopeValue.absent());
        } catch (RefusedException _) {
            return ScopeValue.notText();
        }
    }

    private Map<String, ScopeValue> walk(byte[] body, Set<String> pointers)
            throws RefusedException {
        checkSize(body.length);
        Walk walk = new Walk();
        pointers.forEach(pointer -> walk.values.put(pointer, ScopeValue.absent()));
        try (JsonParser parser = json.createParser(strictUtf8(body))) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw bad("the body is not a JSON object");
            }
            walk.object(parser, PointerTree.of(pointers));
            if (parser.nextToken() != null) {
                throw bad("the body has text after its JSON object");
            }
        } catch (StreamConstraintsException _) {
            throw bad("the body is nested too deeply");
        } catch (JsonParseException _) {
            throw bad("the body is not JSON, or gives a name twice");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return Map.copyOf(walk.values);
    }

    private static String strictUtf8(byte[] body) throws RefusedException {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            if (text.startsWith("\ufeff")) {
                throw bad("the body begins with a byte order mark");
            }
            return text;
        } catch (CharacterCodingException _) {
            throw bad("the body is not UTF-8");
        }
    }

    private static RefusedException bad(String sentence) {
        return RefusedException.of(Code.BAD_REQUEST, sentence);
    }

    /** One pass over one document; recursion is bounded by the parser's nesting limit. */
    private static final class Walk {

        private final Map<String, ScopeValue> values = new HashMap<>();

        private void object(JsonParser parser, PointerTree wanted)
                throws IOException, RefusedException {
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                refuseOtherCase(name, wanted);
                parser.nextToken();
                value(parser, wanted.below(name));
            }
        }

        private void value(JsonParser parser, PointerTree wanted)
                throws IOException, RefusedException {
            if (wanted.pointer().isPresent()) {
                values.put(wanted.pointer().get(), scopeValue(parser, wanted.pointer().get()));
                parser.skipChildren();
            } else if (parser.currentToken() == JsonToken.START_OBJECT) {
                object(parser, wanted);
            } else {
                parser.skipChildren();
            }
        }

        private static ScopeValue scopeValue(JsonParser parser, String pointer)
                throws IOException, RefusedException {
            return switch (parser.currentToken()) {
                case VALUE_STRING -> ScopeValue.text(name(parser.getText(), pointer));
                case VALUE_NULL -> ScopeValue.absent();
                case null, default -> ScopeValue.notText();
            };
        }

        private static String name(String text, String pointer) throws RefusedException {
            if (text.chars().anyMatch(c -> Character.isISOControl(c) || isSurrogate(c))) {
                throw bad("the field `" + pointer + "` of the body has a character no name has");
            }
            return text;
        }

        private static boolean isSurrogate(int c) {
            return c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        }

        private static void refuseOtherCase(String name, PointerTree wanted)
                throws RefusedException {
            for (String token : wanted.tokens()) {
                if (token.equalsIgnoreCase(name) && !token.equals(name)) {
                    throw bad("the body spells the field `" + token + "` in another case");
                }
            }
        }
    }
}

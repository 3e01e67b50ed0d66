package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.http.Framing;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Reads the parts of a request body on which a decision depends, from exactly the octets that are
 * forwarded (S63).
 *
 * <p>A body is refused, never guessed at, when another reader could see another value in it: a media
 * type that the platform does not take, a content coding, more octets than the bound, invalid UTF-8,
 * a byte order mark, text after the document, duplicate names anywhere, a wanted name in another case
 * (the upstreams fold case), a value that is no string. A wanted field that is absent or null is
 * simply not there. Tableau's bodies are JSON, XML or a publish of several parts; one form of pointer
 * is read from all of them (decision 150).
 *
 * <p>Immutable and safe for any thread.
 */
public final class ScopeInputReader {

    /** The bound unless another is given: 1 MiB. */
    public static final int DEFAULT_LIMIT = 1 << 20;

    private final int limit;
    private final JsonFields json;

    /**
     * Makes a reader.
     *
     * @param limit the most octets a body may have
     */
    public ScopeInputReader(int limit) {
        this.limit = limit;
        this.json = new JsonFields(limit);
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
     * @return whether the body is to be read; not the publish of a file that is longer than the bound
     *     or of no known length, which is decided as if it named nothing
     * @throws RefusedException {@code bad_request}
     */
    public boolean checkHead(RequestHead head, Platform platform) throws RefusedException {
        if (!head.framing().hasBody()) {
            throw StrictText.bad("this operation needs a body");
        }
        BodyFormat format = formatOf(head, platform);
        if (head.fields().all("content-encoding").stream()
                .anyMatch(coding -> !coding.strip().equalsIgnoreCase("identity"))) {
            throw StrictText.bad("the body of this operation may not have a content coding");
        }
        if (format == BodyFormat.MULTIPART) {
            return head.framing() instanceof Framing.Length(long octets) && octets <= limit;
        }
        if (head.framing() instanceof Framing.Length(long octets)) {
            checkSize(octets);
        }
        return true;
    }

    private static BodyFormat formatOf(RequestHead head, Platform platform)
            throws RefusedException {
        Optional<BodyFormat> format =
                head.field("content-type").flatMap(type -> BodyFormat.of(type, platform));
        if (format.isEmpty() || head.fields().all("content-type").size() > 1) {
            throw StrictText.bad(
                    platform == Platform.TABLEAU
                            ? "this operation needs a body of JSON or XML in UTF-8"
                            : "this operation needs a body of the media type `application/json` in"
                                    + " UTF-8");
        }
        return format.get();
    }

    /**
     * Refuses a body that has grown beyond the bound.
     *
     * @throws RefusedException {@code bad_request}
     */
    public void checkSize(long octets) throws RefusedException {
        if (octets > limit) {
            throw StrictText.bad(
                    "the body of this operation may have at most `" + limit + "` octets");
        }
    }

    /**
     * Reads the strings that some inputs stand for or begin with.
     *
     * @param head the head that {@link #checkHead} let pass
     * @param body the whole body, the very octets that are forwarded
     * @param inputs of which those are read that read the body
     * @return the string by pointer; fields that are absent or null are left out
     * @throws RefusedException {@code bad_request}; also for a value that is no string
     */
    public Map<String, String> read(
            RequestHead head, Platform platform, byte[] body, Collection<ScopeInput> inputs)
            throws RefusedException {
        checkSize(body.length);
        Set<String> pointers = pointersOf(inputs);
        Map<String, ScopeValue> values =
                switch (formatOf(head, platform)) {
                    case JSON -> json.read(body, pointers);
                    case XML -> XmlFields.read(body, pointers);
                    case MULTIPART ->
                            published(
                                    PublishRequest.of(head.field("content-type").orElse(""), body),
                                    pointers);
                };
        Map<String, String> texts = texts(values);
        for (ScopeInput input : inputs) {
            checkName(input, texts);
        }
        return texts;
    }

    private Map<String, ScopeValue> published(PublishRequest publish, Set<String> pointers)
            throws RefusedException {
        BodyFormat format =
                BodyFormat.of(publish.contentType(), Platform.TABLEAU)
                        .filter(one -> one != BodyFormat.MULTIPART)
                        .orElseThrow(
                                () ->
                                        StrictText.bad(
                                                "the payload of the body is neither JSON nor XML"
                                                        + " in UTF-8"));
        return format == BodyFormat.XML
                ? XmlFields.read(publish.payload(), pointers)
                : json.read(publish.payload(), pointers);
    }

    private static Map<String, String> texts(Map<String, ScopeValue> values)
            throws RefusedException {
        Map<String, String> texts = new HashMap<>();
        for (Map.Entry<String, ScopeValue> value : values.entrySet()) {
            switch (value.getValue()) {
                case ScopeValue.Text(String text) -> texts.put(value.getKey(), text);
                case ScopeValue.Absent() -> {
                    // left out
                }
                case ScopeValue.NotText() ->
                        throw StrictText.bad(
                                "the field `" + value.getKey() + "` of the body is not a string");
            }
        }
        return Map.copyOf(texts);
    }

    /** All but a GraphQL document is the name or the id of something. */
    private static void checkName(ScopeInput input, Map<String, String> texts)
            throws RefusedException {
        String pointer = input.readsBodyAt().orElse("");
        String text = texts.get(pointer);
        if (text != null && !(input instanceof ScopeInput.GraphQlQuery)) {
            StrictText.name(text, pointer);
        }
    }

    /**
     * Reads one field of a stored definition, as the upstream returned it (S64). A definition that
     * cannot be read says {@link ScopeValue.NotText}, for which policy requires the whole root.
     */
    public ScopeValue readDefinition(byte[] definition, String pointer) {
        try {
            checkSize(definition.length);
            ScopeValue value =
                    json.read(definition, Set.of(pointer))
                            .getOrDefault(pointer, ScopeValue.absent());
            return value instanceof ScopeValue.Text(String text)
                    ? ScopeValue.text(StrictText.name(text, pointer))
                    : value;
        } catch (RefusedException _) {
            return ScopeValue.notText();
        }
    }
}

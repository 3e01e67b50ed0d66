package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.ListFilter;
import io.stagedoor.proxy.http.MediaTypes;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.function.Predicate;
import javax.xml.stream.XMLStreamException;

/**
 * Takes the items that a caller may not see out of the answer of a list, in JSON (RFC 8259) or XML, and
 * leaves every other octet as it came, totals of pages among them.
 *
 * <p>Fails closed: an item whose scope is not plainly named is taken out, and an answer that cannot be
 * read, or has no such list, is withheld. Immutable and safe for any thread that the predicate is.
 */
public final class ListNarrowing {

    /**
     * An answer of which some items may be gone.
     *
     * @param body what is left: the same array if that is all of it
     * @param removed how many items are gone
     */
    @SuppressWarnings("ArrayRecordComponent") // passed on once, never compared
    public record Narrowed(byte[] body, int removed) {}

    private static final String MARK = "\ufeff";

    private final ListFilter filter;
    private final Predicate<String> visible;

    /**
     * Makes what narrows the answers to one request.
     *
     * @param filter where the items stand, and where the name of an item's scope
     * @param visible whether the item with the scope of a name may be seen
     */
    public ListNarrowing(ListFilter filter, Predicate<String> visible) {
        this.filter = filter;
        this.visible = visible;
    }

    /** Returns the refusal of an answer of which it cannot be told what may be shown. */
    public static RefusedException unreadable() {
        return RefusedException.of(
                Code.NOT_PERMITTED,
                "only a part of the list may be shown, and it cannot be told which",
                "ask the owners of the service for a role at the whole of it");
    }

    /**
     * Narrows a whole body; one without octets has no items.
     *
     * @throws RefusedException {@code not_permitted}
     */
    public Narrowed narrow(ResponseHead head, byte[] body) throws RefusedException {
        if (body.length == 0) {
            return new Narrowed(body, 0);
        }
        String text = textOf(head, body);
        ListCuts hidden = hidden(head, text);
        return hidden.removed() == 0
                ? new Narrowed(body, 0)
                : new Narrowed(
                        hidden.applyTo(text).getBytes(StandardCharsets.UTF_8), hidden.removed());
    }

    private ListCuts hidden(ResponseHead head, String text) throws RefusedException {
        String type = head.fields().first("content-type").orElse("");
        try {
            if (MediaTypes.isJson(type)) {
                return new JsonItems(text, filter, visible).hidden();
            }
            if (MediaTypes.isXml(type)) {
                return new XmlItems(text, filter, visible).hidden();
            }
        } catch (IOException | XMLStreamException _) {
            throw unreadable();
        }
        throw unreadable();
    }

    /** What is not UTF-8 could be read in more ways than one. */
    private static String textOf(ResponseHead head, byte[] body) throws RefusedException {
        if (!head.isIdentityCoded()) {
            throw unreadable();
        }
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith(MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw unreadable();
        }
    }
}

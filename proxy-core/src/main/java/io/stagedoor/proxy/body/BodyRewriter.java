package io.stagedoor.proxy.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationFlag;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Rewrites the links in the JSON answers of catalogued operations and leaves every other octet as it
 * came: {@code nextLink} at the top of list answers, the {@code dev} address of a workspace.
 *
 * <p>Fails closed: an answer in which a link may hide unread (more octets than the bound, a content
 * coding, no JSON in spite of its media type) is {@code foreign_location}. Immutable and safe for any
 * thread.
 */
public final class BodyRewriter {

    /** The most octets of an answer that is held for rewriting, unless told otherwise: 16 MiB. */
    public static final int DEFAULT_LIMIT = 16 << 20;

    private static final JsonFactory JSON =
            JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build();
    private static final Set<String> DEV_ADDRESSES =
            Set.of("/connectivityEndpoints/dev", "/properties/connectivityEndpoints/dev");
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** The octets of a string's content to be replaced, and what by. */
    private record Edit(int start, int end, String replacement) {}

    private final LinkRewriter links;
    private final Operation operation;

    /** Makes a rewriter for the answer to one operation. */
    public BodyRewriter(LinkRewriter links, Operation operation) {
        this.links = links;
        this.operation = operation;
    }

    /**
     * Returns whether the body behind this head has to be held and rewritten; an error's body
     * streams past, since no client follows a link in it.
     */
    public boolean appliesTo(ResponseHead head) {
        return BodyUse.ofResponse(operation) == BodyUse.REWRITE && head.isSuccess();
    }

    /** Returns the refusal of an answer that has grown beyond the bound. */
    public static RefusedException tooLong() {
        return LinkRewriter.foreign();
    }

    /**
     * Rewrites a whole body.
     *
     * @return the same array if nothing had to change
     * @throws RefusedException {@code foreign_location}
     */
    public byte[] rewrite(ResponseHead head, byte[] body) throws RefusedException {
        if (!head.isIdentityCoded() && body.length > 0) {
            throw LinkRewriter.foreign();
        }
        int start = startOfText(body);
        if (start == body.length) {
            return body;
        }
        if (body[start] != '{' && body[start] != '[') {
            refuseIf(head.isJson());
            return body;
        }
        return splice(body, edits(body, start));
    }

    private List<Edit> edits(byte[] body, int start) throws RefusedException {
        boolean nextLinks = operation.traits().has(OperationFlag.NEXT_LINK);
        List<Edit> edits = new ArrayList<>(1);
        byte[] text = start == 0 ? body : Arrays.copyOfRange(body, start, body.length);
        try (JsonParser parser = JSON.createParser(text)) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (object && nextLinks) {
                collectNextLinks(parser, text, start, edits);
            } else if (object) {
                collectDevAddresses(parser, text, start, edits);
            }
        } catch (IOException _) {
            throw LinkRewriter.foreign();
        }
        return edits;
    }

    private void collectNextLinks(JsonParser parser, byte[] text, int shift, List<Edit> edits)
            throws IOException, RefusedException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            boolean link = isNextLink(parser.currentName());
            JsonToken value = parser.nextToken();
            if (link && value != JsonToken.VALUE_NULL) {
                refuseIf(value != JsonToken.VALUE_STRING);
                String rewritten = links.rewrite(parser.getText());
                if (!rewritten.equals(parser.getText())) {
                    edits.add(edit(parser, text, shift, rewritten));
                }
            } else {
                parser.skipChildren();
            }
        }
        refuseIf(parser.nextToken() != null);
    }

    private void collectDevAddresses(JsonParser parser, byte[] text, int shift, List<Edit> edits)
            throws IOException {
        for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
            if (token == JsonToken.VALUE_STRING
                    && "dev".equals(parser.currentName())
                    && DEV_ADDRESSES.contains(
                            parser.getParsingContext().pathAsPointer().toString())) {
                edits.add(edit(parser, text, shift, links.base()));
            }
        }
    }

    /** Clients of every dialect of paging are covered: {@code nextLink}, {@code @odata.nextLink}. */
    private static boolean isNextLink(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("nextlink") || lower.endsWith(".nextlink");
    }

    private static Edit edit(JsonParser parser, byte[] text, int shift, String replacement) {
        int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        int end = start + 1;
        while (text[end] != '"') {
            end += text[end] == '\\' ? 2 : 1;
        }
        return new Edit(shift + start + 1, shift + end, replacement);
    }

    private static byte[] splice(byte[] body, List<Edit> edits) {
        if (edits.isEmpty()) {
            return body;
        }
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(body.length + 256);
        int copied = 0;
        for (Edit edit : edits) {
            spliced.write(body, copied, edit.start() - copied);
            spliced.writeBytes(JsonStringEncoder.getInstance().quoteAsUTF8(edit.replacement()));
            copied = edit.end();
        }
        spliced.write(body, copied, body.length - copied);
        return spliced.toByteArray();
    }

    private static int startOfText(byte[] body) {
        int start = Arrays.mismatch(body, MARK) == MARK.length ? MARK.length : 0;
        while (start < body.length && " \t\r\n".indexOf(body[start]) >= 0) {
            start++;
        }
        return start;
    }

    private static void refuseIf(boolean hidden) throws RefusedException {
        if (hidden) {
            throw LinkRewriter.foreign();
        }
    }
}

package io.stagedoor.proxy.body;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
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
import java.util.Optional;
import java.util.Set;

/**
 * Rewrites the links in the JSON answers of catalogued operations and leaves every other octet as it
 * came: {@code nextLink} at the top of list answers, the addresses in {@code connectivityEndpoints} of
 * a workspace, and, where that is wanted, the links to Spark's own pages in {@code appInfo}.
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
    private static final String ENDPOINTS = "connectivityEndpoints";
    private static final String PROPERTIES = "properties";
    private static final String APP_INFO = "appInfo";
    private static final Set<String> LOGS = Set.of("sparkUiUrl", "driverLogUrl");
    private static final byte[] NULL = {'n', 'u', 'l', 'l'};
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** The octets to be replaced, and what by. */
    @SuppressWarnings("ArrayRecordComponent") // spliced in once, never compared
    private record Edit(int start, int end, byte[] octets) {}

    private final LinkRewriter links;
    private final LinkRules rules;
    private final BodyUse use;
    private final boolean nextLinks;
    private final boolean endpoints;
    private final boolean stripsLogs;

    /** Makes a rewriter for the answer to one operation of a service with these rules. */
    public BodyRewriter(LinkRewriter links, LinkRules rules, Operation operation) {
        this.links = links;
        this.rules = rules;
        this.use = BodyUse.ofResponse(operation, rules);
        this.nextLinks = operation.traits().has(OperationFlag.NEXT_LINK);
        this.endpoints = operation.traits().has(OperationFlag.ENDPOINTS);
        this.stripsLogs = rules.stripsLogsOf(operation);
    }

    /**
     * Returns whether the body behind this head has to be held and rewritten; an error's body
     * streams past, since no client follows a link in it.
     */
    public boolean appliesTo(ResponseHead head) {
        return use == BodyUse.REWRITE && head.isSuccess();
    }

    /** Returns the refusal of an answer that has grown beyond the bound. */
    public RefusedException tooLong() {
        return links.unreadable();
    }

    /**
     * Rewrites a whole body.
     *
     * @return the same array if nothing had to change
     * @throws RefusedException {@code foreign_location}
     */
    public byte[] rewrite(ResponseHead head, byte[] body) throws RefusedException {
        if (!head.isIdentityCoded() && body.length > 0) {
            throw ContentDecoder.unknown(head);
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
        List<Edit> edits = new ArrayList<>(2);
        byte[] text = start == 0 ? body : Arrays.copyOfRange(body, start, body.length);
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                collect(parser, new Found(text, start, edits));
            }
        } catch (IOException _) {
            throw links.unreadable();
        }
        return edits;
    }

    /** Where edits are found, and what they are added to. */
    @SuppressWarnings("ArrayRecordComponent") // lives for one pass, never compared
    private record Found(byte[] text, int shift, List<Edit> edits) {

        private void replaceText(JsonParser parser, String replacement) {
            int start = startOf(parser);
            edits.add(
                    new Edit(
                            shift + start + 1,
                            shift + endOf(start),
                            JsonStringEncoder.getInstance().quoteAsUTF8(replacement)));
        }

        private void replaceByNull(JsonParser parser) {
            int start = startOf(parser);
            edits.add(new Edit(shift + start, shift + endOf(start) + 1, NULL));
        }

        private static int startOf(JsonParser parser) {
            return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
        }

        private int endOf(int start) {
            int end = start + 1;
            while (text[end] != '"') {
                end += text[end] == '\\' ? 2 : 1;
            }
            return end;
        }
    }

    private void collect(JsonParser parser, Found found) throws IOException, RefusedException {
        JsonToken token = parser.nextToken();
        while (!(token == JsonToken.END_OBJECT && parser.getParsingContext().inRoot())) {
            if (token == null) {
                throw links.unreadable();
            }
            if (token == JsonToken.FIELD_NAME) {
                member(parser, found);
            }
            token = parser.nextToken();
        }
        refuseIf(parser.nextToken() != null);
    }

    private void member(JsonParser parser, Found found) throws IOException, RefusedException {
        String name = parser.currentName();
        JsonStreamContext parent = parser.getParsingContext().getParent();
        if (parent.inRoot() && nextLinks && isNextLink(name)) {
            nextLink(parser, found);
        } else if (endpoints && areEndpoints(parent)) {
            endpoint(name, parser, found);
        } else if (stripsLogs && APP_INFO.equals(parent.getCurrentName()) && LOGS.contains(name)) {
            log(parser, found);
        }
    }

    /** The context of the object that holds the endpoints stands at their name. */
    private static boolean areEndpoints(JsonStreamContext holder) {
        return ENDPOINTS.equals(holder.getCurrentName())
                && (holder.getParent().inRoot()
                        || PROPERTIES.equals(holder.getParent().getCurrentName()));
    }

    private void nextLink(JsonParser parser, Found found) throws IOException, RefusedException {
        JsonToken value = parser.nextToken();
        if (value == JsonToken.VALUE_NULL) {
            return;
        }
        refuseIf(value != JsonToken.VALUE_STRING);
        String rewritten = links.rewrite("nextLink", parser.getText());
        if (!rewritten.equals(parser.getText())) {
            found.replaceText(parser, rewritten);
        }
    }

    private void endpoint(String name, JsonParser parser, Found found) throws IOException {
        Optional<String> own = rules.endpoint(name, links.base());
        if (parser.nextToken() == JsonToken.VALUE_STRING && own.isPresent()) {
            found.replaceText(parser, own.get());
        }
    }

    private static void log(JsonParser parser, Found found) throws IOException {
        if (parser.nextToken() == JsonToken.VALUE_STRING) {
            found.replaceByNull(parser);
        }
    }

    /** Clients of every dialect of paging are covered: {@code nextLink}, {@code @odata.nextLink}. */
    private static boolean isNextLink(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.equals("nextlink") || lower.endsWith(".nextlink");
    }

    private static byte[] splice(byte[] body, List<Edit> edits) {
        if (edits.isEmpty()) {
            return body;
        }
        ByteArrayOutputStream spliced = new ByteArrayOutputStream(body.length + 256);
        int copied = 0;
        for (Edit edit : edits) {
            spliced.write(body, copied, edit.start() - copied);
            spliced.writeBytes(edit.octets());
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

    private void refuseIf(boolean hidden) throws RefusedException {
        if (hidden) {
            throw links.unreadable();
        }
    }
}

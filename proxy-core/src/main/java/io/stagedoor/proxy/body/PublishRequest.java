package io.stagedoor.proxy.body;

import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes the words out of a publish of Tableau: the part {@code request_payload} of a {@code
 * multipart/mixed} body (RFC 2046 section 5.1), which stands first.
 *
 * <p>Every part's head is read, so that no second payload hides behind the first. Refused are text
 * before the first delimiter and after the last, folded lines, codings of a part, and whatever else
 * two readers may read differently.
 *
 * @param contentType the media type of the payload
 * @param payload its octets
 */
@SuppressWarnings("ArrayRecordComponent") // a slice of the body, read once and never compared
record PublishRequest(String contentType, byte[] payload) {

    private static final String PAYLOAD = "request_payload";
    private static final int MOST_PARTS = 8;
    private static final byte[] HEAD_END = ascii("\r\n\r\n");
    private static final Pattern TYPE =
            Pattern.compile(
                    "multipart/mixed\\s*;\\s*boundary=(?:\"([\\w'()+,./:=? -]{0,69}[\\w'()+,./:=?-])\""
                            + "|([\\w'+.-]{1,70}))\\s*",
                    Pattern.CASE_INSENSITIVE);
    private static final Pattern FIELD = Pattern.compile("([A-Za-z-]+):[ \\t]*([^\\r\\n]*)");
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*;\\s*([A-Za-z]+)=(?:\"([^\"\\\\]*)\"|([\\w.%-]+))\\s*");
    private static final Pattern DISPOSITION = Pattern.compile("\\s*[A-Za-z-]+\\s*");

    /** What is left of a body after a delimiter, and how far it has been read. */
    private static final class Cursor {
        private final byte[] body;
        private final byte[] delimiter;
        private int at;

        private Cursor(byte[] body, String boundary) throws RefusedException {
            this.body = body;
            this.delimiter = ascii("\r\n--" + boundary);
            byte[] first = Arrays.copyOfRange(delimiter, 2, delimiter.length);
            if (!startsWith(body, 0, first)) {
                throw bad("does not begin with its delimiter");
            }
            this.at = first.length;
        }

        /** Returns whether another part follows; after the last nothing may. */
        private boolean next() throws RefusedException {
            if (startsWith(body, at, ascii("\r\n"))) {
                at += 2;
                return true;
            }
            if (!startsWith(body, at, ascii("--")) || !isEnd(at + 2)) {
                throw bad("has a bad delimiter");
            }
            return false;
        }

        private boolean isEnd(int from) {
            return from == body.length
                    || (from + 2 == body.length && startsWith(body, from, ascii("\r\n")));
        }

        private String head() throws RefusedException {
            int end = indexOf(body, HEAD_END, at);
            if (end < 0) {
                throw bad("has a part without a head");
            }
            String head = new String(body, at, end - at, StandardCharsets.UTF_8);
            at = end + HEAD_END.length;
            return head;
        }

        private byte[] content() throws RefusedException {
            int end = indexOf(body, delimiter, at);
            if (end < 0) {
                throw bad("has a part without an end");
            }
            byte[] content = Arrays.copyOfRange(body, at, end);
            at = end + delimiter.length;
            return content;
        }
    }

    /**
     * Finds the payload.
     *
     * @param contentType the media type of the whole body
     * @throws RefusedException {@code bad_request}
     */
    static PublishRequest of(String contentType, byte[] body) throws RefusedException {
        Cursor cursor = new Cursor(body, boundary(contentType));
        Optional<PublishRequest> found = Optional.empty();
        for (int part = 0; cursor.next(); part++) {
            Map<String, String> head = fields(cursor.head());
            String name = nameOf(head.getOrDefault("content-disposition", ""));
            byte[] content = cursor.content();
            if (part >= MOST_PARTS || (part == 0) != name.equalsIgnoreCase(PAYLOAD)) {
                throw bad("does not have the part `" + PAYLOAD + "` first and once");
            }
            if (part == 0) {
                found = Optional.of(payload(name, head, content));
            }
        }
        return found.orElseThrow(() -> bad("has no part"));
    }

    private static PublishRequest payload(String name, Map<String, String> head, byte[] content)
            throws RefusedException {
        if (!name.equals(PAYLOAD) || head.containsKey("content-transfer-encoding")) {
            throw bad("has a part `" + PAYLOAD + "` in another case or in a coding");
        }
        return new PublishRequest(head.getOrDefault("content-type", ""), content);
    }

    private static String boundary(String contentType) throws RefusedException {
        Matcher type = TYPE.matcher(contentType);
        if (!type.matches()) {
            throw bad("does not name its boundary, and it alone");
        }
        return type.group(1) == null ? type.group(2) : type.group(1);
    }

    private static Map<String, String> fields(String head) throws RefusedException {
        Map<String, String> fields = new HashMap<>();
        for (String line : head.split("\r\n", -1)) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()
                    || fields.put(field.group(1).toLowerCase(Locale.ROOT), field.group(2))
                            != null) {
                throw bad("has a part with a bad head");
            }
        }
        return fields;
    }

    /** Returns the name in a Content-Disposition field, whatever its type, or an empty text. */
    private static String nameOf(String disposition) throws RefusedException {
        // Tableau's own examples leave the type out: `name="request_payload"`
        Matcher type = DISPOSITION.matcher(disposition);
        String rest =
                disposition.contains("=") && disposition.indexOf('=') < semicolon(disposition)
                        ? ";" + disposition
                        : disposition.substring(type.lookingAt() ? type.end() : 0);
        Map<String, String> parameters = new HashMap<>();
        Matcher parameter = PARAMETER.matcher(rest);
        int at = 0;
        while (at < rest.length()) {
            if (!parameter.find(at) || parameter.start() != at) {
                throw bad("has a part with a bad disposition");
            }
            String value = parameter.group(2) == null ? parameter.group(3) : parameter.group(2);
            if (parameters.put(parameter.group(1).toLowerCase(Locale.ROOT), value) != null) {
                throw bad("has a part with a bad disposition");
            }
            at = parameter.end();
        }
        return parameters.getOrDefault("name", "");
    }

    private static int semicolon(String text) {
        int at = text.indexOf(';');
        return at < 0 ? text.length() : at;
    }

    private static boolean startsWith(byte[] body, int from, byte[] wanted) {
        return from + wanted.length <= body.length
                && Arrays.equals(body, from, from + wanted.length, wanted, 0, wanted.length);
    }

    private static int indexOf(byte[] body, byte[] wanted, int from) {
        for (int i = from; i + wanted.length <= body.length; i++) {
            if (body[i] == wanted[0] && startsWith(body, i, wanted)) {
                return i;
            }
        }
        return -1;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static RefusedException bad(String what) {
        return StrictText.bad("the multipart body " + what);
    }
}

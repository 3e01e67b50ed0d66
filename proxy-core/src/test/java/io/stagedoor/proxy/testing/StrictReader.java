package io.stagedoor.proxy.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Reads HTTP/1.1 requests octet by octet from the grammar of RFC 9112 and RFC 9110, and from nothing
 * else: what the grammar does not derive, or lets two readers frame differently, is {@link
 * Malformed}. Shares no code with the proxy or with Netty.
 *
 * <p>Not safe for threads.
 */
public final class StrictReader {

    /** Says that the stream is not a sequence of unambiguous requests. */
    public static final class Malformed extends Exception {

        private static final long serialVersionUID = 1L;

        Malformed(String why) {
            super(why);
        }
    }

    private static final String TCHAR = "[!#$%&'*+.^_`|~0-9A-Za-z-]";
    private static final Pattern REQUEST_LINE =
            Pattern.compile("(" + TCHAR + "+) ([!-~\u0080-\u00ff]+) HTTP/1\\.1");
    private static final Pattern FIELD =
            Pattern.compile("(" + TCHAR + "+):[ \t]*([\t -~\u0080-\u00ff]*?)[ \t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final String QUOTED =
            "\"([\t !#-\\[\\]-~\u0080-\u00ff]|\\\\[\t -~\u0080-\u00ff])*\"";
    private static final Pattern CHUNK =
            Pattern.compile(
                    "([0-9A-Fa-f]{1,15})([ \t]*;[ \t]*"
                            + TCHAR
                            + "+([ \t]*=[ \t]*("
                            + TCHAR
                            + "+|"
                            + QUOTED
                            + "))?)*");
    private static final int LONGEST_LINE = 1 << 20;

    private static final Pattern AUTHORIZATION = Pattern.compile("(?i)(authorization):(.*)");

    private final InputStream in;
    private final boolean lenient;

    private StrictReader(InputStream in, boolean lenient) {
        this.in = in;
        this.lenient = lenient;
    }

    /** Makes a reader of what a proxy sends, which has no excuse. */
    public static StrictReader ofProxy(InputStream in) {
        return new StrictReader(in, false);
    }

    /**
     * Makes a reader of what a client sends. Empty lines before a request line are skipped (RFC 9112
     * section 2.2), and any octet may stand in a credential, which is refused as a credential then.
     */
    public static StrictReader ofClient(InputStream in) {
        return new StrictReader(in, true);
    }

    /**
     * Reads the next request.
     *
     * @return nothing at the end of the stream, if it ends between two requests or within a head
     * @throws Malformed if the octets are no request
     */
    public Optional<WireRequest> next() throws IOException, Malformed {
        Optional<String> start = line();
        while (lenient && start.isPresent() && start.get().isEmpty()) {
            start = line();
        }
        if (start.isEmpty()) {
            return Optional.empty();
        }
        var line = REQUEST_LINE.matcher(start.get());
        if (!line.matches()) {
            throw new Malformed("no request line: " + start.get());
        }
        Optional<List<WireRequest.Field>> fields = fields();
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean whole = readBody(fields.get(), body);
        return Optional.of(
                new WireRequest(
                        line.group(1), line.group(2), fields.get(), body.toByteArray(), whole));
    }

    private Optional<List<WireRequest.Field>> fields() throws IOException, Malformed {
        List<WireRequest.Field> fields = new ArrayList<>();
        while (true) {
            Optional<String> line = line();
            if (line.isEmpty()) {
                return Optional.empty();
            }
            if (line.get().isEmpty()) {
                return Optional.of(fields);
            }
            boolean credential = lenient && AUTHORIZATION.matcher(line.get()).matches();
            var field = (credential ? AUTHORIZATION : FIELD).matcher(line.get());
            if (!field.matches()) {
                throw new Malformed("no field: " + line.get());
            }
            fields.add(new WireRequest.Field(field.group(1), field.group(2)));
        }
    }

    private boolean readBody(List<WireRequest.Field> fields, ByteArrayOutputStream body)
            throws IOException, Malformed {
        List<String> lengths = values(fields, "content-length");
        List<String> codings = values(fields, "transfer-encoding");
        if (!codings.isEmpty()) {
            if (codings.size() > 1
                    || !lengths.isEmpty()
                    || !codings.getFirst().equalsIgnoreCase("chunked")) {
                throw new Malformed("framing: " + codings + lengths);
            }
            return readChunks(body);
        }
        if (lengths.isEmpty()) {
            return true;
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.getFirst()).matches()) {
            throw new Malformed("length: " + lengths);
        }
        return copy(Long.parseLong(lengths.getFirst()), body);
    }

    private boolean readChunks(ByteArrayOutputStream body) throws IOException, Malformed {
        while (true) {
            Optional<String> line = line();
            if (line.isEmpty()) {
                return false;
            }
            var chunk = CHUNK.matcher(line.get());
            if (!chunk.matches()) {
                throw new Malformed("no chunk size: " + line.get());
            }
            long size = Long.parseLong(chunk.group(1), 16);
            if (size == 0) {
                return fields().isPresent();
            }
            if (!copy(size, body)) {
                return false;
            }
            Optional<String> end = line();
            if (end.isEmpty()) {
                return false;
            }
            if (!end.get().isEmpty()) {
                throw new Malformed("octets behind a chunk: " + end.get());
            }
        }
    }

    private static List<String> values(List<WireRequest.Field> fields, String name) {
        return fields.stream()
                .filter(field -> field.name().equalsIgnoreCase(name))
                .map(WireRequest.Field::value)
                .toList();
    }

    private boolean copy(long octets, ByteArrayOutputStream to) throws IOException {
        for (long left = octets; left > 0; left--) {
            int octet = in.read();
            if (octet < 0) {
                return false;
            }
            to.write(octet);
        }
        return true;
    }

    /** Reads up to CRLF; a CR or LF of its own is no end of a line and no part of one. */
    private Optional<String> line() throws IOException, Malformed {
        StringBuilder line = new StringBuilder();
        for (int octet = in.read(); octet >= 0; octet = in.read()) {
            if (octet == '\r') {
                int next = in.read();
                if (next >= 0 && next != '\n') {
                    throw new Malformed("a bare CR");
                }
                return next < 0 ? Optional.empty() : Optional.of(line.toString());
            }
            if (octet == '\n' || line.length() == LONGEST_LINE) {
                throw new Malformed("a bare LF, or an endless line");
            }
            line.append((char) octet);
        }
        return Optional.empty();
    }
}

package io.stagedoor.proxy;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/**
 * Makes byte streams of one to three requests, good ones first, and then spoils some of them: framing,
 * line ends, names, targets, sizes, forms. The same seed makes the same stream.
 *
 * <p>Every request carries its own {@code t=<try>.<place>} in its query, so that it can be told from
 * all others wherever it ends up.
 */
final class HostileBytes {

    /** A request to whoever loses count of octets. */
    private static final String INNER =
            "GET /pipelines/payroll?t=inner HTTP/1.1\r\nHost: ws1.dev.azuresynapse.test\r\n\r\n";

    private static final List<String> LENGTHS =
            List.of("%d", "+%d", "-%d", "0x%x", " %d", "%d,%d", "%d ", "00%d", "%d\u000b", "1%d");
    private static final List<String> CODINGS =
            List.of(
                    "chunked",
                    "Chunked",
                    " chunked",
                    "chunked\t",
                    "identity",
                    "gzip, chunked",
                    "chunked, identity",
                    "chunked, chunked",
                    "\u000bchunked",
                    "x",
                    "\"chunked\"",
                    "chunked\u0000");
    private static final List<String> SIZES =
            List.of(
                    "%x",
                    "%X", "0x%x", "+%x", "%x ", " %x", "0000000000000000%x", "-%x", "%x\u0000");
    private static final List<String> EXTENSIONS =
            List.of(
                    "",
                    ";a",
                    ";a=b",
                    ";a=\"b;c\"",
                    " ; a = b",
                    ";a=\"",
                    ";\u0000",
                    ";a\nb",
                    ";a\rb");
    private static final List<String> ENDS =
            List.of("\r\n", "\r\n", "\r\n", "\n", "\r", "\r\r\n", "\r\n ", "\n\r\n", "\u000b\r\n");
    private static final List<String> ODD_FIELDS =
            List.of(
                    "X-A: b\r\n folded: c",
                    "X-A : b",
                    " X-A: b",
                    "X-A: b\u0000c",
                    "X A: b",
                    "X_Stagedoor_Principal: root",
                    "X-Stagedoor-Principal: root",
                    "Content_Length: 3",
                    "Content-Length: 0",
                    "Transfer_Encoding: chunked",
                    "Transfer-Encoding : chunked",
                    "Transfer-Encoding\u0000: chunked",
                    "X-A: b\rContent-Length: 5",
                    "X-A: b\nContent-Length: 5",
                    "X-A: b\nTransfer-Encoding: chunked",
                    "Host: ws2.dev.azuresynapse.test",
                    "Connection: content-length",
                    "Connection: keep-alive, transfer-encoding",
                    "Upgrade: h2c",
                    "Expect: 100-continue",
                    "Expect: 100-continue, x",
                    "X-HTTP-Method-Override: DELETE",
                    "Trailer: X-Stagedoor-Principal",
                    "TE: trailers, chunked",
                    ": empty",
                    "X-A",
                    "X-\u00c4: b",
                    "X-A: \u00e4\u00ff",
                    "Authorization: Bearer x");
    private static final List<String> PATHS =
            List.of(
                    "/pipelines/daily/../payroll",
                    "/pipelines/%2e%2e/payroll",
                    "/pipelines/daily%2fpayroll",
                    "/pipelines/daily%00",
                    "/pipelines//daily",
                    "/pipelines/daily/",
                    "/pipelines/d%61ily",
                    "/PIPELINES/Daily",
                    "/pipelines/daily;x=1",
                    "/pipelines/daily%",
                    "/pipelines/daily%ff",
                    "/pipelines/daily\\x",
                    "/pipelines/\u00e4",
                    "//ws2.dev.azuresynapse.test/pipelines/daily",
                    "http://ws2.dev.azuresynapse.test/pipelines/daily",
                    "https://ws1.dev.azuresynapse.test/pipelines/daily",
                    "*",
                    "pipelines/daily",
                    "/pipelines/daily HTTP/1.1\tx",
                    "/pipelines/daily\tx",
                    "/pipelines/daily#x");
    private static final List<String> STARTS =
            List.of(
                    "\r\n",
                    "\n",
                    " ",
                    "\r\n\r\n",
                    "\u0000",
                    "\t",
                    "\u0001\r\n",
                    "X\r\n",
                    "0\r\n\r\n",
                    "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    private static final List<String> METHODS =
            List.of("get", "GET ", "G\u0000ET", "DELETE", "PURGE", "TRACE", "GET\t", "(GET)");
    private static final List<String> VERSIONS =
            List.of(
                    "HTTP/1.0",
                    "HTTP/1.2",
                    "HTTP/2.0",
                    "http/1.1",
                    "HTTP/1.1 ",
                    "HTTP/01.1",
                    "",
                    "HTTP/1.1\t");

    private final Random random;
    private final String head;
    private final int number;

    /**
     * Prepares a try.
     *
     * @param head Host and Authorization, each with its line end
     */
    HostileBytes(long seed, int number, String head) {
        this.random = new Random(seed * 1_000_003L + number);
        this.number = number;
        this.head = head;
    }

    /** Makes the stream; its last request asks for the connection to be closed. */
    String stream() {
        StringBuilder stream = new StringBuilder();
        int count = 1 + random.nextInt(3);
        int spoiled = random.nextInt(count + 1);
        for (int place = 0; place < count; place++) {
            stream.append(request(place, place == spoiled));
        }
        stream.append(good(count, "Connection: close\r\n"));
        return random.nextInt(5) == 0 ? withSpoiledOctet(stream) : stream.toString();
    }

    /** Draws where the stream is cut into writes; empty for one write. */
    List<Integer> cuts(int length) {
        return random.nextInt(3) > 0
                ? List.of()
                : random.ints(1 + random.nextInt(6), 1, length).sorted().boxed().toList();
    }

    private String request(int place, boolean spoil) {
        if (!spoil) {
            return random.nextBoolean() ? good(place, "") : withBody(place, false);
        }
        return switch (random.nextInt(6)) {
            case 0 -> requestLine(place) + head + "\r\n";
            case 1 -> line("GET", target("/pipelines/daily", place)) + oddHead() + "\r\n";
            case 2 -> pick(STARTS) + good(place, "");
            default -> withBody(place, true);
        };
    }

    private String good(int place, String more) {
        return line("GET", target("/pipelines/daily", place)) + head + more + "\r\n";
    }

    private String target(String path, int place) {
        return path + "?api-version=2020-12-01&t=" + number + "." + place;
    }

    private static String line(String method, String target) {
        return method + " " + target + " HTTP/1.1\r\n";
    }

    private String requestLine(int place) {
        return switch (random.nextInt(4)) {
            case 0 -> line(pick(METHODS), target("/pipelines/daily", place));
            case 1 -> "GET " + target("/pipelines/daily", place) + " " + pick(VERSIONS) + "\r\n";
            case 2 -> "GET " + target("/pipelines/daily", place) + " HTTP/1.1" + pick(ENDS);
            default -> line("GET", target(pick(PATHS), place));
        };
    }

    private String oddHead() {
        StringBuilder odd = new StringBuilder(head);
        for (int i = random.nextInt(3); i >= 0; i--) {
            odd.append(pick(ODD_FIELDS)).append(pick(ENDS));
        }
        return odd.toString();
    }

    private String withBody(int place, boolean spoil) {
        String body = random.nextInt(3) == 0 ? INNER : "{\"a\":" + random.nextInt(1000) + "}";
        String start = line("GET", target("/pipelines/daily", place)) + head;
        if (spoil && random.nextInt(4) == 0) {
            start += pick(ODD_FIELDS) + pick(ENDS);
        }
        boolean chunked = random.nextBoolean();
        String framing = chunked ? coding(spoil) : length(body, spoil);
        if (spoil && random.nextInt(3) == 0) {
            framing += chunked ? length(body, random.nextBoolean()) : coding(random.nextBoolean());
        }
        return start + framing + "\r\n" + (chunked ? chunks(body, spoil) : body);
    }

    private String length(String body, boolean spoil) {
        String form = spoil && random.nextBoolean() ? pick(LENGTHS) : "%d";
        int length = body.length() + (spoil && random.nextInt(3) == 0 ? random.nextInt(9) - 4 : 0);
        return "Content-Length: " + String.format(Locale.ROOT, form, length, length) + "\r\n";
    }

    private String coding(boolean spoil) {
        String coding = spoil && random.nextBoolean() ? pick(CODINGS) : "chunked";
        return "Transfer-Encoding: " + coding + (spoil ? pick(ENDS) : "\r\n");
    }

    private String chunks(String body, boolean spoil) {
        int cut = random.nextInt(body.length());
        String trailer = random.nextInt(4) == 0 ? "X-Trailer: x\r\n" : "";
        if (spoil && random.nextInt(4) == 0) {
            trailer = pick(ODD_FIELDS) + "\r\n";
        }
        return chunk(body.substring(0, cut), spoil)
                + chunk(body.substring(cut), spoil)
                + (spoil && random.nextInt(4) == 0 ? pick(List.of("00", "", "0;a", "0 ")) : "0")
                + "\r\n"
                + trailer
                + "\r\n";
    }

    private String chunk(String octets, boolean spoil) {
        if (octets.isEmpty()) {
            return "";
        }
        boolean odd = spoil && random.nextInt(3) == 0;
        int size = octets.length() + (odd && random.nextBoolean() ? random.nextInt(5) - 2 : 0);
        return String.format(Locale.ROOT, odd ? pick(SIZES) : "%x", size)
                + (spoil ? pick(EXTENSIONS) : "")
                + (odd ? pick(ENDS) : "\r\n")
                + octets
                + (odd && random.nextBoolean() ? pick(ENDS) : "\r\n");
    }

    /** Changes, drops, doubles or inserts a few octets anywhere. */
    private String withSpoiledOctet(StringBuilder stream) {
        for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(stream.length());
            char octet = "\r\n\u0000 \t:;,0aZ%/.\u00ff".charAt(random.nextInt(15));
            switch (random.nextInt(3)) {
                case 0 -> stream.setCharAt(at, octet);
                case 1 -> stream.insert(at, octet);
                default -> stream.deleteCharAt(at);
            }
        }
        return stream.toString();
    }

    private <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }
}

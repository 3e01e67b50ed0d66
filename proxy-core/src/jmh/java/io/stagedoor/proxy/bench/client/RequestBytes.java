package io.stagedoor.proxy.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The bytes of a connection's requests, encoded once; each gets a client request id of its own, as
 * the SDKs send it. Confined to one thread.
 */
final class RequestBytes {

    /** The name under which clients know the proxy. */
    static final String HOST = "bench.proxy.example";

    private static final String ID_FIELD = "x-ms-client-request-id: ";
    private static final String ID_START = "5a9d1f60-0000-4000-";
    private static final int DIGITS = 12;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final int digitsAt;
    private long count;

    /**
     * Encodes the request.
     *
     * @param connection tells the ids of this connection from those of others; below 4,096
     */
    RequestBytes(Scenario scenario, String token, int connection) {
        String id = ID_START + String.format(Locale.ROOT, "8%03x-", connection);
        String head =
                String.format(
                        Locale.ROOT,
                        """
                %s %s HTTP/1.1
                Host: %s
                User-Agent: azsdk-python-synapse-artifacts/0.19.0 Python/3.12.3 (Linux)
                Accept: application/json
                %s%s000000000000
                """,
                        scenario.method(),
                        scenario.target(),
                        HOST,
                        ID_FIELD,
                        id);
        String text = head + bodyFields(scenario) + "Authorization: Bearer " + token + "\n\n";
        String wire = text.replace("\n", "\r\n") + scenario.body();
        bytes = wire.getBytes(StandardCharsets.US_ASCII);
        digitsAt = wire.indexOf(id) + id.length();
    }

    private static String bodyFields(Scenario scenario) {
        return scenario.body().isEmpty()
                ? ""
                : "Content-Type: application/json\nContent-Length: "
                        + scenario.body().length()
                        + "\n";
    }

    /** Returns the next request, to be written and thereby released. */
    ByteBuf next(ByteBufAllocator allocator) {
        long left = ++count;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            bytes[digitsAt + digit] = HEX[(int) (left & 15)];
            left >>>= 4;
        }
        return allocator.buffer(bytes.length).writeBytes(bytes);
    }
}

package io.stagedoor.proxy.bench.client;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The bytes of a connection's requests, encoded once but for the token; each gets a client request
 * id of its own, as the SDKs send it. Confined to one thread.
 */
final class RequestBytes {

    /** The name under which clients know the proxy. */
    static final String HOST = "bench.proxy.example";

    private static final String ID_FIELD = "x-ms-client-request-id: ";
    private static final String ID_START = "5a9d1f60-0000-4000-";
    private static final int DIGITS = 12;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final byte[] beforeToken;
    private final byte[] afterToken;
    private final int digitsAt;
    private final TokenSupply tokens;
    private final int connection;

    /** Begins with the time, so that no later run repeats an id: a run start is sent once for each. */
    private long count = System.nanoTime();

    /**
     * Encodes the request.
     *
     * @param connection tells the ids of this connection from those of others; below 4,096
     */
    RequestBytes(Call call, TokenSupply tokens, int connection) {
        this.tokens = tokens;
        this.connection = connection;
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
                        call.method(),
                        call.target(),
                        HOST,
                        ID_FIELD,
                        id);
        String text = (head + bodyFields(call) + "Authorization: Bearer ").replace("\n", "\r\n");
        beforeToken = text.getBytes(StandardCharsets.US_ASCII);
        afterToken = ("\r\n\r\n" + call.body()).getBytes(StandardCharsets.US_ASCII);
        digitsAt = text.indexOf(id) + id.length();
    }

    private static String bodyFields(Call call) {
        return call.body().isEmpty()
                ? ""
                : "Content-Type: application/json\nContent-Length: " + call.body().length() + "\n";
    }

    /** Returns the next request, to be written and thereby released. */
    ByteBuf next(ByteBufAllocator allocator) {
        long left = ++count;
        for (int digit = DIGITS - 1; digit >= 0; digit--) {
            beforeToken[digitsAt + digit] = HEX[(int) (left & 15)];
            left >>>= 4;
        }
        byte[] token = tokens.next(connection);
        return allocator
                .buffer(beforeToken.length + token.length + afterToken.length)
                .writeBytes(beforeToken)
                .writeBytes(token)
                .writeBytes(afterToken);
    }
}

package io.stagedoor.proxy.body;

import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes the content coding {@code gzip} (RFC 1952) or {@code deflate} (RFC 1950, and RFC 1951 bare,
 * as some servers send it) of a body that arrives in pieces.
 *
 * <p>Whatever expands like no honest text, is broken or ends too early is refused. The memory it
 * holds does not grow with the body. Confined to the thread of its exchange; to be closed.
 */
public final class ContentDecoder implements AutoCloseable {

    /** Text compresses ten times, lists of the like thirty; nothing honest as much as this. */
    static final int MOST_EXPANSION = 256;

    /** Up to this many octets the expansion does not matter. */
    static final int FREE_OCTETS = 1 << 20;

    private static final int LONGEST_HEADER = 4096;
    private static final int TRAILER = 8;

    private enum State {
        HEADER,
        DATA,
        TRAILER,
        END
    }

    private final boolean gzip;
    private final CRC32 checksum = new CRC32();
    private final ByteArrayOutputStream aside = new ByteArrayOutputStream(32);
    private Inflater inflater = new Inflater(true);
    private State state = State.HEADER;
    private long taken;
    private long given;
    private boolean begun;

    private ContentDecoder(boolean gzip) {
        this.gzip = gzip;
    }

    /** Returns a decoder for the body behind a head, if it comes in a coding that this knows. */
    public static Optional<ContentDecoder> of(ResponseHead head) {
        List<String> codings = codingsOf(head);
        if (codings.size() != 1) {
            return Optional.empty();
        }
        return switch (codings.getFirst()) {
            case "gzip", "x-gzip" -> Optional.of(new ContentDecoder(true));
            case "deflate" -> Optional.of(new ContentDecoder(false));
            default -> Optional.empty();
        };
    }

    private static List<String> codingsOf(ResponseHead head) {
        return head.fields().all("content-encoding").stream()
                .flatMap(value -> Stream.of(value.split(",", -1)))
                .map(coding -> coding.strip().toLowerCase(Locale.ROOT))
                .filter(coding -> !coding.isEmpty() && !coding.equals("identity"))
                .toList();
    }

    /** Returns the refusal of an answer that must be read and comes in a coding that this knows not. */
    public static RefusedException unknown(ResponseHead head) {
        return failed(
                "the service answered in the content coding `"
                        + String.join(", ", codingsOf(head)).replaceAll("[^a-z0-9, ._-]", "?")
                        + "`, which was not asked for and cannot be read");
    }

    /**
     * Decodes the next piece; the buffer's position is left alone.
     *
     * @throws RefusedException {@code upstream_failed} if it is broken, or expands beyond measure
     */
    public byte[] decode(ByteBuffer piece) throws RefusedException {
        ByteBuffer rest = piece.duplicate();
        taken += rest.remaining();
        ByteArrayOutputStream decoded = new ByteArrayOutputStream(4 * rest.remaining() + 64);
        try {
            while (rest.hasRemaining()) {
                switch (state) {
                    case HEADER -> header(rest);
                    case DATA -> inflate(rest, decoded);
                    case TRAILER -> trailer(rest);
                    case END -> throw broken();
                }
            }
        } catch (DataFormatException _) {
            throw broken();
        }
        return decoded.toByteArray();
    }

    /**
     * Says that there is no more; a body without a single octet is taken for empty.
     *
     * @throws RefusedException {@code upstream_failed} if something is missing
     */
    public void finish() throws RefusedException {
        boolean whole = state == State.END || !begun;
        boolean betweenMembers = gzip && state == State.HEADER && aside.size() == 0;
        if (!whole && !betweenMembers) {
            throw broken();
        }
    }

    /** Collects the header octet by octet, since only its own octets tell where it ends. */
    private void header(ByteBuffer rest) throws RefusedException {
        begun = true;
        int length = -1;
        while (rest.hasRemaining() && length < 0) {
            aside.write(rest.get());
            length = gzip ? gzipHeader(aside.toByteArray()) : zlibHeader(aside.toByteArray());
            if (aside.size() > LONGEST_HEADER) {
                throw broken();
            }
        }
        if (length < 0) {
            return;
        }
        inflater.end();
        inflater = new Inflater(gzip || length == 0);
        if (!gzip) {
            inflater.setInput(aside.toByteArray());
        }
        aside.reset();
        checksum.reset();
        state = State.DATA;
    }

    /** Returns 2 for a zlib header (RFC 1950, section 2.2), 0 for bare data, -1 if it is too short. */
    private static int zlibHeader(byte... octets) {
        if (octets.length < 2) {
            return -1;
        }
        int both = (octets[0] & 0xff) << 8 | (octets[1] & 0xff);
        return (octets[0] & 0x0f) == 8 && both % 31 == 0 ? 2 : 0;
    }

    /** Returns the length of a whole gzip header (RFC 1952, section 2.3), -1 if it is not whole. */
    private static int gzipHeader(byte... octets) throws RefusedException {
        if (octets.length < 10) {
            return -1;
        }
        int flags = octets[3] & 0xff;
        boolean known = octets[0] == 0x1f && octets[1] == (byte) 0x8b && octets[2] == 8;
        if (!known || (flags & 0xe0) != 0) {
            throw broken();
        }
        int at = 10;
        if ((flags & 4) != 0) {
            at = octets.length < 12 ? -1 : 12 + (octets[10] & 0xff) + ((octets[11] & 0xff) << 8);
        }
        at = (flags & 8) != 0 ? afterZero(octets, at) : at;
        at = (flags & 16) != 0 ? afterZero(octets, at) : at;
        at += at >= 0 && (flags & 2) != 0 ? 2 : 0;
        return at >= 0 && at <= octets.length ? at : -1;
    }

    private static int afterZero(byte[] octets, int from) {
        if (from < 0) {
            return -1;
        }
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == 0) {
                return i + 1;
            }
        }
        return -1;
    }

    private void inflate(ByteBuffer rest, ByteArrayOutputStream decoded)
            throws DataFormatException, RefusedException {
        byte[] buffer = new byte[16 << 10];
        if (inflater.needsInput()) {
            inflater.setInput(rest);
        }
        while (!inflater.finished()) {
            int length = inflater.inflate(buffer);
            if (length == 0 && !(inflater.needsInput() && rest.hasRemaining())) {
                break;
            }
            if (inflater.needsInput()) {
                inflater.setInput(rest);
            }
            checksum.update(buffer, 0, length);
            decoded.write(buffer, 0, length);
            given += length;
            refuseBomb();
        }
        if (inflater.finished()) {
            state = gzip ? State.TRAILER : State.END;
        } else if (inflater.needsDictionary()) {
            throw broken();
        }
    }

    private void refuseBomb() throws RefusedException {
        if (given > FREE_OCTETS && given / MOST_EXPANSION > taken) {
            throw failed("the answer of the service expands to far more than it should");
        }
    }

    /** RFC 1952, section 2.3.1: CRC-32 and length of what was decoded, lowest octet first. */
    private void trailer(ByteBuffer rest) throws RefusedException {
        while (rest.hasRemaining() && aside.size() < TRAILER) {
            aside.write(rest.get());
        }
        if (aside.size() == TRAILER) {
            ByteBuffer read = ByteBuffer.wrap(aside.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
            boolean right =
                    read.getInt() == (int) checksum.getValue()
                            && read.getInt() == (int) inflater.getBytesWritten();
            if (!right) {
                throw broken();
            }
            aside.reset();
            state = State.HEADER;
        }
    }

    @Override
    public void close() {
        inflater.end();
    }

    private static RefusedException broken() {
        return failed("the content coding of the service's answer is broken");
    }

    private static RefusedException failed(String sentence) {
        return RefusedException.of(Code.UPSTREAM_FAILED, sentence);
    }
}

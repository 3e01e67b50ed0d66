package io.stagedoor.proxy.cli.demo.loopback;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the names of a server in the DER of a certificate (RFC 5280, 4.2.1.6), since the
 * certificate builder takes no wildcards. Not safe for threads.
 */
final class AlternativeNames {
    /** The extension's object identifier. */
    static final String OID = "2.5.29.17";

    private static final int SEQUENCE = 0x30;
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int LONGEST_SHORT = 127;
    private static final int LONGEST_LONG = 255;

    private final ByteArrayOutputStream names = new ByteArrayOutputStream();

    AlternativeNames host(String name) {
        write(names, DNS_NAME, name.getBytes(StandardCharsets.US_ASCII));
        return this;
    }

    AlternativeNames address(byte... address) {
        write(names, IP_ADDRESS, address);
        return this;
    }

    byte[] encoded() {
        ByteArrayOutputStream sequence = new ByteArrayOutputStream();
        write(sequence, SEQUENCE, names.toByteArray());
        return sequence.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, int tag, byte[] content) {
        if (content.length > LONGEST_LONG) {
            throw new IllegalArgumentException("more names than a demo needs");
        }
        out.write(tag);
        if (content.length > LONGEST_SHORT) {
            out.write(0x81);
        }
        out.write(content.length);
        out.writeBytes(content);
    }
}

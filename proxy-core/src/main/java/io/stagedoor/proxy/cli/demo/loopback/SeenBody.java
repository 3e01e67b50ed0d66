package io.stagedoor.proxy.cli.demo.loopback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A request body that was read to its end: all of it counted and hashed, the first mebibyte kept.
 *
 * @param length in bytes, of the whole body
 * @param sha256 of the whole body, in lower-case hex digits
 * @param text the first mebibyte, read as UTF-8
 */
public record SeenBody(long length, String sha256, String text) {
    private static final int KEPT = 1 << 20;
    private static final int READ_AT_ONCE = 1 << 14;

    static SeenBody readFrom(InputStream stream) throws IOException {
        MessageDigest digest = sha256Digest();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        byte[] buffer = new byte[READ_AT_ONCE];
        long length = 0;
        int read = stream.read(buffer);
        while (read >= 0) {
            digest.update(buffer, 0, read);
            kept.write(buffer, 0, Math.min(read, KEPT - kept.size()));
            length += read;
            read = stream.read(buffer);
        }
        String hex = HexFormat.of().formatHex(digest.digest());
        return new SeenBody(length, hex, kept.toString(StandardCharsets.UTF_8));
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every java runtime has SHA-256", e);
        }
    }
}

package io.stagedoor.proxy.reload;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * What files hold at one moment, as a digest: equal digests mean equal content.
 *
 * <p>Times of files are not looked at. They say nothing about mounted secrets, which are replaced by
 * turning a symbolic link around.
 *
 * @param text the digest
 */
public record FileDigest(String text) {

    private static final int CHUNK = 16 * 1024;

    /** Reads the files; one that cannot be read has a content of its own. Blocks on the disk. */
    public static FileDigest of(Collection<Path> files) {
        MessageDigest digest = sha256();
        files.stream().distinct().sorted().forEach(file -> digest.update(digestOf(file)));
        return new FileDigest(HexFormat.of().formatHex(digest.digest()));
    }

    private static byte[] digestOf(Path file) {
        MessageDigest digest = sha256();
        byte[] chunk = new byte[CHUNK];
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            while (in.read(chunk) >= 0) {
                // the stream feeds the digest
            }
            return digest.digest();
        } catch (IOException _) {
            return new byte[0];
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every java runtime has SHA-256", e);
        }
    }
}

package io.stagedoor.proxy.audit.codec;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A running SHA-256 (FIPS 180-4) that answers in lower-case hexadecimal; for one thread. */
public final class Sha256 {
    private static final HexFormat HEX = HexFormat.of();

    private final MessageDigest digest;

    /** Makes one that has taken in nothing. */
    public Sha256() {
        this(sha256());
    }

    private Sha256(MessageDigest digest) {
        this.digest = digest;
    }

    /** Takes in more bytes. */
    public Sha256 update(byte[] bytes, int offset, int length) {
        digest.update(bytes, offset, length);
        return this;
    }

    /** Gives the digest of everything taken in, and starts afresh. */
    public String finish() {
        return HEX.formatHex(digest.digest());
    }

    /** Gives a second digest that has taken in the same bytes. */
    public Sha256 copy() {
        try {
            return new Sha256((MessageDigest) digest.clone());
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("this platform's sha-256 cannot be copied", e);
        }
    }

    /** Gives the digest of an array. */
    public static String of(byte[] bytes) {
        return HEX.formatHex(sha256().digest(bytes));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every java platform has sha-256", e);
        }
    }
}

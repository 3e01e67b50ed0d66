package io.stagedoor.proxy.authn;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.interfaces.RSAPrivateKey;
import java.util.Arrays;
import java.util.HexFormat;

/** Signs whatever octets a test takes for a padded digest (RFC 8017, section 5.2.1). */
final class RawRsa {

    /** What stands before a SHA-256 digest: the DER of its algorithm, with NULL parameters. */
    static final String SHA256 = "3031300d060960864801650304020105000420";

    private RawRsa() {}

    /** Returns the token with the signature that the private key makes of the padded octets. */
    static String sign(String input, KeyPair pair, byte[] padded) {
        RSAPrivateKey key = (RSAPrivateKey) pair.getPrivate();
        BigInteger signature =
                new BigInteger(1, padded).modPow(key.getPrivateExponent(), key.getModulus());
        return input + "." + TestKeys.base64url(TestKeys.unsigned(signature, 256));
    }

    /** Pads as PKCS #1 v1.5 does: 00 01 FF ... FF 00, and then the tail. */
    static byte[] padded(byte[] tail) {
        byte[] padded = new byte[256];
        Arrays.fill(padded, (byte) 0xff);
        padded[0] = 0;
        padded[1] = 1;
        padded[255 - tail.length] = 0;
        System.arraycopy(tail, 0, padded, 256 - tail.length, tail.length);
        return padded;
    }

    static byte[] join(byte[]... parts) {
        byte[] all = new byte[Arrays.stream(parts).mapToInt(part -> part.length).sum()];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }

    static byte[] digest(String algorithm, String input) {
        try {
            return MessageDigest.getInstance(algorithm)
                    .digest(input.getBytes(StandardCharsets.US_ASCII));
        } catch (NoSuchAlgorithmException absent) {
            throw new IllegalStateException(absent);
        }
    }
}

package io.stagedoor.proxy.rotation;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What was set last on each connection: a digest of user and password under a key that only this
 * process has, so that it tells nothing to whoever reads it elsewhere. Forgotten with the process:
 * after a start everything is set once. Safe for any thread.
 */
final class LastApplied {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final Map<String, Applied> applied = new ConcurrentHashMap<>();

    private record Applied(String digest, Instant at) {}

    LastApplied() {
        byte[] octets = new byte[32];
        new SecureRandom().nextBytes(octets);
        this.key = new SecretKeySpec(octets, ALGORITHM);
    }

    /** Returns when this user and password were set on a connection, if they were the last. */
    Optional<Instant> setAt(String connection, String user, String password) {
        return Optional.ofNullable(applied.get(connection))
                .filter(last -> last.digest().equals(digest(user, password)))
                .map(Applied::at);
    }

    /** Returns whether anything was set on a connection. */
    boolean isKnown(String connection) {
        return applied.containsKey(connection);
    }

    void remember(String connection, String user, String password, Instant at) {
        applied.put(connection, new Applied(digest(user, password), at));
    }

    private String digest(String user, String password) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(user.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            return HexFormat.of().formatHex(mac.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package io.stagedoor.proxy.operator;

import io.stagedoor.proxy.admin.AdminRefusal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The key of scripts on this machine, read at each use so that it can be replaced. */
final class ApiKey {

    private static final Logger LOG = LoggerFactory.getLogger(ApiKey.class);
    private static final int SHORTEST = 32;

    private final Supplier<String> key;

    /**
     * @param key reads it; throws what says why it cannot be read
     */
    ApiKey(Supplier<String> key) {
        this.key = key;
    }

    /**
     * Checks that this is the key, in a time that does not tell how much of it is right.
     *
     * @throws AdminRefusal if it is not, or there is no usable key
     */
    void require(String shown) throws AdminRefusal {
        if (!MessageDigest.isEqual(digest(shown), digest(current()))) {
            throw AdminRefusal.of(401, "key_wrong", "this is not the key");
        }
    }

    private String current() throws AdminRefusal {
        String read;
        try {
            read = key.get();
        } catch (RuntimeException unavailable) {
            LOG.atError()
                    .addKeyValue("reason", unavailable.getMessage())
                    .log("the operators' key cannot be read");
            throw unusable("the key cannot be read");
        }
        if (read.length() < SHORTEST) {
            throw unusable("the configured key is shorter than " + SHORTEST + " characters");
        }
        return read;
    }

    private static AdminRefusal unusable(String why) {
        return AdminRefusal.of(
                403,
                "key_unusable",
                why + ", so none is taken",
                "give `admin.api_key` a random secret: `openssl rand -base64 32`");
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every java runtime has SHA-256", e);
        }
    }
}

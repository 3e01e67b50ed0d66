package io.stagedoor.config.value;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where a secret is to be found. The secret itself is read as late as possible, and again after
 * each rotation; a reference may be printed.
 */
public sealed interface SecretRef {

    /** The longest secret, in bytes. */
    int MAX_BYTES = 64 * 1024;

    /** A secret on this machine. */
    sealed interface Local extends SecretRef {

        /**
         * Reads the secret. One line break at its end is left away. May block on the disk.
         *
         * @param environment looks up an environment variable
         * @throws SecretUnavailableException if it is missing, empty, too long or not UTF-8
         */
        Secret resolve(Function<String, Optional<String>> environment);
    }

    /**
     * A secret in Azure Key Vault, written {@code keyvault:https://VAULT/secrets/NAME}, with {@code
     * /VERSION} for one that is not the newest at each time.
     *
     * @param vault scheme, host and perhaps port of the vault
     * @param name the secret's name
     * @param version its version, or nothing for the newest
     */
    record VaultSecret(URI vault, String name, Optional<String> version) implements SecretRef {

        @Override
        public String toString() {
            return "keyvault:" + vault + "/secrets/" + name + version.map(v -> "/" + v).orElse("");
        }
    }

    /**
     * A secret in an environment variable, written {@code env:NAME}.
     *
     * @param name the variable's name
     */
    record EnvironmentVariable(String name) implements Local {

        @Override
        public Secret resolve(Function<String, Optional<String>> environment) {
            String value =
                    environment
                            .apply(name)
                            .orElseThrow(
                                    () ->
                                            new SecretUnavailableException(
                                                    "the environment variable `"
                                                            + name
                                                            + "` is not set"));
            return secret(value, "the environment variable `" + name + "`");
        }

        @Override
        public String toString() {
            return "env:" + name;
        }
    }

    /**
     * A secret in a file of its own, written {@code file:path}.
     *
     * @param path the file
     */
    record SecretFile(Path path) implements Local {

        @Override
        public Secret resolve(Function<String, Optional<String>> environment) {
            String where = "the secret file `" + path + "`";
            byte[] bytes = bytes(where);
            if (bytes.length > MAX_BYTES) {
                throw new SecretUnavailableException(where + " is longer than 64 KiB");
            }
            try {
                String text =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(bytes))
                                .toString();
                return secret(text, where);
            } catch (CharacterCodingException _) {
                throw new SecretUnavailableException(where + " is not UTF-8");
            }
        }

        private byte[] bytes(String where) {
            try (InputStream in = Files.newInputStream(path)) {
                return in.readNBytes(MAX_BYTES + 1);
            } catch (IOException _) {
                throw new SecretUnavailableException(where + " cannot be read");
            }
        }

        @Override
        public String toString() {
            return "file:" + path;
        }
    }

    private static Secret secret(String value, String where) {
        String text = value.replaceFirst("\\r?\\n\\z", "");
        if (text.isEmpty()) {
            throw new SecretUnavailableException(where + " is empty");
        }
        return Secret.of(text);
    }
}

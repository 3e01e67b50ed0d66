package io.stagedoor.config.value;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagedoor.config.kind.FileKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.YamlNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecretRefTest {

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void readsAnEnvironmentVariable() {
        assertThat(resolve(parse("env:SET"))).isEqualTo("s3cret");
    }

    @Test
    void readsAFileWithoutItsLastLineBreakEachTimeAnew() {
        SecretRef secret = parse("file:token");
        String first = resolve(secret);
        folder.write("token", " two\nlines \r\n");

        String second = resolve(secret);

        assertThat(first).isEqualTo("a.b.c");
        assertThat(second).isEqualTo(" two\nlines ");
    }

    @Test
    void saysWhichVariableIsMissingOrEmpty() {
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> resolve(parse("env:GONE")))
                .withMessage("the environment variable `GONE` is not set");
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> resolve(parse("env:EMPTY")))
                .withMessage("the environment variable `EMPTY` is empty");
    }

    @Test
    void saysWhatIsWrongWithAFileAndNothingOfWhatIsInIt() {
        Path path = folder.path("token");
        SecretRef secret = parse("file:token");

        folder.write("token", "\n");
        assertUnavailable(secret, "the secret file `" + path + "` is empty");
        folder.write("token", new byte[] {'x', (byte) 0xff});
        assertUnavailable(secret, "the secret file `" + path + "` is not UTF-8");
        folder.write("token", "x".repeat(SecretRef.MAX_BYTES + 1));
        assertUnavailable(secret, "the secret file `" + path + "` is longer than 64 KiB");
        assertThat(path.toFile().delete()).isTrue();
        assertUnavailable(secret, "the secret file `" + path + "` cannot be read");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hunter2",
                "env:",
                "env:A B",
                "env:1A",
                "ENV:SET",
                "file:",
                "vault:hunter2",
                "keyvault:hunter2",
                "keyvault:http://v.vault.azure.net/secrets/hunter2",
                "keyvault:https://v.vault.azure.net/keys/hunter2",
                "keyvault:https://v.vault.azure.net/secrets/hunter2/",
                "keyvault:https://v.vault.azure.net/secrets/hunter2?x",
                "keyvault:https://me@v.vault.azure.net/secrets/hunter2",
                ""
            })
    void refusesWhatIsNoReferenceWithoutShowingIt(String text) {
        assertThat(parsed(text))
                .isInstanceOfSatisfying(
                        Parsed.Wrong.class,
                        wrong -> assertThat(wrong.toString()).doesNotContain("hunter2"));
    }

    @ParameterizedTest
    @CsvSource({
        "keyvault:https://v.vault.azure.net/secrets/ws1, https://v.vault.azure.net, ws1, ''",
        "keyvault:https://v.vault.azure.net:8443/secrets/ws1/0a1b, https://v.vault.azure.net:8443,"
                + " ws1, 0a1b",
    })
    void namesASecretInAVault(String text, URI vault, String name, String version) {
        SecretRef secret = parse(text);

        assertThat(secret)
                .isEqualTo(
                        new SecretRef.VaultSecret(
                                vault, name, Optional.of(version).filter(v -> !v.isEmpty())))
                .hasToString(text);
    }

    @Test
    void printsAsItIsWritten() {
        assertThat(parse("env:SET")).hasToString("env:SET");
        assertThat(parse("file:token")).hasToString("file:" + folder.path("token"));
    }

    @Test
    void aSecretMasksItselfAndEqualsNothingElse() {
        Secret secret = Secret.of("s3cret");

        assertThat(secret).hasToString("Secret[masked]").isNotEqualTo(Secret.of("s3cret"));
        assertThat(secret.reveal()).isEqualTo("s3cret");
        assertThatIllegalArgumentException().isThrownBy(() -> Secret.of(""));
    }

    private static void assertUnavailable(SecretRef secret, String message) {
        assertThatExceptionOfType(SecretUnavailableException.class)
                .isThrownBy(() -> resolve(secret))
                .withMessage(message);
    }

    private static Optional<String> environment(String name) {
        return Optional.ofNullable(Map.of("SET", "s3cret", "EMPTY", "").get(name));
    }

    private static String resolve(SecretRef secret) {
        return ((SecretRef.Local) secret).resolve(SecretRefTest::environment).reveal();
    }

    private SecretRef parse(String text) {
        return switch (parsed(text)) {
            case Parsed.Value<SecretRef>(SecretRef value) -> value;
            case Parsed<SecretRef> other -> throw new AssertionError(other.toString());
        };
    }

    private Parsed<SecretRef> parsed(String text) {
        return FileKinds.in(temp).secret().parse(new YamlNode.Scalar(text, true, Position.START));
    }
}

package io.stagedoor.config.kind;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.text.Position;
import io.stagedoor.config.text.YamlNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileKindsTest {

    @TempDir Path temp;
    private ConfigFolder folder;
    private FileKinds kinds;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
        kinds = FileKinds.in(temp);
    }

    @Test
    void resolvesARelativePathAgainstTheFolder() throws IOException {
        Files.createDirectory(folder.path("sub"));

        assertThat(parse(kinds.certificates(), "ca.pem"))
                .isEqualTo(Parsed.value(folder.path("ca.pem")));
        assertThat(parse(FileKinds.in(folder.path("sub")).certificates(), "../ca.pem"))
                .isEqualTo(Parsed.value(folder.path("sub").resolve("../ca.pem")));
        assertThat(parse(kinds.certificates(), folder.path("ca.pem").toString()))
                .isEqualTo(Parsed.value(folder.path("ca.pem")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gone.pem  | the file `gone.pem` does not exist
                    .         | `.` is not a file
                    token     | `token` holds no block `BEGIN CERTIFICATE`
                    """)
    void refusesCertificates(String path, String message) {
        assertThat(message(parse(kinds.certificates(), path))).isEqualTo(message);
    }

    @Test
    void refusesAPathWithANul() {
        assertThat(message(parse(kinds.certificates(), "a\u0000b")))
                .isEqualTo("`a\\u{0}b` is not a path");
    }

    @ParameterizedTest
    @CsvSource({"RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY"})
    void saysHowToConvertAKeyOfAnotherForm(String label) {
        folder.write("old.key", ConfigFolder.pem(label));

        assertThat(parse(kinds.privateKey(), "old.key"))
                .isEqualTo(
                        Parsed.wrong(
                                "`old.key` holds no block `BEGIN PRIVATE KEY`",
                                "turn it into PKCS #8: `openssl pkcs8 -topk8 -nocrypt -in old -out"
                                        + " new`"));
    }

    @ParameterizedTest
    @CsvSource({
        "rw-------, VALUE",
        "rw-r-----, VALUE",
        "rw-rw----, VALUE",
        "rw-r--r--, SUSPECT",
        "rw-rw-rw-, WRONG",
        "rw-----w-, WRONG"
    })
    void wantsSecretsToBeSecluded(String permissions, String outcome) {
        folder.permit("proxy.key", permissions);
        folder.permit("token", permissions);

        assertThat(outcome(parse(kinds.privateKey(), "proxy.key"))).isEqualTo(outcome);
        assertThat(outcome(parse(kinds.secretFile("a token", "token"), "token")))
                .isEqualTo(outcome);
        assertThat(outcome(parse(kinds.secret(), "file:token"))).isEqualTo(outcome);
    }

    @Test
    void certificatesMayBeReadByAll() {
        folder.permit("ca.pem", "rw-r--r--");

        assertThat(outcome(parse(kinds.certificates(), "ca.pem"))).isEqualTo("VALUE");
    }

    @Test
    void aFolderMayBeMissingIfItCanBeMade() {
        assertThat(outcome(parse(kinds.writableFolder("audit"), "a/b/c"))).isEqualTo("VALUE");
        assertThat(outcome(parse(kinds.writableFolder("audit"), "ca.pem/c"))).isEqualTo("WRONG");
        assertThat(outcome(parse(kinds.writableFolder("audit"), "ca.pem"))).isEqualTo("WRONG");
        assertThat(outcome(parse(kinds.writableFolder("audit"), "."))).isEqualTo("VALUE");
    }

    private static String outcome(Parsed<?> parsed) {
        return switch (parsed) {
            case Parsed.Value<?> _ -> "VALUE";
            case Parsed.Suspect<?> _ -> "SUSPECT";
            case Parsed.Wrong<?> _ -> "WRONG";
        };
    }

    private static String message(Parsed<?> parsed) {
        return parsed instanceof Parsed.Wrong<?> wrong ? wrong.message() : parsed.toString();
    }

    private static <T> Parsed<T> parse(Kind<T> kind, String text) {
        return kind.parse(new YamlNode.Scalar(text, true, Position.START));
    }
}

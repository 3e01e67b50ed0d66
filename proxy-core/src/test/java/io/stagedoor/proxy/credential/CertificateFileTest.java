package io.stagedoor.proxy.credential;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.directory.synapse.WorkspaceTrust;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import io.stagedoor.proxy.testing.FakeEntra;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificateFileTest {

    private static final CredentialDemand DEMAND = CredentialDemand.ofProxy("ws1");

    @TempDir private static Path folder;
    private static Path pkcs12;

    private static KeyStore store(Path file) throws Exception {
        return KeyStore.getInstance(file.toFile(), LoopbackCertificate.PASSWORD.toCharArray());
    }

    /** Makes a certificate with an RSA key, which Entra wants, by the JDK's keytool. */
    @BeforeAll
    static void make() throws Exception {
        Path file = folder.resolve("app.p12");
        Process made =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "app",
                                "-keyalg",
                                "RSA",
                                "-dname",
                                "CN=app",
                                "-validity",
                                "20",
                                "-storetype",
                                "PKCS12",
                                "-keystore",
                                file.toString(),
                                "-storepass",
                                LoopbackCertificate.PASSWORD)
                        .redirectErrorStream(true)
                        .start();
        made.getInputStream().readAllBytes();
        assertThat(made.waitFor()).isZero();
        pkcs12 = file;
    }

    private static Path pem() throws Exception {
        KeyStore store = store(pkcs12);
        byte[] key = store.getKey("app", LoopbackCertificate.PASSWORD.toCharArray()).getEncoded();
        byte[] certificate = store.getCertificate("app").getEncoded();
        return Files.writeString(
                folder.resolve("app.pem"),
                block("PRIVATE KEY", key) + block("CERTIFICATE", certificate));
    }

    private static String block(String label, byte[] der) {
        return "-----BEGIN "
                + label
                + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END "
                + label
                + "-----\n";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isReadForEachTokenAndTellsWhenItExpires(boolean pem) throws Exception {
        Path file = pem ? pem() : pkcs12;
        Optional<SecretSource> password =
                pem
                        ? Optional.empty()
                        : Optional.of(
                                new StubSecret("env:PASSWORD", () -> LoopbackCertificate.PASSWORD));
        try (FakeEntra entra = FakeEntra.start()) {
            entra.answer(FakeEntra.token("certified", 3600), "client_assertion=eyJ");
            AzureTokenSource source =
                    AzureTokenSource.of(
                            new CredentialSource.ClientCertificate(
                                    FakeEntra.TENANT, FakeEntra.CLIENT, file, password, true),
                            new TokenAuthority(
                                    TokenAuthority.SYNAPSE_SCOPE,
                                    Optional.of(entra.uri()),
                                    Optional.of(WorkspaceTrust.of(FakeEntra.certificate())),
                                    false),
                            InstantSource.system());

            assertThat(source.acquire(DEMAND).credential().value()).isEqualTo("Bearer certified");
            assertThat(source.expiries())
                    .singleElement()
                    .satisfies(
                            expiry ->
                                    assertThat(expiry)
                                            .isEqualTo(
                                                    new SecretExpiry(
                                                            "file:" + file, notAfter(pkcs12))));
        }
    }

    private static Instant notAfter(Path pkcs12) {
        try {
            return ((X509Certificate) store(pkcs12).getCertificate("app"))
                    .getNotAfter()
                    .toInstant();
        } catch (Exception unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    @Test
    void thatCannotBeReadHasNoExpiry() throws Exception {
        Path nonsense = Files.writeString(folder.resolve("nonsense"), "hunter2");

        assertThat(CertificateFile.expiryOf(folder.resolve("gone"), "")).isEmpty();
        assertThat(CertificateFile.expiryOf(nonsense, "")).isEmpty();
        assertThat(CertificateFile.expiryOf(pkcs12, "wrong")).isEmpty();
    }
}

package io.stagedoor.proxy.authn;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * A certificate for {@code localhost}, made anew for each test run by the JDK's keytool.
 *
 * @param context for servers
 * @param pem the certificate, for clients that shall trust exactly it
 */
record TestCertificate(SSLContext context, Path pem) {

    private static final String PASSWORD = "only-for-this-test-run";
    private static final TestCertificate LOCALHOST = make();

    static TestCertificate localhost() {
        return LOCALHOST;
    }

    private static TestCertificate make() {
        try {
            Path folder = Files.createTempDirectory("stagedoor-authn");
            Path store = folder.resolve("server.p12");
            keytool(store);
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            Path pem = folder.resolve("server.pem");
            Files.writeString(pem, pem(keys.getCertificate("server").getEncoded()));
            folder.toFile().deleteOnExit();
            store.toFile().deleteOnExit();
            pem.toFile().deleteOnExit();
            return new TestCertificate(context(keys), pem);
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        } catch (GeneralSecurityException unusable) {
            throw new IllegalStateException(unusable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    private static void keytool(Path store) throws IOException, InterruptedException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "keytool");
        List<String> command =
                List.of(
                        tool.toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "EC",
                        "-groupname",
                        "secp256r1",
                        "-dname",
                        "CN=localhost",
                        "-validity",
                        "2",
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        byte[] output = process.getInputStream().readAllBytes();
        if (process.waitFor() != 0) {
            throw new IOException(new String(output, StandardCharsets.UTF_8));
        }
    }

    private static String pem(byte[] certificate) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(certificate);
        return "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
    }

    private static SSLContext context(KeyStore keys) throws GeneralSecurityException {
        KeyManagerFactory factory =
                KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return context;
    }
}

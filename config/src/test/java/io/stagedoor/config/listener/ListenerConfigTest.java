package io.stagedoor.config.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.testing.TestPair;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenerConfigTest {

    private static final String TLS = "{certificate: proxy.pem, private_key: proxy.key}";

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        TlsConfig tls =
                new TlsConfig(
                        List.of(pair()),
                        new ClientCertificatesConfig(
                                ClientCertificatesConfig.Mode.NONE, Optional.empty()));

        KeyTable.of(folder, () -> ListenerConfig::read)
                .required("tls", TLS, ListenerConfig::tls, Optional.of(tls))
                .insteadOfThese("plaintext")
                .optional("host", ListenerConfig::host, "0.0.0.0", "'::1'", "::1")
                .optional("port", ListenerConfig::port, 8443, "0", 0)
                .optional("max_connections", ListenerConfig::maxConnections, 10_000, "7", 7)
                .optional(
                        "handshake_timeout",
                        ListenerConfig::handshakeTimeout,
                        Duration.ofSeconds(10),
                        "500ms",
                        Duration.ofMillis(500))
                .optional(
                        "request_timeout",
                        ListenerConfig::requestTimeout,
                        Duration.ofSeconds(30),
                        "5s",
                        Duration.ofSeconds(5))
                .optional(
                        "idle_timeout",
                        ListenerConfig::idleTimeout,
                        Duration.ofMinutes(5),
                        "1h",
                        Duration.ofHours(1))
                .optional(
                        "drain_timeout",
                        ListenerConfig::drainTimeout,
                        Duration.ofSeconds(30),
                        "0s",
                        Duration.ZERO)
                .verify();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.8.0.255", "'::1'"})
    void speaksPlainTextOnLoopbackWhenToldTo(String host) {
        ListenerConfig listener =
                folder.read("plaintext: true\nhost: " + host, ListenerConfig::read)
                        .value()
                        .orElseThrow();

        assertThat(listener.tls()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    plaintext: true                             | 1:12: plaintext: bearer tokens would cross the network unprotected
                    {plaintext: true, host: 10.0.0.1}           | 1:13: plaintext: bearer tokens would cross the network unprotected
                    {plaintext: true, host: localhost}          | 1:13: plaintext: bearer tokens would cross the network unprotected
                    {plaintext: true, host: 127.0.0.1.evil}     | 1:13: plaintext: bearer tokens would cross the network unprotected
                    {plaintext: true, host: 127.0.0.1, tls: {certificate: proxy.pem, private_key: proxy.key}} | 1:13: plaintext: there is a certificate too
                    {plaintext: false, host: 127.0.0.1}         | 1:1: tls: missing
                    {plaintext: sometimes, host: 127.0.0.1}     | 1:13: plaintext: `sometimes` is not `true` or `false`
                    """)
    void refusesPlainText(String text, String problem) {
        assertThat(folder.problems(text, ListenerConfig::read)).containsExactly(problem);
    }

    @Test
    void tlsTakesASinglePairAndAListAfterIt() {
        String list = "certificates: [{certificate: proxy.pem, private_key: proxy.key}]";

        TlsConfig single =
                good("{certificate: proxy.pem, private_key: proxy.key}", TlsConfig::read);
        TlsConfig listed = good("{" + list + "}", TlsConfig::read);
        TlsConfig both =
                good(
                        "{certificate: proxy.pem, private_key: proxy.key, " + list + "}",
                        TlsConfig::read);

        assertThat(single.certificates()).containsExactly(pair());
        assertThat(listed.certificates()).containsExactly(pair());
        assertThat(both.certificates()).containsExactly(pair(), pair());
    }

    @Test
    void clientCertificatesHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> ClientCertificatesConfig::read)
                .optional(
                        "trusted_authorities",
                        ClientCertificatesConfig::trustedAuthorities,
                        Optional.empty(),
                        "ca.pem",
                        Optional.of(folder.path("ca.pem")))
                .insteadOfThese("mode")
                .verify();
        assertThat(
                        good(
                                        "{mode: required, trusted_authorities: ca.pem}",
                                        ClientCertificatesConfig::read)
                                .mode())
                .isEqualTo(ClientCertificatesConfig.Mode.REQUIRED);
        assertThat(good("{}", ClientCertificatesConfig::read).mode())
                .isEqualTo(ClientCertificatesConfig.Mode.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {}                                | 1:1: certificate: missing
                    {certificate: proxy.pem}          | 1:1: private_key: `certificate` and `private_key` belong together
                    {certificates: [{certificate: proxy.pem, private_key: other.key}]} | 1:55: certificates[0].private_key: the key is not the certificate's
                    {certificate: proxy.pem, private_key: rsa.key} | 1:39: private_key: the key is not one of the certificate's kind, EC
                    {certificate: junk.pem, private_key: proxy.key} | 1:15: certificate: a block is no X.509 certificate
                    {certificate: proxy.pem, private_key: proxy.key, client_certificates: {mode: optional}} | 1:71: client_certificates.trusted_authorities: whose certificates are believed is missing
                    """)
    void refusesCertificatesThatCannotBeShown(String text, String problem) {
        folder.write("other.key", TestPair.validFor(Duration.ofDays(20), "other.example").key());
        folder.write("rsa.key", TestPair.rsa().key());
        folder.write("junk.pem", ConfigFolder.pem("CERTIFICATE"));
        folder.permit("other.key", "rw-------");
        folder.permit("rsa.key", "rw-------");

        assertThat(folder.problems(text, TlsConfig::read)).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource({"-1, it expired at", "13, it expires at", "15, ''"})
    void warnsTwoWeeksBeforeACertificateExpires(int days, String warning) {
        TestPair pair = TestPair.validFor(Duration.ofDays(days), "localhost");
        folder.write("proxy.pem", pair.certificate());
        folder.write("proxy.key", pair.key());

        List<String> warnings =
                folder.warnings(
                        "{certificate: proxy.pem, private_key: proxy.key}", TlsConfig::read);

        if (warning.isEmpty()) {
            assertThat(warnings).isEmpty();
        } else {
            assertThat(warnings).singleElement().asString().contains(warning);
        }
    }

    private CertificateConfig pair() {
        return new CertificateConfig(folder.path("proxy.pem"), folder.path("proxy.key"));
    }

    private <T> T good(String text, SectionReader<T> reader) {
        return folder.read(text, reader).value().orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    port: 65536            | 2:7: port: `65536` is not a port from 0 to 65535
                    port: -1               | 2:7: port: `-1` is not a port from 0 to 65535
                    port: '443'            | 2:7: port: `443` is a text, expected a port from 0 to 65535
                    port: 8443.0           | 2:7: port: `8443.0` is not a port from 0 to 65535
                    port: 0x1F             | 2:7: port: `0x1F` is not a port from 0 to 65535
                    port: 99999999999      | 2:7: port: `99999999999` is not a port from 0 to 65535
                    host: a/b              | 2:7: host: `a/b` is not an address to listen on
                    host: '*'              | 2:7: host: `*` is not an address to listen on
                    max_connections: 0     | 2:18: max_connections: `0` is not a number from 1 to 1000000
                    idle_timeout: 30       | 2:15: idle_timeout: `30` is not a duration
                    idle_timeout: 2h       | 2:15: idle_timeout: `2h` is not a duration from 100ms to 1h
                    idle_timeout: 0s       | 2:15: idle_timeout: `0s` is not a duration from 100ms to 1h
                    idle_timout: 30s       | 2:1: unknown key `idle_timout` at the top; did you mean `idle_timeout`?
                    """)
    void refuses(String line, String problem) {
        assertThat(folder.problems("tls: " + TLS + "\n" + line, ListenerConfig::read))
                .containsExactly(problem);
    }
}

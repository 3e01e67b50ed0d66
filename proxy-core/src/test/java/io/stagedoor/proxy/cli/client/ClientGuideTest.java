package io.stagedoor.proxy.cli.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import io.stagedoor.proxy.cli.profile.PrivateFolder;
import io.stagedoor.proxy.cli.profile.ProxyAddress;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ClientGuideTest {
    @TempDir Path folder;

    private final DemoAuthority authority = DemoAuthority.create(InstantSource.system());

    @ParameterizedTest
    @CsvSource({
        "https://ws1.dev.synapse.example, .dev.synapse.example",
        "https://ws1.dev.synapse.example:8443, .dev.synapse.example:8443",
        "https://localhost:8443/synapse/demo, ''",
        "https://proxy.example/synapse/ws1, ''",
        "https://127.0.0.1:8443, ''",
        "https://[::1]:8443, ''"
    })
    void azNeedsAHostNameThatBeginsWithTheWorkspaces(URI root, String suffix) throws Exception {
        ProxyTarget target = ProxyTarget.of(new ProxyAddress(root, Optional.empty()));

        ClientSettings az = guide(target).of(ClientProgram.AZ, Shell.SH);

        assertThat(target.suffix().orElse("")).isEqualTo(suffix);
        assertThat(az.commands()).hasSize(suffix.isEmpty() ? 0 : 1);
        assertThat(az.commands().toString()).contains(suffix);
    }

    @ParameterizedTest
    @EnumSource(ClientProgram.class)
    void everyClientIsToldItsAudienceOrItsAddress(ClientProgram client) throws Exception {
        ClientSettings settings = guide(target()).of(client, Shell.SH);

        assertThat(settings.notes()).isNotEmpty();
        assertThat(settings.variables().keySet()).allMatch(name -> name.matches("[A-Z_]+"));
        assertThat(settings.lines(Shell.SH)).isNotEmpty();
        assertThat(settings.lines(Shell.POWERSHELL)).hasSameSizeAs(settings.lines(Shell.SH));
    }

    @Test
    void whatReplacesAClientsTrustNamesEveryonesAuthoritiesToo() throws Exception {
        Map<String, String> variables = guide(target()).common().variables();
        Path bundle = Path.of(variables.get("REQUESTS_CA_BUNDLE"));

        try (InputStream pem = Files.newInputStream(bundle)) {
            assertThat(CertificateFactory.getInstance("X.509").generateCertificates(pem))
                    .hasSizeGreaterThan(20)
                    .anyMatch(authority.certificate()::equals);
        }
        assertThat(variables)
                .containsEntry("SSL_CERT_FILE", bundle.toString())
                .containsEntry("CURL_CA_BUNDLE", bundle.toString())
                .containsEntry("NODE_EXTRA_CA_CERTS", folder.resolve("ca.pem").toString());
        assertThat(TlsTrust.context(Optional.of(bundle))).isNotNull();
    }

    @Test
    void javaGetsAKeyStoreThatItCanOpen() throws Exception {
        ClientSettings settings = guide(target()).of(ClientProgram.JAVA, Shell.SH);
        String options = settings.variables().getOrDefault("JDK_JAVA_OPTIONS", "");
        Path file = Path.of(options.replaceAll(".*trustStore=(\\S+) .*", "$1"));

        KeyStore store = KeyStore.getInstance(file.toFile(), TrustFiles.PASSWORD.toCharArray());

        assertThat(store.size()).isGreaterThan(20);
        assertThat(store.getCertificateAlias(authority.certificate())).isEqualTo("authority-0");
    }

    @Test
    void powershellsAzReadsTheSuffixFromAFile() throws Exception {
        List<String> words =
                guide(target()).of(ClientProgram.AZ, Shell.POWERSHELL).commands().getFirst();

        Path file = Path.of(words.getLast().substring(1));

        assertThat(words.getLast()).startsWith("@");
        assertThat(file)
                .hasContent("{\"suffixes\":{\"synapseAnalyticsEndpoint\":\".synapse.example\"}}");
    }

    @Test
    void azsOwnFileKeepsWhatAzWroteIntoIt() {
        String before =
                """
                [AzureChinaCloud]
                suffix_synapse_analytics_endpoint = .cn
                [AzureCloud]
                subscription = 1234
                suffix_synapse_analytics_endpoint = .old
                """;

        String after = AzFolder.with(before, ".new");

        assertThat(after)
                .isEqualTo(
                        """
                        [AzureChinaCloud]
                        suffix_synapse_analytics_endpoint = .cn
                        [AzureCloud]
                        suffix_synapse_analytics_endpoint = .new
                        subscription = 1234
                        """);
        assertThat(AzFolder.with(after, ".new")).isEqualTo(after);
        assertThat(AzFolder.with("", ".x"))
                .isEqualTo("[AzureCloud]\nsuffix_synapse_analytics_endpoint = .x\n");
    }

    @Test
    void azFindsItsExtensionsWhereThePersonHasThem() {
        AzFolder az = new AzFolder(PrivateFolder.at(folder.resolve("az")), ".x");

        Map<String, String> usual = az.prepared(Map.of(), Path.of("/home/ada"));
        Map<String, String> moved =
                az.prepared(Map.of("AZURE_CONFIG_DIR", "/srv/az"), Path.of("/home/ada"));
        Map<String, String> own =
                az.prepared(Map.of("AZURE_EXTENSION_DIR", "/ext"), Path.of("/home/ada"));

        assertThat(usual)
                .containsEntry("AZURE_EXTENSION_DIR", "/home/ada/.azure/cliextensions")
                .containsEntry("AZURE_CONFIG_DIR", folder.resolve("az").toString());
        assertThat(moved).containsEntry("AZURE_EXTENSION_DIR", "/srv/az/cliextensions");
        assertThat(own).doesNotContainKey("AZURE_EXTENSION_DIR");
    }

    private ProxyTarget target() throws Exception {
        Path ca = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        return ProxyTarget.of(
                new ProxyAddress(URI.create("https://ws1.synapse.example"), Optional.of(ca)));
    }

    private ClientGuide guide(ProxyTarget target) {
        return new ClientGuide(target, PrivateFolder.at(folder.resolve("home")));
    }
}

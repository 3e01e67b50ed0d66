package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the readers of the document need of it was found in their sources: az 2.45 and Terraform. */
class CloudMetadataTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "public, AzureCloud, https://login.microsoftonline.com, https://management.core.windows.net/",
        "government, AzureUSGovernment, https://login.microsoftonline.us,"
                + " https://management.core.usgovcloudapi.net/",
        "china, AzureChinaCloud, https://login.chinacloudapi.cn,"
                + " https://management.core.chinacloudapi.cn/",
    })
    void arrayOfOneCloudHoldsWhatAzReads(String cloud, String name, String login, String audience)
            throws Exception {
        CloudMetadata document =
                CloudMetadata.of(cloud, "dev.real.example", Optional.of("dev.proxy.example"));

        JsonNode clouds = JSON.readTree(answer(document, "h.example", "2019-05-01").octets());

        assertThat(clouds).hasSize(1);
        JsonNode only = clouds.get(0);
        assertThat(only.at("/name").asText()).isEqualTo(name);
        assertThat(only.at("/authentication/loginEndpoint").asText()).isEqualTo(login);
        assertThat(only.at("/authentication/audiences/0").asText()).isEqualTo(audience);
        assertThat(only.at("/resourceManager").asText()).isEqualTo("https://h.example/");
        assertThat(only.at("/suffixes/synapseAnalytics").asText()).isEqualTo("dev.proxy.example");
        for (String read :
                List.of(
                        "sqlManagement",
                        "batch",
                        "gallery",
                        "graphAudience",
                        "microsoftGraphResourceId",
                        "media",
                        "ossrdbmsResourceId",
                        "appInsightsResourceId",
                        "logAnalyticsResourceId",
                        "synapseAnalyticsResourceId",
                        "portal")) {
            assertThat(only.at("/" + read).asText()).as(read).startsWith("https://");
        }
        for (String suffix :
                List.of("storage", "keyVaultDns", "sqlServerHostname", "acrLoginServer")) {
            assertThat(only.at("/suffixes/" + suffix).asText()).as(suffix).isNotEmpty();
        }
    }

    @Test
    void portOfTheProxyGoesWithItsOwnNamesAndWithNoOther() throws Exception {
        CloudMetadata own = CloudMetadata.of("public", "dev.real", Optional.of("dev.proxy"));
        CloudMetadata real = CloudMetadata.of("public", "dev.real", Optional.empty());

        JsonNode ours = JSON.readTree(answer(own, "h:8443", "2019-05-01").octets()).get(0);
        JsonNode theirs = JSON.readTree(answer(real, "h:8443", "2019-05-01").octets()).get(0);

        assertThat(ours.at("/resourceManager").asText()).isEqualTo("https://h:8443/");
        assertThat(ours.at("/suffixes/synapseAnalytics").asText()).isEqualTo("dev.proxy:8443");
        assertThat(theirs.at("/suffixes/synapseAnalytics").asText()).isEqualTo("dev.real");
    }

    @Test
    void pathPrefixIsPartOfTheEndpoint() throws Exception {
        Answer answer = document().answer(Authority.parse("h"), "/arm", Optional.of("2020-06-01"));

        assertThat(JSON.readTree(answer.octets()).get(0).at("/resourceManager").asText())
                .isEqualTo("https://h/arm/");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2015-01-01", "2015-11-01", "0", ""})
    void oldestFormIsAnObjectOfFourMembers(String version) throws Exception {
        JsonNode old = JSON.readTree(answer(document(), "h", version).octets());

        assertThat(old.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(
                        "galleryEndpoint", "graphEndpoint", "portalEndpoint", "authentication");
        assertThat(old.at("/authentication/loginEndpoint").asText())
                .isEqualTo("https://login.microsoftonline.com");
        assertThat(old.at("/authentication/audiences/0").asText())
                .isEqualTo("https://management.core.windows.net/");
    }

    @Test
    void newestFormIsOneCloudAsTerraformReadsIt() throws Exception {
        JsonNode cloud = JSON.readTree(answer(document(), "h", "2022-09-01").octets());

        assertThat(cloud.isObject()).isTrue();
        assertThat(cloud.at("/name").asText()).isEqualTo("AzureCloud");
        assertThat(cloud.at("/resourceManager").asText()).isEqualTo("https://h/");
        assertThat(cloud.at("/ossrDbmsResourceId").asText()).startsWith("https://");
    }

    @Test
    void thereIsNoDocumentOfAnotherCloud() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CloudMetadata.of("german", "x", Optional.empty()))
                .withMessageContaining("german");
    }

    private static CloudMetadata document() {
        return CloudMetadata.of("public", "dev.real.example", Optional.empty());
    }

    private static Answer answer(CloudMetadata document, String host, String version)
            throws Exception {
        Answer answer = document.answer(Authority.parse(host), "", Optional.of(version));
        assertThat(answer.status()).isEqualTo(200);
        return answer;
    }
}

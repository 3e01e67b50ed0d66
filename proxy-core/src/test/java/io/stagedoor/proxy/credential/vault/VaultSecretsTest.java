package io.stagedoor.proxy.credential.vault;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stagedoor.proxy.credential.CredentialSource;
import io.stagedoor.proxy.credential.SecretSource;
import io.stagedoor.proxy.credential.TokenAuthority;
import io.stagedoor.proxy.directory.synapse.WorkspaceTrust;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A vault that speaks as Azure's does: it challenges first, and then answers. */
class VaultSecretsTest {

    @RegisterExtension static final FakeWorkspace VAULT = new FakeWorkspace();

    private static final String NAME = "ws1-client-secret";
    private static final String PATH = "/secrets/" + NAME + "/";

    private static VaultSecrets secrets() throws IOException {
        return VaultSecrets.of(
                new CredentialSource.StaticBearer(() -> "vault-token"),
                new TokenAuthority(
                        "https://vault.azure.net/.default",
                        Optional.empty(),
                        Optional.of(WorkspaceTrust.of(LoopbackCertificate.localhost().pem())),
                        false),
                new VaultTimes(Duration.ofMinutes(5), Duration.ofHours(1)),
                InstantSource.system());
    }

    private static void serve(String path, ResponseDefinitionBuilder answer) {
        VAULT.server()
                .stubFor(
                        get(urlPathEqualTo(path))
                                .atPriority(10)
                                .willReturn(
                                        aResponse()
                                                .withStatus(401)
                                                .withHeader(
                                                        "WWW-Authenticate",
                                                        "Bearer authorization="
                                                                + "\"https://login.windows.net/t\","
                                                                + " resource=\"https://localhost\"")));
        VAULT.server()
                .stubFor(
                        get(urlPathEqualTo(path))
                                .atPriority(1)
                                .withHeader("Authorization", equalTo("Bearer vault-token"))
                                .willReturn(answer));
    }

    private static ResponseDefinitionBuilder secret(String value, String attributes) {
        return aResponse()
                .withHeader("content-type", "application/json")
                .withBody(
                        "{\"value\":\""
                                + value
                                + "\",\"id\":\""
                                + VAULT.uri()
                                + PATH
                                + "0a1b\",\"attributes\":{\"enabled\":true"
                                + attributes
                                + "}}");
    }

    @Test
    void readsTheNewestVersionAndWhenItExpires() throws Exception {
        serve(PATH, secret("s3cret", ",\"exp\":1800000000"));
        try (VaultSecrets secrets = secrets()) {
            SecretSource.Value value = secrets.secret(VAULT.uri(), NAME, Optional.empty()).read();

            assertThat(value.text()).isEqualTo("s3cret");
            assertThat(value.expiresAt()).contains(Instant.ofEpochSecond(1_800_000_000));
            assertThat(value.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void readsTheVersionThatIsNamed() throws Exception {
        serve(PATH + "0a1b", secret("old", ""));
        try (VaultSecrets secrets = secrets()) {
            SecretSource source = secrets.secret(VAULT.uri(), NAME, Optional.of("0a1b"));

            assertThat(source.read().text()).isEqualTo("old");
            assertThat(source.name()).endsWith("/secrets/" + NAME + "/0a1b");
        }
    }

    @Test
    void isOneSecretWhereverItIsUsed() throws Exception {
        try (VaultSecrets secrets = secrets()) {
            assertThat(secrets.secret(VAULT.uri(), NAME, Optional.empty()))
                    .isSameAs(secrets.secret(VAULT.uri(), NAME, Optional.empty()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "404, the vault has no such secret",
        "403, does not let the proxy's identity read it",
        "401, does not accept the proxy's identity",
        "418, the vault answered with status 418"
    })
    void saysWhyThereIsNone(int status, String reason) throws Exception {
        serve(
                PATH,
                aResponse()
                        .withStatus(status)
                        .withHeader("content-type", "application/json")
                        .withBody(
                                "{\"error\":{\"code\":\"X\",\"message\":\"inner-host hunter2\"}}"));
        try (VaultSecrets secrets = secrets()) {
            SecretSource source = secrets.secret(VAULT.uri(), NAME, Optional.empty());

            assertThatThrownBy(source::read)
                    .hasMessageContaining(source.name())
                    .hasMessageContaining(reason)
                    .hasMessageNotContaining("hunter2");
        }
    }

    @Test
    void takesNoAnswerThatIsNone() throws Exception {
        serve(PATH, aResponse().withBody("<html>sign in</html>"));
        try (VaultSecrets secrets = secrets()) {
            SecretSource source = secrets.secret(VAULT.uri(), NAME, Optional.empty());

            assertThatThrownBy(source::read).hasMessageContaining("cannot be read");
        }
    }

    @Test
    void saysThatTheVaultCannotBeReached() throws Exception {
        try (VaultSecrets secrets = secrets()) {
            SecretSource source =
                    secrets.secret(URI.create("https://localhost:1"), NAME, Optional.empty());

            assertThatThrownBy(source::read).hasMessageContaining("the vault cannot be reached");
        }
    }
}

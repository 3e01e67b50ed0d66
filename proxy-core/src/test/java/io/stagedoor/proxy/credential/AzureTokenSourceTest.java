package io.stagedoor.proxy.credential;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stagedoor.proxy.directory.synapse.WorkspaceTrust;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AzureTokenSourceTest {

    @RegisterExtension static final FakeWorkspace AUTHORITY = new FakeWorkspace();

    private static final String TENANT = "0b1f7e3c-0000-4000-8000-0000000000aa";
    private static final String CLIENT = "829ae9c5-0000-4000-8000-000000000001";
    private static final String SECRET = "correct-horse.battery~staple";
    private static final String TOKEN_PATH = "/" + TENANT + "/oauth2/v2.0/token";
    private static final String ASSERTION = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJwb2QifQ.sig";

    private static final CredentialDemand DEMAND = CredentialDemand.ofProxy("ws1");

    private String secret = SECRET;

    @Test
    void asksForATokenWithTheClientSecret() throws Exception {
        serve(token("first"));
        Instant now = InstantSource.system().instant();

        AcquiredToken acquired = clientSecret().acquire(DEMAND);

        assertThat(acquired.credential().value()).isEqualTo("Bearer first");
        assertThat(acquired.credential().expiresAt())
                .isBetween(now.plus(Duration.ofMinutes(59)), now.plus(Duration.ofMinutes(65)));
        AUTHORITY
                .server()
                .verify(
                        postRequestedFor(urlPathEqualTo(TOKEN_PATH))
                                .withRequestBody(containing("client_id=" + CLIENT))
                                .withRequestBody(containing("grant_type=client_credentials"))
                                .withRequestBody(
                                        containing(
                                                "https%3A%2F%2Fdev.azuresynapse.net%2F.default")));
    }

    @Test
    void getsANewTokenEachTimeAlthoughTheOldOneIsStillGood() throws Exception {
        serve(token("first"));
        AzureTokenSource source = clientSecret();
        source.acquire(DEMAND);
        serve(token("second"));

        assertThat(source.acquire(DEMAND).credential().value()).isEqualTo("Bearer second");
    }

    @Test
    void takesARotatedSecretWithoutARestart() throws Exception {
        serve(token("first"));
        AzureTokenSource source = clientSecret();
        source.acquire(DEMAND);
        secret = "another-secret";

        source.acquire(DEMAND);

        AUTHORITY
                .server()
                .verify(
                        1,
                        postRequestedFor(urlPathEqualTo(TOKEN_PATH))
                                .withRequestBody(containing("client_secret=another-secret")));
    }

    @Test
    void exchangesTheTokenOfTheWorkload(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("federated");
        Files.writeString(file, ASSERTION);
        serve(token("federated"));

        AcquiredToken acquired =
                source(new CredentialSource.WorkloadIdentity(TENANT, CLIENT, file)).acquire(DEMAND);

        assertThat(acquired.credential().value()).isEqualTo("Bearer federated");
        AUTHORITY
                .server()
                .verify(
                        postRequestedFor(urlPathEqualTo(TOKEN_PATH))
                                .withRequestBody(containing("client_assertion=" + ASSERTION)));
    }

    @Test
    void saysWhatEntraSaidWithoutTheSecret() {
        serve(
                aResponse()
                        .withStatus(401)
                        .withHeader("content-type", "application/json")
                        .withBody(
                                """
                                {"error":"invalid_client","error_description":"AADSTS7000215: \
                                Invalid client secret SECRET provided.\\r\\nTrace ID: 1",\
                                "error_codes":[7000215]}"""
                                        .replace("SECRET", SECRET)));

        assertThatThrownBy(() -> clientSecret().acquire(DEMAND))
                .isInstanceOf(TokenUnavailableException.class)
                .message()
                .startsWith("the client secret gave no token:")
                .contains("AADSTS7000215", "****")
                .doesNotContain(SECRET)
                .doesNotContain("\n");
    }

    @Test
    void saysThatTheFederatedTokenIsNotThere(@TempDir Path folder) {
        AzureTokenSource source =
                source(
                        new CredentialSource.WorkloadIdentity(
                                TENANT, CLIENT, folder.resolve("missing")));

        assertThatThrownBy(() -> source.acquire(DEMAND))
                .isInstanceOf(TokenUnavailableException.class)
                .hasMessageContaining("workload identity");
    }

    @Test
    void saysThatTheSecretCannotBeRead() {
        AzureTokenSource source =
                source(
                        new CredentialSource.ClientSecret(
                                TENANT,
                                CLIENT,
                                List.of(
                                        new StubSecret(
                                                "file:gone",
                                                () -> {
                                                    throw new IllegalStateException("no such file");
                                                }))));

        assertThatThrownBy(() -> source.acquire(DEMAND))
                .hasMessage(
                        "the client secret gave no token: `file:gone`: it could not be read: no"
                                + " such file");
    }

    @Test
    void takesNoTokenThatHasExpiredAlready() {
        serve(token("late"));
        InstantSource ahead = InstantSource.offset(InstantSource.system(), Duration.ofHours(2));
        AzureTokenSource source = AzureTokenSource.of(secretSource(), authority(), ahead);

        assertThatThrownBy(() -> source.acquire(DEMAND))
                .hasMessageContaining("gave a token that expired at");
    }

    @Test
    void trustsNoAuthorityButTheConfiguredOne() {
        serve(token("first"));
        TokenAuthority untrusted =
                new TokenAuthority(
                        TokenAuthority.SYNAPSE_SCOPE,
                        Optional.of(AUTHORITY.uri()),
                        Optional.empty(),
                        false);
        AzureTokenSource source =
                AzureTokenSource.of(secretSource(), untrusted, InstantSource.system());

        assertThatThrownBy(() -> source.acquire(DEMAND))
                .isInstanceOf(TokenUnavailableException.class);
        AUTHORITY.server().verify(0, postRequestedFor(urlPathEqualTo(TOKEN_PATH)));
    }

    @Test
    void sendsSecretsToNothingButHttps() {
        Optional<URI> plain = Optional.of(URI.create("http://localhost"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenAuthority("s", plain, Optional.empty(), false))
                .withMessageContaining("not an https address");
    }

    @Test
    void masksSecretsInTheDescriptionOfASource() {
        assertThat(secretSource().toString()).contains(CLIENT, "****").doesNotContain(SECRET);
        assertThat(new CredentialSource.StaticBearer(() -> SECRET).toString())
                .isEqualTo("StaticBearer[****]");
    }

    private AzureTokenSource clientSecret() {
        return source(secretSource());
    }

    private CredentialSource.Application secretSource() {
        return new CredentialSource.ClientSecret(
                TENANT, CLIENT, List.of(new StubSecret("env:SECRET", () -> secret)));
    }

    private static AzureTokenSource source(CredentialSource.Application source) {
        return AzureTokenSource.of(source, authority(), InstantSource.system());
    }

    private static TokenAuthority authority() {
        try {
            return new TokenAuthority(
                    TokenAuthority.SYNAPSE_SCOPE,
                    Optional.of(AUTHORITY.uri()),
                    Optional.of(WorkspaceTrust.of(LoopbackCertificate.localhost().pem())),
                    false);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static void serve(ResponseDefinitionBuilder response) {
        AUTHORITY.server().stubFor(post(urlPathEqualTo(TOKEN_PATH)).willReturn(response));
    }

    private static ResponseDefinitionBuilder token(String value) {
        return aResponse()
                .withHeader("content-type", "application/json")
                .withBody(
                        """
                        {"token_type":"Bearer","expires_in":3600,"ext_expires_in":3600,\
                        "access_token":"VALUE"}"""
                                .replace("VALUE", value));
    }
}

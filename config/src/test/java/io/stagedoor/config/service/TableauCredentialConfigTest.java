package io.stagedoor.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.service.TableauCredentialConfig.AppSecret;
import io.stagedoor.config.service.TableauCredentialConfig.ConnectedApp;
import io.stagedoor.config.service.TableauCredentialConfig.OauthTrust;
import io.stagedoor.config.service.TableauCredentialConfig.PersonalAccessToken;
import io.stagedoor.config.service.TableauCredentialConfig.Unified;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TableauCredentialConfigTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final SecretRef S = new SecretRef.EnvironmentVariable("S");
    private static final SecretRef T = new SecretRef.EnvironmentVariable("T");
    private static final SectionReader<CredentialConfig> READER =
            in -> {
                var credential = in.oneOf("credential", TableauCredentialConfig.choices());
                return in.build(credential::value);
            };

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void connectedAppHasTheseKeys() {
        KeyTable.of(folder, () -> ConnectedApp::read)
                .required("client_id", ID, ConnectedApp::clientId, ID)
                .required(
                        "secrets",
                        "[{id: k1, value: 'env:S'}, {id: k2, value: 'env:T'}]",
                        ConnectedApp::secrets,
                        List.of(new AppSecret("k1", S), new AppSecret("k2", T)))
                .optional(
                        "proxy_user",
                        ConnectedApp::proxyUser,
                        Optional.empty(),
                        "stagedoor@example.com",
                        Optional.of("stagedoor@example.com"))
                .verify();
    }

    @Test
    void oauthTrustHasTheseKeys() {
        KeyTable.of(folder, () -> OauthTrust::read)
                .required(
                        "issuer",
                        "https://p.example/t",
                        OauthTrust::issuer,
                        URI.create("https://p.example/t"))
                .required("signing_key", "env:S", OauthTrust::signingKey, S)
                .optional(
                        "next_signing_key",
                        OauthTrust::nextSigningKey,
                        Optional.empty(),
                        "env:T",
                        Optional.of(T))
                .optional("audience", OauthTrust::audience, "tableau", "other", "other")
                .optional(
                        "unified",
                        OauthTrust::unified,
                        Optional.empty(),
                        "{tenant_id: t1}",
                        Optional.of(new Unified("t1", "email", Optional.empty())))
                .optional(
                        "proxy_user",
                        OauthTrust::proxyUser,
                        Optional.empty(),
                        "proxy",
                        Optional.of("proxy"))
                .verify();
    }

    @Test
    void unifiedTokensHaveTheseKeys() {
        KeyTable.of(folder, () -> Unified::read)
                .required("tenant_id", "t1", Unified::tenantId, "t1")
                .optional("user_claim", Unified::userClaim, "email", "upn", "upn")
                .optional("site_id", Unified::siteId, Optional.empty(), ID, Optional.of(ID))
                .verify();
    }

    @Test
    void personalAccessTokenHasTheseKeys() {
        KeyTable.of(folder, () -> PersonalAccessToken::read)
                .required("name", "my token", PersonalAccessToken::name, "my token")
                .required("secret", "env:S", PersonalAccessToken::secret, S)
                .verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # text                                  | problem
                    credential: {managed_identity: {}}      | unknown key `managed_identity` in credential
                    credential: {}                          | credential: none of `connected_app`, `oauth_trust`, `personal_access_token` is given
                    credential: {connected_app: {client_id: c, secrets: []}} | credential.connected_app.secrets: the list is empty
                    credential: {connected_app: {client_id: c, secrets: [{id: a, value: 'env:S'}, {id: b, value: 'env:S'}, {id: c, value: 'env:S'}]}} | credential.connected_app.secrets: an app has two secrets at most
                    credential: {oauth_trust: {issuer: 'http://x.example', signing_key: 'env:S'}} | `http://x.example` is not protected: tokens and keys travel over it
                    """)
    void refuses(String text, String problem) {
        assertThat(folder.problems(text, READER)).anyMatch(found -> found.contains(problem));
    }

    @Test
    void knowsWhereItsSecretsAre() {
        String text =
                "credential: {oauth_trust: {issuer: 'https://x.example', signing_key: 'env:S',"
                        + " next_signing_key: 'env:T'}}";

        CredentialConfig read = folder.read(text, READER).value().orElseThrow();

        assertThat(read)
                .isInstanceOfSatisfying(
                        CredentialConfig.OfSite.class,
                        site -> assertThat(site.means().secretRefs()).containsExactly(S, T));
    }
}

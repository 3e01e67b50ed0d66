package io.stagedoor.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CredentialConfigTest {

    private static final String ID = "11111111-2222-4333-8444-555555555555";
    private static final String OTHER = "99999999-2222-4333-8444-555555555555";
    private static final SectionReader<CredentialConfig> READER =
            in -> {
                var credential = in.oneOf("credential", CredentialConfig.choices());
                return in.build(credential::value);
            };

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void managedIdentityHasTheseKeys() {
        KeyTable.of(folder, () -> CredentialConfig.ManagedIdentity::read)
                .optional(
                        "client_id",
                        CredentialConfig.ManagedIdentity::clientId,
                        Optional.empty(),
                        ID,
                        Optional.of(ID))
                .verify();
    }

    @Test
    void workloadIdentityHasTheseKeys() {
        KeyTable.of(folder, () -> CredentialConfig.WorkloadIdentity::read)
                .required("tenant", ID, CredentialConfig.WorkloadIdentity::tenant, ID)
                .required("client_id", OTHER, CredentialConfig.WorkloadIdentity::clientId, OTHER)
                .required(
                        "token_file",
                        "token",
                        CredentialConfig.WorkloadIdentity::tokenFile,
                        folder.path("token"))
                .verify();
    }

    @Test
    void clientSecretHasTheseKeys() {
        KeyTable.of(folder, () -> CredentialConfig.ClientSecret::read)
                .required("tenant", ID, CredentialConfig.ClientSecret::tenant, ID)
                .required("client_id", OTHER, CredentialConfig.ClientSecret::clientId, OTHER)
                .required(
                        "secret",
                        "env:SECRET",
                        CredentialConfig.ClientSecret::secret,
                        new SecretRef.EnvironmentVariable("SECRET"))
                .optional(
                        "next_secret",
                        CredentialConfig.ClientSecret::nextSecret,
                        Optional.empty(),
                        "file:token",
                        Optional.of(new SecretRef.SecretFile(folder.path("token"))))
                .optional(
                        "secret_expires",
                        CredentialConfig.ClientSecret::secretExpires,
                        Optional.empty(),
                        "2027-03-31",
                        Optional.of(LocalDate.of(2027, 3, 31)))
                .verify();
    }

    @Test
    void clientCertificateHasTheseKeys() {
        KeyTable.of(folder, () -> CredentialConfig.ClientCertificate::read)
                .required("tenant", ID, CredentialConfig.ClientCertificate::tenant, ID)
                .required("client_id", OTHER, CredentialConfig.ClientCertificate::clientId, OTHER)
                .required(
                        "file",
                        "proxy.key",
                        CredentialConfig.ClientCertificate::file,
                        folder.path("proxy.key"))
                .optional(
                        "password",
                        CredentialConfig.ClientCertificate::password,
                        Optional.empty(),
                        "env:PASSWORD",
                        Optional.of(new SecretRef.EnvironmentVariable("PASSWORD")))
                .optional(
                        "send_chain",
                        CredentialConfig.ClientCertificate::sendChain,
                        false,
                        "true",
                        true)
                .verify();
    }

    @Test
    void onBehalfOfHasThisKey() {
        KeyTable.of(folder, () -> CredentialConfig.OnBehalfOf::read)
                .required(
                        "application",
                        "{client_secret: {tenant: %s, client_id: %s, secret: env:S}}"
                                .replaceFirst("%s", ID)
                                .replaceFirst("%s", OTHER),
                        CredentialConfig.OnBehalfOf::application,
                        new CredentialConfig.ClientSecret(
                                ID,
                                OTHER,
                                new SecretRef.EnvironmentVariable("S"),
                                Optional.empty(),
                                Optional.empty()))
                .verify();
    }

    @Test
    void passThroughHasTheseKeys() {
        KeyTable.of(folder, () -> CredentialConfig.PassThrough::read)
                .optional(
                        "audiences",
                        CredentialConfig.PassThrough::audiences,
                        Set.of(),
                        "[api://ws1]",
                        Set.of("api://ws1"))
                .optional(
                        "own",
                        CredentialConfig.PassThrough::own,
                        Optional.empty(),
                        "{managed_identity: {}}",
                        Optional.of(new CredentialConfig.ManagedIdentity(Optional.empty())))
                .verify();
    }

    @ParameterizedTest
    @CsvSource({
        "'credential: {client_secret: {tenant: T, client_id: T, secret: env:A}}', 1",
        "'credential: {client_secret: {tenant: T, client_id: T, secret: env:A, next_secret: env:B}}', 2",
        "'credential: {pass_through: {own: {static_bearer: {token: env:A}}}}', 1",
        "'credential: {on_behalf_of: {application: {client_certificate: {tenant: T, client_id: T,"
                + " file: proxy.key, password: env:A}}}}', 1",
        "credential: {managed_identity: {}}, 0",
    })
    void tellsWhereItsSecretsAre(String text, int secrets) {
        CredentialConfig credential =
                folder.read(text.replace(" T", " " + ID), READER).value().orElseThrow();

        assertThat(credential.secrets()).hasSize(secrets);
    }

    @Test
    void staticBearerHasTheseKeys() {
        KeyTable.of(folder, () -> CredentialConfig.StaticBearer::read)
                .required(
                        "token",
                        "file:token",
                        CredentialConfig.StaticBearer::token,
                        new SecretRef.SecretFile(folder.path("token")))
                .verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    credential: {managed_identity: {}}                | ManagedIdentity[clientId=Optional.empty]
                    credential: {managed_identity: }                  | ManagedIdentity[clientId=Optional.empty]
                    credential: {static_bearer: {token: env:T}}       | StaticBearer[token=env:T]
                    """)
    void readsTheOneGiven(String text, String credential) {
        assertThat(folder.read(text, READER).value().orElseThrow()).hasToString(credential);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            textBlock =
                    """
                    # text                                  | problem
                    credential:                             | credential: none of `managed_identity`, `workload_identity`, `client_secret`, `client_certificate`, `static_bearer`, `on_behalf_of`, `pass_through` is given
                    credential: {}                          | credential: none of `managed_identity`, `workload_identity`, `client_secret`, `client_certificate`, `static_bearer`, `on_behalf_of`, `pass_through` is given
                    credential: managed_identity            | credential: expected a section of keys, found a single value
                    credential: [managed_identity]          | credential: expected a section of keys, found a list
                    x: 1                                    | credential: missing
                    credential: {managed_identity: {}, static_bearer: {token: env:T}} | credential: more than one of `managed_identity`, `workload_identity`, `client_secret`, `client_certificate`, `static_bearer`, `on_behalf_of`, `pass_through` is given
                    credential: {managedIdentity: {}}       | unknown key `managedIdentity` in credential; did you mean `managed_identity`?
                    credential: {static_bearer: {}}         | credential.static_bearer.token: missing
                    credential: {pass_through: {own: {pass_through: {}}}} | unknown key `pass_through` in credential.pass_through.own
                    credential: {on_behalf_of: {application: {managed_identity: {}}}} | unknown key `managed_identity` in credential.on_behalf_of.application
                    credential: {client_secret: {secret_expires: soon}} | credential.client_secret.secret_expires: `soon` is not a date
                    credential: {managed_identity: {client_id: me}} | credential.managed_identity.client_id: `me` is not a GUID
                    """)
    void refuses(String text, String problem) {
        assertThat(folder.problems(text, READER)).anyMatch(found -> found.contains(problem));
    }

    @Test
    void neverShowsWhatMayBeTheSecretItself() {
        var loaded = folder.read("credential: {static_bearer: {token: hunter2hunter2}}", READER);

        assertThat(loaded.problems()).hasSize(1);
        assertThat(loaded.problems().toString()).doesNotContain("hunter2");
    }
}

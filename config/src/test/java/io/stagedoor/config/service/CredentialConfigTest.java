package io.stagedoor.config.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import java.nio.file.Path;
import java.util.Optional;
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
                .verify();
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
                    credential:                             | credential: none of `managed_identity`, `workload_identity`, `client_secret`, `static_bearer` is given
                    credential: {}                          | credential: none of `managed_identity`, `workload_identity`, `client_secret`, `static_bearer` is given
                    credential: managed_identity            | credential: expected a section of keys, found a single value
                    credential: [managed_identity]          | credential: expected a section of keys, found a list
                    x: 1                                    | credential: missing
                    credential: {managed_identity: {}, static_bearer: {token: env:T}} | credential: more than one of `managed_identity`, `workload_identity`, `client_secret`, `static_bearer` is given
                    credential: {managedIdentity: {}}       | unknown key `managedIdentity` in credential; did you mean `managed_identity`?
                    credential: {static_bearer: {}}         | credential.static_bearer.token: missing
                    credential: {managed_identity: {client_id: me}} | credential.managed_identity.client_id: `me` is not a GUID
                    """)
    void refuses(String text, String problem) {
        assertThat(folder.problems(text, READER)).anyMatch(found -> found.endsWith(problem));
    }

    @Test
    void neverShowsWhatMayBeTheSecretItself() {
        var loaded = folder.read("credential: {static_bearer: {token: hunter2hunter2}}", READER);

        assertThat(loaded.problems()).hasSize(1);
        assertThat(loaded.problems().toString()).doesNotContain("hunter2");
    }
}

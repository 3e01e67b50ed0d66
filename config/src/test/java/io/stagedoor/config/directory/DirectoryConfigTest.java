package io.stagedoor.config.directory;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.directory.DirectoryConfig.ClaimUse;
import io.stagedoor.config.place.Cloud;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.policy.principal.PrincipalId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DirectoryConfigTest {

    private static final String TENANT = "11111111-2222-4333-8444-55555555aaaa";
    private static final String GRAPH = "{graph: {credential: {managed_identity: {}}}}";
    private static final String SCIM = "{scim: {token: 'env:T'}}";

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(folder, DirectoryConfig::reader)
                .required("name", "entra", DirectoryConfig::name, "entra")
                .required(
                        "tenant", TENANT.toUpperCase(Locale.ROOT), DirectoryConfig::tenant, TENANT)
                .required("from", GRAPH, it -> it.from() instanceof DirectoryKind.Graph, true)
                .optional(
                        "groups_from",
                        DirectoryConfig::claim,
                        ClaimUse.TOKEN_THEN_DIRECTORY,
                        "directory",
                        ClaimUse.DIRECTORY)
                .optional(
                        "answers",
                        it -> it.answers().fresh(),
                        Duration.ofMinutes(5),
                        "{fresh: 30s}",
                        Duration.ofSeconds(30))
                .verify();
    }

    @Test
    void graphHasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> DirectoryKind.Graph::read)
                .required("credential", "{managed_identity: {}}", _ -> true, true)
                .optional("cloud", DirectoryKind.Graph::cloud, Cloud.PUBLIC, "china", Cloud.CHINA)
                .optional(
                        "uri",
                        DirectoryKind.Graph::uri,
                        URI.create("https://graph.microsoft.com"),
                        "https://graph.internal.example/",
                        URI.create("https://graph.internal.example"))
                .optional(
                        "trusted_certificates",
                        DirectoryKind.Graph::trustedCertificates,
                        Optional.empty(),
                        "ca.pem",
                        Optional.of(folder.path("ca.pem")))
                .verify();
    }

    @Test
    void oktaHasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> DirectoryKind.Okta::read)
                .required(
                        "uri",
                        "https://contoso.okta.example",
                        DirectoryKind.Okta::uri,
                        URI.create("https://contoso.okta.example"))
                .required(
                        "token",
                        "env:T",
                        DirectoryKind.Okta::token,
                        new SecretRef.EnvironmentVariable("T"))
                .optional(
                        "scheme",
                        DirectoryKind.Okta::scheme,
                        DirectoryKind.Okta.Scheme.SSWS,
                        "bearer",
                        DirectoryKind.Okta.Scheme.BEARER)
                .optional(
                        "trusted_certificates",
                        DirectoryKind.Okta::trustedCertificates,
                        Optional.empty(),
                        "ca.pem",
                        Optional.of(folder.path("ca.pem")))
                .verify();
    }

    @Test
    void scimHasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> DirectoryKind.Scim::read)
                .required(
                        "token",
                        "env:T",
                        DirectoryKind.Scim::token,
                        new SecretRef.EnvironmentVariable("T"))
                .optional(
                        "folder",
                        DirectoryKind.Scim::folder,
                        folder.path("scim"),
                        "other",
                        folder.path("other"))
                .optional(
                        "principal",
                        DirectoryKind.Scim::principal,
                        DirectoryKind.Scim.PrincipalAttribute.EXTERNAL_ID,
                        "user_name",
                        DirectoryKind.Scim.PrincipalAttribute.USER_NAME)
                .verify();
    }

    @Test
    void answersHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> GroupAnswersConfig::read)
                .optional(
                        "fresh",
                        GroupAnswersConfig::fresh,
                        Duration.ofMinutes(5),
                        "1s",
                        Duration.ofSeconds(1))
                .optional(
                        "max_age",
                        GroupAnswersConfig::maxAge,
                        Duration.ofHours(1),
                        "2h",
                        Duration.ofHours(2))
                .optional(
                        "wait",
                        GroupAnswersConfig::patience,
                        Duration.ofSeconds(3),
                        "100ms",
                        Duration.ofMillis(100))
                .optional(
                        "absent",
                        GroupAnswersConfig::absent,
                        Duration.ofMinutes(1),
                        "5s",
                        Duration.ofSeconds(5))
                .optional("kept", GroupAnswersConfig::kept, 50_000, "100", 100)
                .verify();
    }

    @Test
    void mappedGroupsHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> MappedGroup::read)
                .required("tenant", "okta", MappedGroup::tenant, "okta")
                .required("group", "Data Engineers", MappedGroup::group, "Data Engineers")
                .required(
                        "counts_as",
                        "[" + TENANT + "]",
                        MappedGroup::countsAs,
                        Set.of(PrincipalId.of("okta", TENANT)))
                .optional(
                        "of_tenant",
                        MappedGroup::countsAs,
                        Set.of(PrincipalId.of("okta", TENANT)),
                        TENANT,
                        Set.of(PrincipalId.of(TENANT, TENANT)))
                .verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "name: a\\ntenant: okta\\nfrom: @graph"
                        + "|2:9: tenant: Microsoft Graph knows principals of Entra tenants only",
                "name: a\\ntenant: okta\\nfrom: @scim\\nanswers: {}"
                        + "|4:10: answers: a directory that pushes by SCIM is told, and never asked",
                "name: a\\ntenant: okta\\nfrom: {}"
                        + "|3:7: from: none of `graph`, `okta`, `scim` is given",
                "name: a\\ntenant: @tenant\\nfrom: @graph\\nanswers: {fresh: 10m, max_age: 5m}"
                        + "|4:32: answers.max_age: answers would be too old before they are asked"
                        + " for again",
                "name: a\\ntenant: okta\\nfrom: {okta: {uri: 'http://127.0.0.1:1', token: 'env:T'}}"
                        + "|3:20: from.okta.uri: `http://127.0.0.1:1` is not protected: a credential"
                        + " is sent there"
            })
    void refusesWhatDoesNotFitAndSaysWhere(String text, String problem) {
        String yaml =
                text.replace("\\n", "\n")
                        .replace("@graph", GRAPH)
                        .replace("@scim", SCIM)
                        .replace("@tenant", TENANT);

        assertThat(folder.problems(yaml + "\n", DirectoryConfig.reader())).containsExactly(problem);
    }
}

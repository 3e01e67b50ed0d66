package io.stagedoor.config.listener;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.operator.LoginConfig;
import io.stagedoor.config.operator.OperatorsConfig;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.policy.principal.PrincipalId;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminConfigTest {

    private static final SectionReader<AdminConfig> READER =
            in -> AdminConfig.read(in, new Setting.Refused<>());

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> READER)
                .optional("host", AdminConfig::host, "127.0.0.1", "'::1'", "::1")
                .optional("port", AdminConfig::port, 9090, "0", 0)
                .optional(
                        "traces",
                        AdminConfig::traces,
                        Optional.empty(),
                        "{collector: 'https://c.example:4318'}",
                        Optional.of(
                                new TracesConfig(
                                        URI.create("https://c.example:4318"),
                                        Optional.empty(),
                                        1,
                                        2_048)))
                .optional(
                        "tls",
                        AdminConfig::tls,
                        Optional.empty(),
                        "{certificate: proxy.pem, private_key: proxy.key}",
                        Optional.of(
                                new CertificateConfig(
                                        folder.path("proxy.pem"), folder.path("proxy.key"))))
                .optional(
                        "api_key",
                        admin -> admin.operators().apiKey(),
                        Optional.empty(),
                        "env:KEY",
                        Optional.of(new SecretRef.EnvironmentVariable("KEY")))
                .insteadOfThese("audience")
                .insteadOfThese("operators")
                .insteadOfThese("login")
                .verify();
    }

    private static final String TENANT = "0b1f7e3c-0000-4000-8000-0000000000aa";
    private static final String SOMEBODY = "829ae9c5-0000-4000-8000-000000000010";
    private static final String OPERATORS =
            "operators: {tenant: " + TENANT + ", principals: [" + SOMEBODY + "]}\n";

    @Test
    void operatorsAreNamedByTenantAndObjectId() {
        String groups =
                "audience: api://x\noperators: {tenant: "
                        + TENANT
                        + ", groups: ["
                        + SOMEBODY
                        + "]}";

        OperatorsConfig principals = read("audience: api://x\n" + OPERATORS).operators();
        OperatorsConfig members = read(groups).operators();

        assertThat(principals.audience()).contains("api://x");
        assertThat(principals.members().principals())
                .containsExactly(PrincipalId.of(TENANT, SOMEBODY));
        assertThat(members.members().groups()).containsExactly(PrincipalId.of(TENANT, SOMEBODY));
        assertThat(members.isConfigured()).isTrue();
        assertThat(read("port: 1").operators().isConfigured()).isFalse();
    }

    @Test
    void loginHasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> LoginConfig::read)
                .required("issuer", "entra", LoginConfig::issuer, "entra")
                .required("client_id", "abc", login -> login.client().id(), "abc")
                .required(
                        "public_url",
                        "https://a.example:9090/",
                        LoginConfig::publicUrl,
                        URI.create("https://a.example:9090"))
                .optional(
                        "client_secret",
                        login -> login.client().secret(),
                        Optional.empty(),
                        "env:SECRET",
                        Optional.of(new SecretRef.EnvironmentVariable("SECRET")))
                .optional(
                        "scopes",
                        login -> login.client().scopes(),
                        Set.of("openid", "profile"),
                        "[groups]",
                        Set.of("openid", "groups"))
                .optional(
                        "idle_timeout",
                        login -> login.sessions().idle(),
                        Duration.ofMinutes(30),
                        "5m",
                        Duration.ofMinutes(5))
                .optional(
                        "lifetime",
                        login -> login.sessions().absolute(),
                        Duration.ofHours(8),
                        "1h",
                        Duration.ofHours(1))
                .verify();
    }

    @Test
    void operatorsWithoutAWayInAndWaysWithoutOperatorsAreRefused() {
        assertThat(folder.problems(OPERATORS, READER))
                .anyMatch(problem -> problem.contains("they have no way to show who they are"));
        assertThat(folder.problems("audience: api://x", READER))
                .containsExactly("1:11: audience: nobody is an operator");
        assertThat(
                        folder.problems(
                                "audience: api://x\noperators: {tenant: " + TENANT + "}", READER))
                .anyMatch(problem -> problem.contains("there are no operators"));
    }

    @Test
    void operatorsOffLoopbackNeedTls() {
        String open = "host: 0.0.0.0\napi_key: env:KEY\n";

        assertThat(folder.problems(open, READER))
                .containsExactly("1:1: tls: operators' tokens would cross the network unprotected");
        assertThat(
                        folder.problems(
                                open + "tls: {certificate: proxy.pem, private_key: proxy.key}",
                                READER))
                .isEmpty();
        assertThat(folder.problems("host: '::1'\napi_key: env:KEY\n", READER)).isEmpty();
    }

    @Test
    void thePublicUrlIsHttpsWithoutAPath() {
        for (String url : List.of("http://a.example", "https://a.example/admin")) {
            assertThat(
                            folder.problems(
                                    "{issuer: x, client_id: y, public_url: '" + url + "'}",
                                    LoginConfig::read))
                    .as(url)
                    .hasSize(1);
        }
    }

    private AdminConfig read(String text) {
        return folder.read(text, READER).value().orElseThrow();
    }

    @Test
    void warnsOfAnAddressThatOthersReach() {
        assertThat(folder.warnings("host: 0.0.0.0", READER))
                .containsExactly(
                        "1:7: host: health and metrics are open to everyone who reaches `0.0.0.0`");
        assertThat(folder.warnings("host: localhost", READER)).isEmpty();
    }
}

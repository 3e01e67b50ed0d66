package io.stagedoor.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.stagedoor.config.credential.AssertionConfig;
import io.stagedoor.config.service.AssignmentSource;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.text.ConfigProblem;
import io.stagedoor.policy.decision.Guardrail;
import io.stagedoor.policy.role.RoleAssignment;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigLoaderTest {

    private static final String LISTENER =
            "{tls: {certificate: proxy.pem, private_key: proxy.key}}";
    private static final String ISSUERS =
            "[{name: a, issuer: 'https://a.example', audiences: [x], fixed_tenant: a}]";
    private static final String WORKSPACES =
            "[{name: ws1, tenant: 11111111-2222-4333-8444-555555555555, hosts: [a.example],"
                    + " credential: {managed_identity: {}}}]";
    private static final String FACTORIES =
            "[{name: f1, subscription: 11111111-2222-4333-8444-555555555555, resource_group: rg1,"
                    + " tenant: 11111111-2222-4333-8444-555555555555, hosts: [m.example],"
                    + " credential: {managed_identity: {}}}]";
    private static final String SITES =
            "[{name: s1, tenant: 11111111-2222-4333-8444-555555555555, hosts: [t.example],"
                    + " upstream: {uri: https://u.example},"
                    + " credential: {personal_access_token: {name: n, secret: 'env:T'}}}]";
    private static final String MINIMAL =
            "listener: " + LISTENER + "\nissuers: " + ISSUERS + "\nworkspaces: " + WORKSPACES;

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void anyOfTheThreeListsOfServicesWillDo() {
        folder.write("access.yaml", "tenant: t");
        String others =
                MINIMAL.replaceFirst("(?s)workspaces:.*", "")
                        + ("factories: " + FACTORIES + "\nsites: " + SITES)
                        + "\naccess: {file: access.yaml}";

        assertThat(folder.read(others, new ConfigReader()).value().orElseThrow().services())
                .extracting(ServiceConfig::name)
                .containsExactly("f1", "s1");
        assertThat(
                        folder.problems(
                                MINIMAL.replaceFirst("(?s)workspaces:.*", ""), new ConfigReader()))
                .singleElement()
                .asString()
                .contains("nothing is behind the proxy");
    }

    @Test
    void hasTheseSectionsAndTheRestIsDefaults() {
        folder.write("access.yaml", "tenant: t");
        towardsUpstreams(KeyTable.of(folder, ConfigReader::new))
                .required("issuers", ISSUERS, it -> it.issuers().size(), 1)
                .oneOfTheseNeeded("workspaces", WORKSPACES)
                .insteadOfThese("factories")
                .insteadOfThese("sites")
                .required("listener", LISTENER, it -> it.listener().port(), 8443)
                .optional("admin", it -> it.admin().port(), 9090, "{port: 1}", 1)
                .optional(
                        "limits",
                        it -> it.limits().verifiedTokens(),
                        20_000,
                        "{verified_tokens: 5}",
                        5)
                .optional(
                        "audit",
                        it -> it.audit().directory(),
                        folder.path("audit"),
                        "{directory: journal}",
                        folder.path("journal"))
                .optional(
                        "access",
                        it -> it.access().file(),
                        Optional.empty(),
                        "{file: access.yaml}",
                        Optional.of(folder.path("access.yaml")))
                .verify();
    }

    private static KeyTable<StagedoorConfig> towardsUpstreams(KeyTable<StagedoorConfig> table) {
        return table.optional(
                        "upstream_connections",
                        it -> it.upstreamConnections().pool().maxIdle(),
                        256,
                        "{max_idle_connections: 5}",
                        5)
                .optional(
                        "credentials",
                        it -> it.upstreams().credentials().expiryWarning(),
                        Duration.ofDays(14),
                        "{expiry_warning: 1d}",
                        Duration.ofDays(1))
                .optional(
                        "assertion",
                        it -> it.upstreams().assertion().map(AssertionConfig::lifetime),
                        Optional.empty(),
                        "{issuer: 'https://p.example', lifetime: 2m}",
                        Optional.of(Duration.ofMinutes(2)));
    }

    @Test
    void accessHasTheseKeys() {
        assertThat(
                        ConfigLoader.keys().stream()
                                .map(key -> key.path())
                                .filter(path -> path.startsWith("access"))
                                .filter(
                                        path ->
                                                !path.matches(
                                                        "access\\.(directories|mapped).+\\..*")))
                .containsExactly(
                        "access",
                        "access.file",
                        "access.groups_complete",
                        "access.recheck_interval",
                        "access.directories",
                        "access.mapped_groups");
    }

    @Test
    void asksWhetherWhatIsUnderWayMayGoOnEveryFifteenSeconds() {
        Path usual = folder.write("u.yaml", MINIMAL);
        Path own = folder.write("o.yaml", MINIMAL + "\naccess: {recheck_interval: 1s}");

        assertThat(config(usual).access().recheckInterval()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config(own).access().recheckInterval()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void warnsOfAHostThatNoCertificateIsFor() {
        String hosts = "[a.example, a.b.example, other.test]";
        Path file = folder.write("s.yaml", MINIMAL.replace("[a.example]", hosts));

        assertThat(ConfigLoader.load(file).warnings())
                .extracting(ConfigProblem::line, ConfigProblem::message)
                .containsExactly(
                        tuple(1, "listener: no certificate is for the host `a.b.example`"),
                        tuple(1, "listener: no certificate is for the host `other.test`"));
    }

    @Test
    void takesGroupsAsCompleteOnlyWhenToldSo() {
        folder.write("access.yaml", "tenant: t");
        Path told =
                folder.write(
                        "t.yaml", MINIMAL + "\naccess: {file: access.yaml, groups_complete: true}");
        Path untold = folder.write("u.yaml", MINIMAL + "\naccess: {file: access.yaml}");
        Path without = folder.write("w.yaml", MINIMAL + "\naccess: {groups_complete: true}");

        assertThat(config(told).access().groupsComplete()).isTrue();
        assertThat(config(untold).access().groupsComplete()).isFalse();
        assertThat(problems(without))
                .extracting(ConfigProblem::message)
                .containsExactly("access.groups_complete: no access file names any groups");
    }

    @Test
    void refusesASecondSocketOnTheSamePort() {
        Path file = folder.write("s.yaml", MINIMAL + "\nadmin: {port: 8443}");

        assertThat(problems(file))
                .extracting(ConfigProblem::message)
                .containsExactly("admin.port: this is the port of the listener");
    }

    @Test
    void whatTheAdminSocketBelievesAnIssuerMustVouchFor() {
        String operators = "operators: {tenant: a, principals: [ada]}";
        String login = "login: {issuer: b, client_id: c, public_url: 'https://a.example'}";

        assertThat(folder.problems(adminOf("audience: y, " + operators), new ConfigReader()))
                .containsExactly("1:8: admin: no issuer accepts the audience `y`");
        assertThat(folder.problems(adminOf(login + ", " + operators), new ConfigReader()))
                .containsExactly("1:8: admin: `login` names the issuer `b`, which is none");
        assertThat(folder.problems(adminOf("audience: x, " + operators), new ConfigReader()))
                .isEmpty();
    }

    private static String adminOf(String keys) {
        return "admin: {" + keys + "}\n" + MINIMAL;
    }

    @Test
    void twoSocketsMayBothTakeAFreePort() {
        String text = MINIMAL.replace("{tls:", "{port: 0, tls:") + "\nadmin: {port: 0}";

        assertThat(ConfigLoader.load(folder.write("s.yaml", text)))
                .isInstanceOf(LoadResult.Ok.class);
    }

    @Test
    void reportsBothFilesEachUnderItsOwnName() {
        folder.write("access.yaml", "assignmens: []");
        Path file = folder.write("s.yaml", MINIMAL + "\naccess: {file: access.yaml}\nx: 1");

        assertThat(problems(file))
                .extracting(ConfigProblem::file, ConfigProblem::message)
                .containsExactly(
                        tuple(file.toString(), "unknown key `x` at the top"),
                        tuple(
                                folder.path("access.yaml").toString(),
                                "unknown key `assignmens` at the top; did you mean"
                                        + " `assignments`?"));
    }

    @Test
    void warningsOfBothFilesLeaveTheConfigurationUsable() {
        folder.permit("proxy.key", "rw-r--r--");
        folder.write(
                "access.yaml",
                """
                assignments:
                  - principal: 829ae9c5-0000-4000-8000-000000000001
                    role: Synapse User
                    scope: workspaces/ws1
                """);
        Path file = folder.write("s.yaml", MINIMAL + "\naccess: {file: access.yaml}");

        LoadResult result = ConfigLoader.load(file);

        assertThat(result).isInstanceOf(LoadResult.Ok.class);
        assertThat(result.warnings())
                .extracting(ConfigProblem::line, ConfigProblem::column)
                .containsExactly(tuple(1, 55), tuple(4, 12));
    }

    @Test
    void loadsTheExample() throws IOException {
        Files.createDirectory(folder.path("certificates"));
        Files.move(folder.path("proxy.pem"), folder.path("certificates/proxy.pem"));
        Files.move(folder.path("proxy.key"), folder.path("certificates/proxy.key"));
        folder.write("access.yaml", Files.readString(Path.of("docs/example/access.yaml")));
        Path file =
                folder.write(
                        "stagedoor.yaml", Files.readString(Path.of("docs/example/stagedoor.yaml")));

        LoadResult result = ConfigLoader.load(file);

        assertThat(result).isInstanceOf(LoadResult.Ok.class);
        assertThat(result.warnings()).isEmpty();
        StagedoorConfig config = ((LoadResult.Ok) result).config();
        assertThat(config.services())
                .extracting(ServiceConfig::name, it -> it.assignments().from())
                .containsExactly(
                        tuple("sales", AssignmentSource.BOTH),
                        tuple("research", AssignmentSource.DECLARED));
        assertThat(config.access().declared().assignments())
                .extracting(RoleAssignment::source)
                .containsExactly("access.yaml:5:5", "access.yaml:9:5", "access.yaml:13:5");
        assertThat(config.access().declared().guardrails())
                .extracting(Guardrail::name)
                .containsExactly("nightly-agent");
        assertThat(config.access().declared().memberOf()).hasSize(3);
    }

    @Test
    void saysAllThatIsWrongWithAnAwfulConfiguration() {
        folder.write("stagedoor.yaml", resource("awful/stagedoor.yaml"));
        folder.write("access.yaml", resource("awful/access.yaml"));
        folder.write("old.key", ConfigFolder.pem("RSA PRIVATE KEY"));
        folder.write("token.txt", "a.b.c");
        folder.permit("token.txt", "rw-rw-rw-");

        LoadResult result = ConfigLoader.load(folder.path("stagedoor.yaml"));

        assertThat(result).isInstanceOf(LoadResult.Bad.class);
        LoadResult.Bad bad = (LoadResult.Bad) result;
        assertThat(text(bad.problems())).isEqualTo(resource("awful/problems.txt"));
        assertThat(text(bad.warnings())).isEqualTo(resource("awful/warnings.txt"));
        assertThat(bad.problems()).allMatch(it -> !it.toString().contains("hunter2"));
    }

    private String text(List<ConfigProblem> problems) {
        return problems.stream()
                .map(ConfigProblem::toString)
                .collect(Collectors.joining("\n", "", "\n"))
                .replace(temp + "/", "");
    }

    private static StagedoorConfig config(Path file) {
        return ((LoadResult.Ok) ConfigLoader.load(file)).config();
    }

    private static List<ConfigProblem> problems(Path file) {
        return switch (ConfigLoader.load(file)) {
            case LoadResult.Ok _ -> List.of();
            case LoadResult.Bad bad -> bad.problems();
        };
    }

    private static String resource(String name) {
        try (InputStream in = ConfigLoaderTest.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

package io.stagedoor.config.place;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.policy.principal.PrincipalKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceReaderTest {

    private static final String TENANT = "11111111-2222-4333-8444-555555555555";
    private static final String GOOD =
            """
            name: ws1
            tenant: 11111111-2222-4333-8444-555555555555
            hosts: [ws1.example]
            credential: {managed_identity: {}}
            """;

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    private static SectionReader<ServiceConfig> reader() {
        return new ServiceReader(Set.of("a", "b")::contains, true).of(PlaceKind.WORKSPACE);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        URI other = URI.create("https://other.example:8443");
        withEntrance(KeyTable.of(folder, ServiceReaderTest::reader))
                .required("name", "ws1", ServiceConfig::name, "ws1")
                .required("tenant", TENANT, ServiceConfig::tenant, TENANT)
                .required(
                        "credential",
                        "{managed_identity: {}}",
                        ServiceConfig::credential,
                        new CredentialConfig.ManagedIdentity(Optional.empty()))
                .optional(
                        "upstream",
                        it -> it.upstream().uri(),
                        URI.create("https://ws1.dev.azuresynapse.net"),
                        "{uri: 'https://other.example:8443/'}",
                        other)
                .optional("audiences", ServiceConfig::audiences, Set.of(), "[b]", Set.of("b"))
                .optional(
                        "assignments",
                        it -> it.assignments().from(),
                        AssignmentSource.LIVE,
                        "{from: both}",
                        AssignmentSource.BOTH)
                .oneOfTheseNeeded("path_prefix", "/synapse/ws1")
                .optional(
                        "hosts",
                        ServiceConfig::hosts,
                        Set.of(),
                        "[WS1.Example, b.example]",
                        Set.of("ws1.example", "b.example"))
                .verify();
        assertThat(read(GOOD).pathPrefix()).isEmpty();
        assertThat(read(GOOD + "path_prefix: /a/b-c").pathPrefix()).contains("/a/b-c");
    }

    private static KeyTable<ServiceConfig> withEntrance(KeyTable<ServiceConfig> table) {
        return table.optional(
                        "callers",
                        it -> it.entrance().callers().kinds(),
                        Set.of(),
                        "{kinds: [user, guest]}",
                        Set.of(PrincipalKind.USER, PrincipalKind.GUEST))
                .optional(
                        "step_up",
                        it -> it.entrance().stepUp().map(StepUpConfig::acrValues),
                        Optional.empty(),
                        "{acr_values: [c1]}",
                        Optional.of(Set.of("c1")))
                .optional(
                        "runs", it -> it.entrance().runs(), RunMode.PLAIN, "strict", RunMode.STRICT)
                .optional("follow_runs", it -> it.entrance().followRuns(), false, "true", true)
                .optional(
                        "lists",
                        it -> it.entrance().lists(),
                        ListMode.WHOLE,
                        "filtered",
                        ListMode.FILTERED);
    }

    @Test
    void callersHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> CallersConfig::read)
                .optional(
                        "kinds",
                        CallersConfig::kinds,
                        Set.of(),
                        "[service_principal, managed_identity]",
                        Set.of(PrincipalKind.SERVICE_PRINCIPAL, PrincipalKind.MANAGED_IDENTITY))
                .optional(
                        "client_applications",
                        CallersConfig::clientApplications,
                        Set.of(),
                        "[0oa1]",
                        Set.of("0oa1"))
                .optional(
                        "confidential_clients_only",
                        CallersConfig::confidentialClientsOnly,
                        false,
                        "true",
                        true)
                .optional("scopes", CallersConfig::scopes, Set.of(), "[a.b]", Set.of("a.b"))
                .optional("roles", CallersConfig::roles, Set.of(), "[Jobs]", Set.of("Jobs"))
                .verify();
    }

    @Test
    void stepUpHasTheseKeysAndDefaults() {
        assertThat(read(GOOD + "step_up: {max_auth_age: 1h}").entrance().stepUp())
                .contains(new StepUpConfig(Set.of(), Optional.of(Duration.ofHours(1)), Set.of()));
        KeyTable.of(folder, () -> StepUpConfig::read)
                .oneOfTheseNeeded("acr_values", "[c1, phr]")
                .optional(
                        "max_auth_age",
                        StepUpConfig::maxAuthAge,
                        Optional.empty(),
                        "1h",
                        Optional.of(Duration.ofHours(1)))
                .optional(
                        "operations",
                        StepUpConfig::operations,
                        Set.of(),
                        "[Pipeline_CreatePipelineRun, 'tunnel:x']",
                        Set.of("Pipeline_CreatePipelineRun", "tunnel:x"))
                .verify();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    step_up: {}                                   | 5:10: step_up.acr_values: nothing is demanded
                    step_up: {acr_values: [c1], operations: [Nap]} | 5:42: step_up.operations[0]: `Nap` is no operation of the catalogue
                    callers: {kinds: [robot]}                     | 5:19: callers.kinds[0]: `robot` is not one of `user`, `guest`, `service_principal`, `managed_identity`
                    callers: {scopes: ['a b']}                    | 5:20: callers.scopes[0]: `a b` is not a scope
                    """)
    void refusesCallers(String line, String problem) {
        assertThat(folder.problems(GOOD + line, reader())).containsExactly(problem);
    }

    @Test
    void upstreamHasTheseKeysAndDefaults() {
        upstreamTable()
                .optional("cloud", UpstreamConfig::cloud, Cloud.PUBLIC, "china", Cloud.CHINA)
                .optional(
                        "uri",
                        UpstreamConfig::uri,
                        URI.create("https://ws1.dev.azuresynapse.net"),
                        "https://b.example",
                        URI.create("https://b.example"))
                .optional(
                        "endpoints",
                        UpstreamConfig::endpoints,
                        Set.of(),
                        "[https://10.0.0.4, http://127.0.0.1:15001]",
                        Set.of(
                                URI.create("https://10.0.0.4"),
                                URI.create("http://127.0.0.1:15001")))
                .optional(
                        "trusted_certificates",
                        UpstreamConfig::trustedCertificates,
                        Optional.empty(),
                        "ca.pem",
                        Optional.of(folder.path("ca.pem")))
                .optional(
                        "tunnels",
                        it -> it.tunnels().size(),
                        0,
                        "[{name: a, path: /a, requires: workspaces/read}]",
                        1)
                .verify();
    }

    /** Returns a table with the keys of what answers show. */
    private KeyTable<UpstreamConfig> upstreamTable() {
        return KeyTable.of(folder, () -> UpstreamConfig.readerFor(PlaceKind.WORKSPACE, "ws1"))
                .optional(
                        "spark_links",
                        UpstreamConfig::sparkLinks,
                        UpstreamConfig.SparkLinks.KEEP,
                        "strip",
                        UpstreamConfig.SparkLinks.STRIP)
                .optional(
                        "sql_endpoint",
                        UpstreamConfig::sqlEndpoint,
                        Optional.empty(),
                        "sql.proxy.example",
                        Optional.of("sql.proxy.example"))
                .optional(
                        "sql_on_demand_endpoint",
                        UpstreamConfig::sqlOnDemandEndpoint,
                        Optional.empty(),
                        "od.proxy.example",
                        Optional.of("od.proxy.example"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:15001", "http://[::1]:15001", "http://127.0.0.1"})
    void aSidecarOnThisMachineMayBeSpokenToInPlainText(String uri) {
        UpstreamConfig upstream = read(GOOD + "upstream: {uri: '" + uri + "'}").upstream();

        assertThat(upstream.uri()).isEqualTo(URI.create(uri));
    }

    @Test
    void assignmentsHaveTheseKeysAndDefaults() {
        KeyTable.<AssignmentsConfig>of(
                        folder, () -> in -> AssignmentsConfig.read(in, PlaceKind.WORKSPACE, true))
                .optional(
                        "from",
                        AssignmentsConfig::from,
                        AssignmentSource.LIVE,
                        "declared",
                        AssignmentSource.DECLARED)
                .optional(
                        "poll_interval",
                        AssignmentsConfig::pollInterval,
                        Duration.ofMinutes(1),
                        "5s",
                        Duration.ofSeconds(5))
                .optional(
                        "max_age",
                        AssignmentsConfig::maxAge,
                        Duration.ofMinutes(15),
                        "1d",
                        Duration.ofDays(1))
                .verify();
    }

    @ParameterizedTest
    @EnumSource(Cloud.class)
    void eachCloudGivesTheUpstreamItsName(Cloud cloud) {
        String word = cloud.name().toLowerCase(java.util.Locale.ROOT);

        UpstreamConfig upstream = read(GOOD + "upstream: {cloud: " + word + "}").upstream();

        assertThat(upstream.cloud()).isEqualTo(cloud);
        assertThat(upstream.uri().getHost()).startsWith("ws1.dev.azuresynapse.");
        assertThat(cloud.tokenScope())
                .isEqualTo("https://" + upstream.uri().getHost().substring(4) + "/.default");
        assertThat(cloud.authorityHost().getHost()).startsWith("login.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    audiences: [c]                 | 5:13: audiences[0]: no issuer accepts the audience `c`
                    audiences: []                  | 5:12: audiences: the list is empty
                    path_prefix: ws1               | 5:14: path_prefix: `ws1` is not a path prefix
                    path_prefix: /a/               | 5:14: path_prefix: `/a/` is not a path prefix
                    path_prefix: /a/../b           | 5:14: path_prefix: `/a/../b` is not a path prefix
                    path_prefix: /a%20b            | 5:14: path_prefix: `/a%20b` is not a path prefix
                    path_prefix: /                 | 5:14: path_prefix: `/` is not a path prefix
                    upstream: {uri: 'http://a'}    | 5:17: upstream.uri: `http://a` is not protected: tokens and keys travel over it
                    upstream: {uri: 'http://localhost:1'} | 5:17: upstream.uri: `http://localhost:1` is not protected: tokens and keys travel over it
                    upstream: {uri: 'http://127.0.0.1.a'} | 5:17: upstream.uri: `http://127.0.0.1.a` is not protected: tokens and keys travel over it
                    upstream: {uri: 'http://127.0.0.256'} | 5:17: upstream.uri: `http://127.0.0.256` is not protected: tokens and keys travel over it
                    upstream: {uri: 'http://a@127.0.0.1'} | 5:17: upstream.uri: this URI has a user, a query or a fragment
                    upstream: {uri: 'https://a/b'} | 5:17: upstream.uri: `https://a/b` has a path
                    upstream: {uri: 'https://ws1.example'} | 3:8: hosts: a host name is also that of an upstream: the proxy would call itself
                    upstream: https://a            | 5:11: upstream: expected a section of keys, found a single value
                    assignments: {from: git}       | 5:21: assignments.from: `git` is not one of `live`, `declared`, `both`
                    assignments: {max_age: 30s}    | 5:24: assignments.max_age: the assignments would be too old before they are read again
                    credentials: {}                | 5:1: unknown key `credentials` at the top; did you mean `credential`?
                    """)
    void refuses(String line, String problem) {
        assertThat(folder.problems(GOOD + line, reader())).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {audiences: [a]}                                                | no token that is taken
                    {audiences: [b]}                                                | cannot be read with the callers' tokens
                    {own: {managed_identity: {}}}                                   | no token that is taken
                    {audiences: [x], own: {managed_identity: {}}}                   | no token that is taken
                    """)
    void passesOnNoTokenThatIsNotForTheUpstream(String credential, String problem) {
        String text =
                GOOD.replace("{managed_identity: {}}", "{pass_through: " + credential + "}")
                        + "audiences: [b]";

        assertThat(folder.problems(text, reader())).anyMatch(found -> found.contains(problem));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    assignments: {from: live}     | {audiences: [a, x], own: {managed_identity: {}}}
                    assignments: {from: declared} | {audiences: [a]}
                    audiences: [a, b]             | {audiences: [a], own: {managed_identity: {}}}
                    """)
    void takesOnlyTokensForTheUpstreamWhereTheyGoOn(String line, String credential) {
        String text = GOOD.replace("{managed_identity: {}}", "{pass_through: " + credential + "}");

        assertThat(read(text + line).audiences()).containsExactly("a");
    }

    @ParameterizedTest
    @CsvSource({
        "WS1, `WS1` is not a workspace name (1 to 50 of `a-z`",
        "ws_1, `ws_1` is not a workspace name (1 to 50 of `a-z`",
        "'', '`` is not a workspace name (1 to 50 of `a-z`'",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, 'is not a workspace name (1 to 50 of'"
    })
    void refusesTheName(String name, String problem) {
        String text = GOOD.replace("name: ws1", "name: '" + name + "'");

        assertThat(folder.problems(text, reader())).singleElement().asString().contains(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    https://ws1.example | `https://ws1.example` is not a host name
                    ws1.example:443     | `ws1.example:443` is not a host name
                    '*.example'         | `*.example` is not a host name
                    ws1.example.        | `ws1.example.` is not a host name
                    -a.example          | `-a.example` is not a host name
                    a b                 | `a b` is not a host name
                    """)
    void refusesTheHost(String host, String problem) {
        assertThat(folder.problems(GOOD.replace("ws1.example", "'" + host + "'"), reader()))
                .containsExactly("3:9: hosts[0]: " + problem);
    }

    @Test
    void refusesAWorkspaceThatNothingLeadsTo() {
        assertThat(folder.problems(GOOD.replaceFirst("hosts.*\n", ""), reader()))
                .containsExactly("1:7: name: nothing leads to this workspace");
    }

    @Test
    void refusesDeclaredAssignmentsWithoutAnAccessFile() {
        assertThat(
                        folder.problems(
                                GOOD + "assignments: {from: both}",
                                new ServiceReader(_ -> true, false).of(PlaceKind.WORKSPACE)))
                .containsExactly(
                        "5:21: assignments.from: no access file declares role assignments");
    }

    @Test
    void refusesWhatTwoWorkspacesCannotShare() {
        String text =
                """
                workspaces:
                  - name: ws1
                    tenant: 11111111-2222-4333-8444-555555555555
                    hosts: [a.example, b.example]
                    path_prefix: /synapse
                    credential: {managed_identity: {}}
                  - name: ws2
                    tenant: 11111111-2222-4333-8444-555555555555
                    hosts: [B.example]
                    path_prefix: /Synapse/ws2
                    upstream: {uri: https://ws1.dev.azuresynapse.net}
                    credential: {managed_identity: {}}
                  - name: ws1
                    tenant: 11111111-2222-4333-8444-555555555555
                    path_prefix: /synapse2
                    upstream: {uri: https://a.example}
                    credential: {managed_identity: {}}
                """;

        assertThat(folder.problems(text, all(new ServiceReader(_ -> true, true))))
                .containsExactly(
                        "9:13: workspaces[1].hosts[0]: the host name `B.example` is taken already,"
                                + " at 4:24",
                        "10:18: workspaces[1].path_prefix: the path prefix `/Synapse/ws2` overlaps"
                                + " with `/synapse` at 5:18",
                        "11:15: workspaces[1].upstream: another service goes to"
                                + " `https://ws1.dev.azuresynapse.net`, at 2:5",
                        "13:11: workspaces[2].name: the service name `ws1` is taken already, at"
                                + " 2:11");
    }

    @Test
    void factoriesShareTheirNamesAndAreToldApartByTheirResourceIds() {
        String text = "factories:\n" + factory("f1", "rg1") + factory("f2", "rg1");

        List<ServiceConfig> both =
                folder.read(text, all(new ServiceReader(_ -> true, true))).value().orElseThrow();

        assertThat(both)
                .extracting(ServiceConfig::root)
                .extracting("text")
                .containsExactly("factories/f1", "factories/f2");
        assertThat(both.getFirst().upstream().uri())
                .isEqualTo(URI.create("https://management.azure.com"));
        assertThat(both.getFirst().assignments().from()).isEqualTo(AssignmentSource.DECLARED);
        assertThat(both.getFirst().place())
                .isEqualTo(new Place.Factory("f1", TENANT, "rg1"))
                .extracting(place -> ((Place.Factory) place).resourceId())
                .isEqualTo(
                        "/subscriptions/"
                                + TENANT
                                + "/resourceGroups/rg1/providers/Microsoft.DataFactory/factories/f1");
    }

    private static String factory(String name, String group) {
        return "  - {name: "
                + name
                + (", subscription: " + TENANT + ", resource_group: " + group)
                + (", tenant: " + TENANT + ", hosts: [m.example], path_prefix: /arm")
                + ", credential: {managed_identity: {}}}\n";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    hosts: [m.example]   | the host name `m.example` is taken already
                    path_prefix: /arm    | the path prefix `/arm` overlaps with `/arm`
                    path_prefix: /arm/x  | the path prefix `/arm/x` overlaps with `/arm`
                    name: f1             | the service name `f1` is taken already
                    upstream: {uri: 'https://management.azure.com'} | another service goes to `https://management.azure.com`
                    """)
    void nothingElseSharesThem(String line, String problem) {
        String site =
                "sites:\n  - name: s1\n    tenant: "
                        + TENANT
                        + "\n    credential: {personal_access_token: {name: n, secret: 'env:T'}}\n";
        String named = line.startsWith("name") ? site.replace("name: s1", line) : site;
        String text =
                "factories:\n"
                        + factory("f1", "rg1")
                        + with(named, "hosts: [t.example]", line)
                        + "";

        assertThat(folder.problems(text, all(new ServiceReader(_ -> true, true))))
                .singleElement()
                .asString()
                .contains(problem);
    }

    /** Writes the keys a site needs, unless the line gives them. */
    private static String with(String site, String names, String line) {
        boolean leads = line.startsWith("hosts") || line.startsWith("path_prefix");
        boolean goes = line.startsWith("upstream");
        return site
                + ("    " + (leads ? line : names) + "\n")
                + ("    " + (goes ? line : "upstream: {uri: 'https://u.example'}") + "\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    name: f_1                      | `f_1` is not a factory name (1 to 63
                    subscription: s                | subscription: `s` is not a GUID
                    resource_group: rg.            | `rg.` is not a resource group
                    resource_group: a/b            | `a/b` is not a resource group
                    assignments: {from: live}      | a factory has no role assignments of its own to read
                    """)
    void refusesTheFactory(String line, String problem) {
        String key = line.substring(0, line.indexOf(':') + 1);
        String entry =
                ("name: f1\nsubscription: " + TENANT + "\nresource_group: rg1\ntenant: " + TENANT)
                        + "\nhosts: [m.example]\ncredential: {managed_identity: {}}\n";
        String text = entry.replaceFirst("(?m)^" + key + ".*\n", "") + line;

        assertThat(folder.problems(text, new ServiceReader(_ -> true, true).of(PlaceKind.FACTORY)))
                .singleElement()
                .asString()
                .contains(problem);
    }

    @Test
    void refusesAFactoryThatStandsTwice() {
        String text = "factories:\n" + factory("f1", "rg1") + factory("F1", "RG1");

        assertThat(folder.problems(text, all(new ServiceReader(_ -> true, true)))).hasSize(1);
    }

    @Test
    void refusesASiteWithoutAnUpstream() {
        String text =
                GOOD.replace("name: ws1", "name: s1")
                        .replace(
                                "{managed_identity: {}}",
                                "{personal_access_token: {name: n, secret: 'env:T'}}");

        assertThat(folder.problems(text, new ServiceReader(_ -> true, true).of(PlaceKind.SITE)))
                .singleElement()
                .asString()
                .contains("upstream.uri");
    }

    private static SectionReader<List<ServiceConfig>> all(ServiceReader reader) {
        return in -> {
            var workspaces = in.sections("workspaces", reader.of(PlaceKind.WORKSPACE), 0);
            var factories = in.sections("factories", reader.of(PlaceKind.FACTORY), 0);
            var sites = in.sections("sites", reader.of(PlaceKind.SITE), 0);
            return in.build(
                    () ->
                            Stream.of(workspaces, factories, sites)
                                    .flatMap(each -> each.value().stream())
                                    .toList());
        };
    }

    private ServiceConfig read(String text) {
        return folder.read(text, reader()).value().orElseThrow();
    }
}

package io.stagedoor.config.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.testing.ConfigFolder;
import io.stagedoor.config.testing.KeyTable;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IssuerReaderTest {

    private static final String TENANT = "11111111-2222-4333-8444-55555555aaaa";
    private static final String OTHER = "99999999-2222-4333-8444-555555555555";
    private static final String ENTRA = "https://login.microsoftonline.com/" + TENANT + "/v2.0";
    private static final String GOOD =
            "name: entra\nissuer: " + ENTRA + "\naudiences: [api://stagedoor]\n";

    @TempDir Path temp;
    private ConfigFolder folder;

    @BeforeEach
    void fillFolder() {
        folder = ConfigFolder.in(temp);
    }

    @Test
    void hasTheseKeysAndDefaults() {
        withFurtherSections(withTokenKeys(KeyTable.of(folder, IssuerReader::new)))
                .required("name", "entra", IssuerConfig::name, "entra")
                .required("issuer", ENTRA, IssuerConfig::issuer, URI.create(ENTRA))
                .required(
                        "audiences",
                        "[https://dev.azuresynapse.net, https://dev.azuresynapse.net/]",
                        it -> it.tokens().audiences(),
                        Set.of("https://dev.azuresynapse.net", "https://dev.azuresynapse.net/"))
                .optional("tenants", IssuerConfig::tenant, tid(TENANT), list(OTHER), tid(OTHER))
                .optional(
                        "tenant_claim",
                        IssuerConfig::tenant,
                        tid(TENANT),
                        "org",
                        new TenantRule.FromClaim("org", Set.of(TENANT)))
                .optional(
                        "fixed_tenant",
                        IssuerConfig::tenant,
                        tid(TENANT),
                        "okta",
                        new TenantRule.Fixed("okta"))
                .optional("claims", it -> it.claims().principal(), "oid", "{principal: sub}", "sub")
                .optional(
                        "keys",
                        it -> it.keys().uri(),
                        Optional.empty(),
                        "{uri: 'https://login.example/keys'}",
                        Optional.of(URI.create("https://login.example/keys")))
                .verify();
    }

    private static KeyTable<IssuerConfig> withFurtherSections(KeyTable<IssuerConfig> table) {
        return table.optional(
                        "agents",
                        IssuerConfig::agents,
                        List.of(),
                        "[{client_application: "
                                + OTHER.toUpperCase(Locale.ROOT)
                                + ", principal: agent}]",
                        List.of(new AgentConfig(OTHER, "agent")))
                .optional(
                        "introspection",
                        it -> it.introspection().map(IntrospectionConfig::clientId),
                        Optional.empty(),
                        "{uri: 'https://a.example/i', client_id: me, client_secret: 'env:S'}",
                        Optional.of("me"));
    }

    private static KeyTable<IssuerConfig> withTokenKeys(KeyTable<IssuerConfig> table) {
        return table.optional(
                        "algorithms",
                        it -> it.tokens().algorithms(),
                        Set.of("RS256"),
                        "[PS256, ES256]",
                        Set.of("PS256", "ES256"))
                .optional(
                        "clock_skew",
                        it -> it.tokens().clockSkew(),
                        Duration.ofMinutes(1),
                        "10m",
                        Duration.ofMinutes(10))
                .optional(
                        "max_token_age",
                        it -> it.tokens().maxAge(),
                        Optional.empty(),
                        "1d",
                        Optional.of(Duration.ofDays(1)))
                .optional(
                        "access_token_type_required",
                        it -> it.tokens().accessTokenTypeRequired(),
                        false,
                        "true",
                        true)
                .optional(
                        "token_binding",
                        it -> it.tokens().binding(),
                        TokenBinding.REFUSED,
                        "required",
                        TokenBinding.REQUIRED);
    }

    @Test
    void actorClaimsHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> ActorClaimMap::read)
                .optional("claim", ActorClaimMap::claim, "act", "actor", "actor")
                .optional(
                        "principal",
                        ActorClaimMap::principal,
                        List.of("oid", "sub"),
                        "[uid]",
                        List.of("uid"))
                .optional(
                        "application",
                        ActorClaimMap::application,
                        List.of("client_id", "azp", "appid"),
                        "[cid]",
                        List.of("cid"))
                .optional("marker", ActorClaimMap::marker, "xms_act_fct", "facet", "facet")
                .optional(
                        "marker_values",
                        ActorClaimMap::markerValues,
                        Set.of("11"),
                        "[agent]",
                        Set.of("agent"))
                .verify();
    }

    @Test
    void agentsHaveTheseKeys() {
        KeyTable.of(folder, AgentReader::new)
                .required("client_application", "0oa1", AgentConfig::clientApplication, "0oa1")
                .required("principal", "00u1", AgentConfig::principal, "00u1")
                .verify();
    }

    @Test
    void introspectionHasTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> IntrospectionConfig::read)
                .required(
                        "uri",
                        "https://login.example/introspect",
                        IntrospectionConfig::uri,
                        URI.create("https://login.example/introspect"))
                .required("client_id", "stagedoor", IntrospectionConfig::clientId, "stagedoor")
                .required(
                        "client_secret",
                        "env:SECRET",
                        IntrospectionConfig::clientSecret,
                        new SecretRef.EnvironmentVariable("SECRET"))
                .optional(
                        "trusted_certificates",
                        IntrospectionConfig::trustedCertificates,
                        Optional.empty(),
                        "ca.pem",
                        Optional.of(folder.path("ca.pem")))
                .optional(
                        "max_cache_age",
                        IntrospectionConfig::maxCacheAge,
                        Duration.ofMinutes(1),
                        "0s",
                        Duration.ZERO)
                .optional(
                        "timeout",
                        IntrospectionConfig::timeout,
                        Duration.ofSeconds(5),
                        "1s",
                        Duration.ofSeconds(1))
                .verify();
    }

    @Test
    void refusesToAskTwoIssuersAboutOpaqueTokens() {
        SectionReader<?> both =
                in -> {
                    var all = in.sections("issuers", new IssuerReader(), 1);
                    return in.build(all::value);
                };
        String asked =
                "  introspection: {uri: 'https://a.example/i', client_id: me, client_secret: 'env:S'}\n";
        String one = "- " + GOOD.strip().replace("\n", "\n  ") + "\n" + asked;

        assertThat(
                        folder.problems(
                                "issuers:\n" + one + one.replace("entra", "b").replace("/v2.0", ""),
                                both))
                .containsExactly(
                        "9:18: issuers[1].introspection: another issuer is asked about opaque"
                                + " tokens, and they do not say whose they are");
    }

    @Test
    void claimsHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> ClaimMap::read)
                .optional("principal", ClaimMap::principal, "oid", "uid", "uid")
                .optional(
                        "groups",
                        ClaimMap::groups,
                        "groups",
                        "https://x/groups",
                        "https://x/groups")
                .optional(
                        "client_application",
                        ClaimMap::clientApplication,
                        List.of("azp", "appid"),
                        "[cid, azp]",
                        List.of("cid", "azp"))
                .optional(
                        "user_name",
                        ClaimMap::userName,
                        List.of("upn", "preferred_username"),
                        "[email]",
                        List.of("email"))
                .optional("actor", it -> it.actor().claim(), "act", "{claim: actor}", "actor")
                .verify();
    }

    @Test
    void keysHaveTheseKeysAndDefaults() {
        KeyTable.of(folder, () -> KeySetConfig::read)
                .optional(
                        "uri",
                        KeySetConfig::uri,
                        Optional.empty(),
                        "https://login.example/keys",
                        Optional.of(URI.create("https://login.example/keys")))
                .optional(
                        "trusted_certificates",
                        KeySetConfig::trustedCertificates,
                        Optional.empty(),
                        "ca.pem",
                        Optional.of(folder.path("ca.pem")))
                .optional(
                        "refresh_interval",
                        KeySetConfig::refreshInterval,
                        Duration.ofMinutes(15),
                        "1h",
                        Duration.ofHours(1))
                .optional(
                        "cool_down",
                        KeySetConfig::coolDown,
                        Duration.ofSeconds(30),
                        "1s",
                        Duration.ofSeconds(1))
                .optional(
                        "max_age",
                        KeySetConfig::maxAge,
                        Duration.ofDays(1),
                        "7d",
                        Duration.ofDays(7))
                .verify();
    }

    @Test
    void takesTheTenantThatAnEntraIssuerNames() {
        String text = GOOD.replace(TENANT, TENANT.toUpperCase(Locale.ROOT));

        assertThat(folder.read(text, new IssuerReader()).value().orElseThrow().tenant())
                .isEqualTo(tid(TENANT));
    }

    @Test
    void refusesAnIssuerThatMaySpeakForAnyTenant() {
        String text = GOOD.replace(ENTRA, "https://idp.example/oauth2");

        assertThat(folder.problems(text, new IssuerReader()))
                .containsExactly(
                        "2:9: issuer: neither this URI nor a key names the tenants it may speak"
                                + " for");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    clock_skew: 11m           | 4:13: clock_skew: `11m` is not a duration from 0s to 10m
                    clock_skew: -1s           | 4:13: clock_skew: `-1s` is not a duration
                    algorithms: [HS256]       | 4:14: algorithms[0]: `HS256` is not one of `RS256`, `PS256`, `ES256`
                    algorithms: [none]        | 4:14: algorithms[0]: `none` is not one of `RS256`, `PS256`, `ES256`
                    algorithms: []            | 4:13: algorithms: the list is empty
                    algorithms: [RS256,RS256] | 4:20: algorithms[1]: this value is repeated
                    tenants: [common]         | 4:11: tenants[0]: `common` is not a GUID
                    tenants: [a-b]            | 4:11: tenants[0]: `a-b` is not a GUID
                    claims: {principal: upn}  | 4:21: claims.principal: `upn` changes, and is given to another person later
                    keys: {uri: 'http://a/b'} | 4:13: keys.uri: `http://a/b` is not protected: tokens and keys travel over it
                    token_binding: maybe      | 4:16: token_binding: `maybe` is not one of `refused`, `accepted`, `required`
                    agents: [{client_application: a, principal: b}, {client_application: a, principal: c}] | 4:70: agents[1].client_application: the application `a` is listed before
                    claims: {actor: {principal: [email]}} | 4:30: claims.actor.principal[0]: `email` changes, and is given to another person later
                    introspection: {uri: 'http://a.example/i', client_id: me, client_secret: 'env:S'} | 4:22: introspection.uri: `http://a.example/i` is not protected: tokens and keys travel over it
                    keys: {max_age: 10m}      | 4:17: keys.max_age: the keys would expire before they are fetched again
                    keys: {trusted_certificates: no.pem} | 4:30: keys.trusted_certificates: the file `no.pem` does not exist
                    access_token_type_required: yes      | 4:29: access_token_type_required: `yes` is not `true` or `false`
                    """)
    void refuses(String line, String problem) {
        assertThat(folder.problems(GOOD + line, new IssuerReader())).containsExactly(problem);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    http://127.0.0.1/t          | `http://127.0.0.1/t` is not protected: tokens and keys travel over it
                    https://a.example/common/v2 | `https://a.example/common/v2` is an endpoint for all tenants; no token names it as its issuer
                    https://u:p@a.example/      | this URI has a user, a query or a fragment
                    https://a.example/?x=1      | this URI has a user, a query or a fragment
                    https://a.example/../b      | `https://a.example/../b` is not an https URI
                    https://a.example:99999/b   | `https://a.example:99999/b` is not an https URI
                    https:///b                  | `https:///b` is not an https URI
                    'https://a/{tenantid}/v2.0' | `https://a/{tenantid}/v2.0` is not an https URI
                    a.example                   | `a.example` is not an https URI
                    """)
    void refusesTheIssuer(String issuer, String problem) {
        String text = GOOD.replace(ENTRA, "\"" + issuer + "\"") + "fixed_tenant: x\n";

        assertThat(folder.problems(text, new IssuerReader()))
                .containsExactly("2:9: issuer: " + problem);
    }

    @Test
    void refusesAFixedTenantBesideListedOnes() {
        assertThat(
                        folder.problems(
                                GOOD + "tenants: " + list(OTHER) + "\nfixed_tenant: x",
                                new IssuerReader()))
                .containsExactly(
                        "5:15: fixed_tenant: a fixed tenant leaves no room for `tenants` or"
                                + " `tenant_claim`");
    }

    @Test
    void refusesTheSameNameAndIssuerTwice() {
        SectionReader<?> both =
                in -> {
                    var all = in.sections("issuers", new IssuerReader(), 1);
                    return in.build(all::value);
                };
        String entry = "- " + GOOD.strip().replace("\n", "\n  ") + "\n";

        assertThat(folder.problems("issuers:\n" + entry + entry, both))
                .containsExactly(
                        "5:9: issuers[1].name: the issuer name `entra` is taken already, at 2:9",
                        "6:11: issuers[1].issuer: the issuer `"
                                + ENTRA
                                + "` is taken already, at 3:11");
    }

    private static TenantRule tid(String tenant) {
        return new TenantRule.FromClaim("tid", Set.of(tenant));
    }

    private static String list(String item) {
        return "[" + item + "]";
    }
}

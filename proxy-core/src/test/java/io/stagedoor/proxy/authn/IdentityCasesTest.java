package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_BAD_SIGNATURE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNKNOWN_KEY;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_AUDIENCE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_ISSUER;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_TENANT;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.refusal.Code;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections "Entra ID" and "Okta and plain OIDC" of the table of bad tokens: who is asking. */
class IdentityCasesTest {

    private static final String GROUP = "96000000-0000-4000-8000-000000000003";

    private static AuthnFixture fixture;

    @BeforeAll
    static void start() {
        fixture = new AuthnFixture();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void reset() {
        fixture.reset();
    }

    static Stream<TokenCase> cases() {
        return Stream.of(tenants(), foreign(), principals(), applications(), groups(), actors())
                .flatMap(rows -> rows);
    }

    private static Stream<TokenCase> tenants() {
        Stream<TokenCase> foreign =
                Stream.of(
                                "64 " + AuthnFixture.T2,
                                "64 ",
                                "65 common",
                                "65 organizations",
                                "65 consumers",
                                "65 {tenantid}",
                                "66 9188040d-6c67-4c5b-b112-36a304b66dad")
                        .map(
                                row ->
                                        claim(
                                                row.replace(" ", " tid "),
                                                TOKEN_WRONG_TENANT,
                                                "tid",
                                                row.substring(3)));
        return Stream.concat(
                foreign,
                Stream.of(
                        without("64 tid missing", TOKEN_WRONG_TENANT, "tid"),
                        claim("64 tid a list", TOKEN_MALFORMED, "tid", List.of(AuthnFixture.T1)),
                        claim("68 ver of the other version", TOKEN_WRONG_ISSUER, "ver", "1.0"),
                        claim("68 ver a number", TOKEN_MALFORMED, "ver", 2)));
    }

    private static Stream<TokenCase> foreign() {
        return Stream.of(
                TokenCase.of(
                        "63 token of t2",
                        TOKEN_WRONG_ISSUER,
                        f ->
                                f.good()
                                        .claim("iss", f.entra(AuthnFixture.T2))
                                        .claim("tid", AuthnFixture.T2)
                                        .sign(TestKeys.RSA)),
                TokenCase.of(
                        "64 tid of t1, iss of t2",
                        TOKEN_WRONG_ISSUER,
                        f -> f.good().claim("iss", f.entra(AuthnFixture.T2)).sign(TestKeys.RSA)),
                TokenCase.of(
                        "65 iss is the template",
                        TOKEN_WRONG_ISSUER,
                        f -> f.good().claim("iss", f.entra("{tenantid}")).sign(TestKeys.RSA)),
                TokenCase.fetching(
                        "67 key of another tenant",
                        TOKEN_UNKNOWN_KEY,
                        f -> f.good().header("kid", "other-tenant").sign(TestKeys.RSA)),
                TokenCase.fetching(
                        "67 key of another cloud",
                        TOKEN_UNKNOWN_KEY,
                        f -> f.good().header("kid", "other-cloud").sign(TestKeys.RSA)),
                TokenCase.of(
                        "68 issuer of the other version",
                        TOKEN_WRONG_ISSUER,
                        f ->
                                f.good()
                                        .claim(
                                                "iss",
                                                "https://sts.windows.net/" + AuthnFixture.T1 + "/")
                                        .claim("ver", "1.0")
                                        .sign(TestKeys.RSA)));
    }

    private static Stream<TokenCase> principals() {
        return Stream.of(
                without("74 oid missing", TOKEN_UNACCEPTABLE, "oid"),
                claim("74 oid empty", TOKEN_UNACCEPTABLE, "oid", ""),
                claim(
                        "74 oid in braces",
                        TOKEN_UNACCEPTABLE,
                        "oid",
                        "{" + AuthnFixture.ALICE + "}"),
                claim("74 oid with a slash", TOKEN_UNACCEPTABLE, "oid", "a/b"),
                claim("74 oid with a line break", TOKEN_UNACCEPTABLE, "oid", "a\r\nb"),
                claim("74 oid of 10 KB", TOKEN_UNACCEPTABLE, "oid", "a".repeat(10_000)),
                claim("74 oid a number", TOKEN_MALFORMED, "oid", 1),
                claim("77 scp a number", TOKEN_MALFORMED, "scp", 1),
                claim("70 idtyp a list", TOKEN_MALFORMED, "idtyp", List.of("app")));
    }

    private static Stream<TokenCase> applications() {
        return Stream.of(
                claim("71 azp and appid disagree", TOKEN_UNACCEPTABLE, "appid", AuthnFixture.ALICE),
                claim("71 azp a number", TOKEN_MALFORMED, "azp", 1),
                claim("71 azp with a line break", TOKEN_UNACCEPTABLE, "azp", "a\nb"),
                claim("71 azp empty", TOKEN_UNACCEPTABLE, "azp", ""));
    }

    private static Stream<TokenCase> groups() {
        return Stream.of(
                claim("75 groups a text", TOKEN_MALFORMED, "groups", GROUP),
                claim("75 groups with a number", TOKEN_MALFORMED, "groups", List.of(GROUP, 1)),
                claim("75 groups an object", TOKEN_MALFORMED, "groups", Map.of("a", 1)));
    }

    private static Stream<TokenCase> actors() {
        Object deep = Map.of("sub", "a0");
        for (int i = 1; i <= 8; i++) {
            deep = Map.of("sub", "a" + i, "act", deep);
        }
        return Stream.of(
                claim("act a text", TOKEN_UNACCEPTABLE, "act", "agent"),
                claim("act without a name", TOKEN_UNACCEPTABLE, "act", Map.of("iss", "x")),
                claim(
                        "act with an unreadable name",
                        TOKEN_UNACCEPTABLE,
                        "act",
                        Map.of("sub", "a\u202eb")),
                claim("act of nine actors", TOKEN_UNACCEPTABLE, "act", deep));
    }

    private static TokenCase claim(String row, Code code, String name, Object value) {
        return TokenCase.of(row, code, f -> f.good().claim(name, value).sign(TestKeys.RSA));
    }

    private static TokenCase without(String row, Code code, String name) {
        return TokenCase.of(row, code, f -> f.good().without(name).sign(TestKeys.RSA));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        row.check(fixture);
    }

    @Test
    void readsWhoIsAsking() {
        VerifiedToken token = fixture.accept(fixture.good().sign(TestKeys.RSA));

        assertThat(token.principal())
                .isEqualTo(PrincipalId.of(AuthnFixture.T1, AuthnFixture.ALICE));
        assertThat(token.kind()).isEqualTo(PrincipalKind.USER);
        assertThat(token.clientApplication()).contains(AuthnFixture.CLIENT);
        assertThat(token.groups()).isEmpty();
        assertThat(token.issuerName()).isEqualTo("entra");
        assertThat(token.audiences()).containsExactly("api1");
        assertThat(token.tokenId()).contains("token-1");
        assertThat(token.label()).contains("alice@example.org");
        assertThat(token.actorChain()).isEmpty();
    }

    @Test
    void readsTheOtherIssuersClaimsAsConfigured() {
        Draft draft =
                fixture.goodOkta().claim("groups", List.of("Everyone", "data-eng", "two words"));

        VerifiedToken token = fixture.accept(draft.sign(TestKeys.OTHER_RSA));

        assertThat(token.principal()).isEqualTo(PrincipalId.of("okta-main", "00u1alice"));
        assertThat(token.clientApplication()).contains("0oaclient");
        assertThat(token.tokenId()).contains("AT.token");
        assertThat(token.kind()).isEqualTo(PrincipalKind.USER);
        assertThat(token.groups().orElseThrow())
                .containsExactlyInAnyOrder(
                        PrincipalId.of("okta-main", "Everyone"),
                        PrincipalId.of("okta-main", "data-eng"),
                        PrincipalId.ofName("okta-main", "two words"));
    }

    @Test
    void refusesTheOrganisationServersTokensOfOkta() {
        String token = fixture.goodOkta().claim("aud", fixture.okta()).sign(TestKeys.OTHER_RSA);

        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_WRONG_AUDIENCE);
    }

    @Test
    void namesNeverDecideWhoIsAsking() {
        Draft mallory =
                fixture.good()
                        .claim("oid", "0a11ce00-0000-4000-8000-00000000000f")
                        .claim("email", "alice@example.org")
                        .claim("upn", "alice@example.org");

        VerifiedToken token = fixture.accept(mallory.sign(TestKeys.RSA));

        assertThat(token.principal().objectId()).isEqualTo("0a11ce00-0000-4000-8000-00000000000f");
        assertThat(token.label()).contains("alice@example.org");
    }

    @Test
    void guestsHaveNoNameThatAnUpstreamKnowsThemBy() {
        Draft alice = fixture.good().claim("upn", "alice@example.org");

        VerifiedToken member = fixture.accept(alice.sign(TestKeys.RSA));
        VerifiedToken guest = fixture.accept(alice.claim("acct", 1).sign(TestKeys.RSA));

        assertThat(member.userName()).contains("alice@example.org");
        assertThat(guest.userName()).isEmpty();
        assertThat(guest.label()).contains("alice@example.org");
    }

    @Test
    void foldsTheCaseOfGuids() {
        Draft shouting =
                fixture.good()
                        .claim("oid", AuthnFixture.ALICE.toUpperCase(Locale.ROOT))
                        .claim("tid", AuthnFixture.T1.toUpperCase(Locale.ROOT))
                        .claim("azp", AuthnFixture.CLIENT.toUpperCase(Locale.ROOT));

        VerifiedToken token = fixture.accept(shouting.sign(TestKeys.RSA));

        assertThat(token.principal())
                .isEqualTo(PrincipalId.of(AuthnFixture.T1, AuthnFixture.ALICE));
        assertThat(token.clientApplication()).contains(AuthnFixture.CLIENT);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "user, -, USER",
                "app, -, SERVICE_PRINCIPAL",
                "app, user_impersonation, UNKNOWN",
                "device, -, UNKNOWN",
                "-, user_impersonation, USER",
                "-, -, UNKNOWN",
            })
    void tellsUsersFromApplications(
            @org.jspecify.annotations.Nullable String type,
            @org.jspecify.annotations.Nullable String scopes,
            PrincipalKind kind) {
        Draft draft = fixture.good().without("scp");
        draft = type == null ? draft : draft.claim("idtyp", type);
        draft = scopes == null ? draft : draft.claim("scp", scopes);

        assertThat(fixture.accept(draft.sign(TestKeys.RSA)).kind()).isEqualTo(kind);
    }

    @Test
    void takesATokenOfAnApplicationsOwnForOne() {
        Draft sameSubject = fixture.good().without("scp").claim("sub", AuthnFixture.ALICE);
        Draft withRoles = fixture.good().without("scp").claim("roles", List.of("Jobs.Run"));

        assertThat(fixture.accept(sameSubject.sign(TestKeys.RSA)).kind())
                .isEqualTo(PrincipalKind.SERVICE_PRINCIPAL);
        assertThat(fixture.accept(withRoles.sign(TestKeys.RSA)).kind())
                .isEqualTo(PrincipalKind.SERVICE_PRINCIPAL);
    }

    @Test
    void knowsTheGroupsThatTheTokenNames() {
        Draft draft =
                fixture.good().claim("groups", List.of(GROUP, GROUP.toUpperCase(Locale.ROOT)));

        VerifiedToken token = fixture.accept(draft.sign(TestKeys.RSA));

        assertThat(token.groups()).contains(Set.of(PrincipalId.of(AuthnFixture.T1, GROUP)));
    }

    @Test
    void anEmptyListOfGroupsIsKnownToBeEmpty() {
        VerifiedToken token =
                fixture.accept(fixture.good().claim("groups", List.of()).sign(TestKeys.RSA));

        assertThat(token.groups()).contains(Set.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"_claim_names", "hasgroups", "both"})
    void overageLeavesGroupsUnknownAndFetchesNothing(String marker) {
        Draft draft = fixture.good().claim("groups", List.of(GROUP));
        if (!marker.equals("_claim_names")) {
            draft = draft.claim("hasgroups", true);
        }
        if (!marker.equals("hasgroups")) {
            String endpoint = fixture.server.base() + "/graph";
            draft =
                    draft.claim("_claim_names", Map.of("groups", "src1"))
                            .claim("_claim_sources", Map.of("src1", Map.of("endpoint", endpoint)));
        }

        VerifiedToken token = fixture.accept(draft.sign(TestKeys.RSA));

        assertThat(token.groups()).isEmpty();
        assertThat(fixture.server.allHits()).isZero();
    }

    @Test
    void groupNamesNeverBecomeGroupsOfTheTenant() {
        AtomicInteger ignored = new AtomicInteger();
        fixture.make(
                AuthnFixture.LIMITS,
                AuthnFixture.TIMES,
                new AuthenticationListener() {
                    @Override
                    public void onGroupsIgnored(String issuerName, int groups) {
                        ignored.addAndGet(groups);
                    }
                },
                fixture.entraIssuer());
        Draft draft = fixture.good().claim("groups", List.of(GROUP, "Admins", "with space", ""));

        VerifiedToken token = fixture.accept(draft.sign(TestKeys.RSA));

        assertThat(token.groups().orElseThrow())
                .containsExactlyInAnyOrder(
                        PrincipalId.of(AuthnFixture.T1, GROUP),
                        PrincipalId.of("entra", "Admins"),
                        PrincipalId.ofName("entra", "with space"));
        assertThat(ignored).hasValue(1);
    }

    @Test
    void readsTheChainOfActors() {
        Object chain =
                Map.of("sub", "agent-1", "act", Map.of("client_id", "orchestrator", "iss", "x"));

        VerifiedToken token = fixture.accept(fixture.good().claim("act", chain).sign(TestKeys.RSA));

        assertThat(token.actorChain()).containsExactly("agent-1", "orchestrator");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\r\nb", "a\u0000b", "a\u202eb", "\\ud800", " ", ""})
    void textsThatWouldConfuseAReaderAreNotShown(String text) {
        Draft draft = fixture.good().claim("preferred_username", text).claim("uti", text);
        String loneSurrogateEscaped = draft.claims().toString().replace("\\\\u", "\\u");

        VerifiedToken token = fixture.accept(draft.signPayload(loneSurrogateEscaped, TestKeys.RSA));

        assertThat(token.label()).isEmpty();
        assertThat(token.tokenId()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a\r\nb", "\"", "\u202e", "\u0000"})
    void theSubjectIsNeverUsed(String subject) {
        VerifiedToken token =
                fixture.accept(fixture.good().claim("sub", subject).sign(TestKeys.RSA));

        assertThat(token.toString())
                .isEqualTo(
                        "VerifiedToken["
                                + AuthnFixture.T1
                                + "/"
                                + AuthnFixture.ALICE
                                + " by entra]");
    }

    @Test
    void anIssuerSpeaksForItsOwnTenantEvenIfBothAreAllowed() {
        TrustedIssuer both =
                new TrustedIssuer(
                        "entra",
                        fixture.entra(),
                        fixture.fixedKeys(AuthnFixture.KEYS),
                        fixture.entraIssuer().rules(),
                        TenantRule.entra(Set.of(AuthnFixture.T1, AuthnFixture.T2)),
                        ClaimNames.ENTRA);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, both);

        String token = fixture.good().claim("tid", AuthnFixture.T2).sign(TestKeys.RSA);

        assertThat(fixture.codeOf(token)).isEqualTo(TOKEN_WRONG_TENANT);
    }

    @Test
    void bothEntraVersionsCanBeTrustedSideBySide() {
        String v1 = "https://sts.windows.net/" + AuthnFixture.T1 + "/";
        TrustedIssuer first =
                new TrustedIssuer(
                        "entra-v1",
                        v1,
                        fixture.fixedKeys(AuthnFixture.KEYS),
                        fixture.entraIssuer().rules(),
                        TenantRule.entra(Set.of(AuthnFixture.T1)),
                        ClaimNames.ENTRA);
        Draft old =
                fixture.good()
                        .claim("iss", v1)
                        .claim("ver", "1.0")
                        .without("azp")
                        .claim("appid", AuthnFixture.CLIENT);
        assertThat(fixture.codeOf(old.sign(TestKeys.RSA))).isEqualTo(TOKEN_WRONG_ISSUER);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, first, fixture.entraIssuer());

        VerifiedToken token = fixture.accept(old.sign(TestKeys.RSA));

        assertThat(token.issuerName()).isEqualTo("entra-v1");
        assertThat(token.clientApplication()).contains(AuthnFixture.CLIENT);
        assertThat(fixture.accept(fixture.good().sign(TestKeys.RSA)).issuerName())
                .isEqualTo("entra");
        assertThat(fixture.codeOf(old.claim("ver", "2.0").sign(TestKeys.RSA)))
                .isEqualTo(TOKEN_WRONG_ISSUER);
    }

    @Test
    void keysOfAnotherTenantOrCloudAreNotUsed() {
        String template = fixture.entra().replace(AuthnFixture.T1, "{tenantid}");
        fixture.publish(
                TestKeys.jwk("template", TestKeys.RSA).put("issuer", template),
                TestKeys.jwk("own", TestKeys.RSA).put("issuer", fixture.entra()),
                TestKeys.jwk("other", TestKeys.RSA)
                        .put("issuer", fixture.entra().replace(AuthnFixture.T1, AuthnFixture.T2)),
                TestKeys.jwk("cloud", TestKeys.RSA)
                        .put("issuer", "https://login.other.example/v2.0"));
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());
        Draft draft = fixture.good();

        assertThat(fixture.accept(draft.header("kid", "template").sign(TestKeys.RSA))).isNotNull();
        assertThat(fixture.accept(draft.header("kid", "own").sign(TestKeys.RSA))).isNotNull();
        assertThat(fixture.codeOf(draft.header("kid", "other").sign(TestKeys.RSA)))
                .isEqualTo(TOKEN_UNKNOWN_KEY);
        assertThat(fixture.codeOf(draft.header("kid", "cloud").sign(TestKeys.RSA)))
                .isEqualTo(TOKEN_UNKNOWN_KEY);
        assertThat(fixture.codeOf(draft.header("kid", "own").sign(TestKeys.OTHER_RSA)))
                .isEqualTo(TOKEN_BAD_SIGNATURE);
    }
}

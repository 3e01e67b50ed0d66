package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.ACTOR_UNKNOWN;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token says of its caller: the kind, the client, scopes and roles, and who acts. */
class CallerCasesTest {

    private static final String AGENT = "a9e10000-0000-4000-8000-0000000000a1";
    private static final String RESOURCE =
            "/subscriptions/s/resourcegroups/g/providers/Microsoft.Compute/virtualMachines/vm";

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

    private static VerifiedToken accept(Draft draft) {
        return fixture.accept(draft.sign(TestKeys.RSA));
    }

    static Stream<TokenCase> cases() {
        return Stream.of(
                claim("77 roles a text", "roles", "Admin"),
                claim("77 roles with a number", "roles", List.of("Admin", 1)),
                claim("77 a listed scope with a space", "scp", List.of("a b")),
                claim("77 an empty listed scope", "scp", List.of("")),
                claim("77 scope an object", "scope", Map.of("a", "b")),
                claim("71 azpacr a number", "azpacr", 1),
                claim("70 acct a text", "acct", "1"),
                claim("70 acct out of range", "acct", 2),
                claim("70 idp a list", "idp", List.of("x")),
                claim("70 xms_act_fct a number", "xms_act_fct", 11),
                claim("step-up: acr a number", "acr", 1),
                claim("step-up: auth_time a text", "auth_time", "now"));
    }

    private static TokenCase claim(String row, String name, Object value) {
        return TokenCase.of(
                row, TOKEN_MALFORMED, f -> f.good().claim(name, value).sign(TestKeys.RSA));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesClaimsOfTheWrongForm(TokenCase row) {
        row.check(fixture);
    }

    @ParameterizedTest
    @CsvSource({
        "0, https://live.com, USER",
        "1, https://sts.windows.net/11111111-aaaa-4aaa-8aaa-111111111111/, GUEST",
        "-, https://sts.windows.net/22222222-bbbb-4bbb-8bbb-222222222222/, GUEST",
        "-, https://sts.windows.net/11111111-AAAA-4aaa-8aaa-111111111111/, USER",
        "-, live.com, GUEST",
        "-, 'not a uri', GUEST",
        "-, -, USER",
    })
    void tellsGuestsFromMembers(String account, String provider, PrincipalKind kind) {
        Draft draft = fixture.good();
        draft = account.equals("-") ? draft : draft.claim("acct", Integer.parseInt(account));
        draft = provider.equals("-") ? draft : draft.claim("idp", provider);

        assertThat(accept(draft).kind()).isEqualTo(kind);
    }

    @Test
    void anotherIssuersProviderMakesNobodyAGuest() {
        String token = fixture.goodOkta().claim("idp", "00o1").sign(TestKeys.OTHER_RSA);

        assertThat(fixture.accept(token).kind()).isEqualTo(PrincipalKind.USER);
    }

    @Test
    void tellsManagedIdentitiesByTheirResource() {
        Draft app = fixture.good().without("scp").claim("idtyp", "app");

        assertThat(accept(app.claim("xms_mirid", RESOURCE)).kind())
                .isEqualTo(PrincipalKind.MANAGED_IDENTITY);
        assertThat(accept(app.claim("xms_mirid", " ")).kind())
                .isEqualTo(PrincipalKind.SERVICE_PRINCIPAL);
        assertThat(accept(fixture.good().claim("xms_mirid", RESOURCE)).kind())
                .isEqualTo(PrincipalKind.USER);
    }

    @Test
    void aSubjectThatIsTheClientIsThatClient() {
        String token = fixture.goodOkta().claim("sub", "0oaclient").sign(TestKeys.OTHER_RSA);

        assertThat(fixture.accept(token).kind()).isEqualTo(PrincipalKind.SERVICE_PRINCIPAL);
    }

    @ParameterizedTest
    @CsvSource({"0, PUBLIC", "1, SECRET", "2, CERTIFICATE"})
    void readsHowTheClientProvedWhoItIs(String claim, ClientAuthentication authentication) {
        assertThat(accept(fixture.good().claim("azpacr", claim)).clientAuthentication())
                .contains(authentication);
        assertThat(accept(fixture.good().claim("appidacr", claim)).clientAuthentication())
                .contains(authentication);
    }

    @Test
    void anUndocumentedStrengthIsUnknownAndAContradictionRefused() {
        assertThat(accept(fixture.good().claim("azpacr", "9")).clientAuthentication()).isEmpty();
        assertThat(accept(fixture.good()).clientAuthentication()).isEmpty();
        Draft both = fixture.good().claim("azpacr", "0").claim("appidacr", "1");
        assertThat(fixture.codeOf(both.sign(TestKeys.RSA))).isEqualTo(TOKEN_UNACCEPTABLE);
    }

    @Test
    void takesScopesAndRolesAsWholeWords() {
        Draft draft =
                fixture.good()
                        .claim("scp", "user_impersonation  Jobs.Read")
                        .claim("scope", List.of("openid"))
                        .claim("roles", List.of("Jobs.Run", "two words"));

        TokenPermissions held = accept(draft).permissions();

        assertThat(held.scopes())
                .containsExactlyInAnyOrder("user_impersonation", "Jobs.Read", "openid");
        assertThat(held.roles()).containsExactlyInAnyOrder("Jobs.Run", "two words");
    }

    @Test
    void readsHowTheUserSignedIn() {
        Draft draft =
                fixture.good()
                        .claim("acr", "phr")
                        .claim("acrs", List.of("c1", "c2"))
                        .claim("auth_time", 1_700_000_000)
                        .claim("xms_cc", List.of("CP1"));

        SignIn signIn = accept(draft).signIn();

        assertThat(signIn.contexts()).containsExactlyInAnyOrder("phr", "c1", "c2");
        assertThat(signIn.at()).contains(Instant.ofEpochSecond(1_700_000_000));
        assertThat(signIn.takesClaimsChallenges()).isTrue();
        assertThat(accept(fixture.good()).signIn().takesClaimsChallenges()).isFalse();
    }

    @Test
    void theCurrentActorActsAndThoseBehindItAreForTheRecord() {
        Object chain = Map.of("oid", AGENT, "act", Map.of("sub", "earlier", "iss", "elsewhere"));

        VerifiedToken token = accept(fixture.good().claim("act", chain));

        assertThat(token.actingPrincipals()).containsExactly(agent());
        assertThat(token.actorChain()).containsExactly(AGENT, "earlier");
    }

    private static PrincipalId agent() {
        return PrincipalId.of(AuthnFixture.T1, AGENT);
    }

    @Test
    void nobodyActsForThemselves() {
        Draft own = fixture.good().claim("act", Map.of("oid", AuthnFixture.ALICE));

        assertThat(accept(own).actingPrincipals()).isEmpty();
    }

    @Test
    void actorThatCannotBeToldIsRefusedAndSaysWhatToDo() {
        List<Map<String, String>> strangers =
                List.of(
                        Map.of("client_id", "orchestrator"),
                        Map.of("sub", "two words"),
                        Map.of("oid", AGENT, "iss", "https://elsewhere.example"));

        for (Map<String, String> stranger : strangers) {
            String token = fixture.good().claim("act", stranger).sign(TestKeys.RSA);
            assertThat(fixture.codeOf(token)).as(stranger.toString()).isEqualTo(ACTOR_UNKNOWN);
            assertThat(fixture.refusalOf(token).help().orElseThrow()).contains("`agents`");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "3 11", "11 9"})
    void tokenMarkedAsAnAgentsIsRefusedUnlessTheAgentIsListed(String facets) {
        Draft marked = fixture.good().claim("xms_act_fct", facets);

        assertThat(fixture.codeOf(marked.sign(TestKeys.RSA))).isEqualTo(ACTOR_UNKNOWN);
        assertThat(accept(fixture.good().claim("xms_act_fct", "3 9 111")).actingPrincipals())
                .isEmpty();
        Draft itself = marked.without("scp").claim("idtyp", "app");
        assertThat(accept(itself).actingPrincipals()).isEmpty();
        useAgents(Map.of(AuthnFixture.CLIENT.toUpperCase(java.util.Locale.ROOT), AGENT));
        assertThat(accept(marked).actingPrincipals()).containsExactly(agent());
    }

    @Test
    void listedApplicationsArePrincipalsWhereverTheyAreNamed() {
        useAgents(Map.of("orchestrator", AGENT, AuthnFixture.CLIENT, "second-agent"));

        VerifiedToken byName =
                accept(fixture.good().claim("act", Map.of("client_id", "orchestrator")));
        VerifiedToken bySubject =
                accept(fixture.good().without("azp").claim("act", Map.of("sub", "orchestrator")));

        assertThat(byName.actingPrincipals())
                .containsExactly(agent(), PrincipalId.of(AuthnFixture.T1, "second-agent"));
        assertThat(bySubject.actingPrincipals()).containsExactly(agent());
    }

    private static void useAgents(Map<String, String> agents) {
        TrustedIssuer usual = fixture.entraIssuer();
        fixture.use(
                AuthnFixture.LIMITS,
                AuthnFixture.TIMES,
                new TrustedIssuer(
                        usual.name(),
                        usual.issuer(),
                        usual.keySource(),
                        usual.rules(),
                        usual.tenants(),
                        usual.claims(),
                        agents,
                        Optional.empty()));
    }
}

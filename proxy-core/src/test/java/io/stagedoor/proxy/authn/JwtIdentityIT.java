package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.GROUPS_UNKNOWN;
import static io.stagedoor.proxy.refusal.Code.NOT_PERMITTED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_AUDIENCE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_ISSUER;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.authn.JwtScene.Expected;
import io.stagedoor.proxy.testing.WireRequest;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sections "Entra ID" and "Okta and plain OIDC" of the table, through the whole proxy. */
@Isolated("it reads the whole log, and shares its scene")
class JwtIdentityIT extends JwtStory {

    static Stream<TokenCase> cases() {
        return IdentityCasesTest.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        scene.refuses(row);
    }

    /** Returns the draft of somebody whose groups are known to be none, and who may do nothing. */
    private static Draft bob() {
        return scene.issuers().good().claim("oid", JwtScene.BOB).claim("groups", List.of());
    }

    private static void denies(Draft draft, Expected expected) {
        String token = draft.sign(TestKeys.RSA);
        scene.refuses(token, JwtScene.request(JwtScene.bearer(token)), expected);
        scene.assertFetches(0);
    }

    private static Expected notPermitted() {
        return Expected.of(403, NOT_PERMITTED);
    }

    @ParameterizedTest(name = "73 {0} of another person")
    @ValueSource(strings = {"upn", "email", "preferred_username", "unique_name", "sub", "name"})
    void aNameIsNobody(String claim) {
        denies(bob().claim(claim, "alice@example.org"), notPermitted());
        denies(bob().claim(claim, AuthnFixture.ALICE), notPermitted());
    }

    @Test
    @DisplayName("73 Alice is Alice whatever she is called")
    void theObjectIdIsThePrincipal() {
        Draft renamed =
                scene.issuers()
                        .good()
                        .claim("upn", "bob@example.org")
                        .claim("email", "bob@example.org");

        WireRequest upstream = scene.serves(renamed.sign(TestKeys.RSA));

        assertThat(upstream.only("X-Stagedoor-Principal"))
                .isEqualTo(AuthnFixture.T1 + "/" + AuthnFixture.ALICE);
    }

    @Test
    @DisplayName("74 oid missing, with the sub and the names of Alice")
    void refusesATokenThatNamesNoPrincipal() {
        Draft nameless =
                scene.issuers()
                        .good()
                        .without("oid")
                        .claim("sub", AuthnFixture.ALICE)
                        .claim("email", "alice@example.org");

        scene.refuses(nameless.sign(TestKeys.RSA), TOKEN_UNACCEPTABLE, 0);
    }

    @ParameterizedTest(name = "75 group overage by {0}")
    @ValueSource(strings = {"_claim_names", "hasgroups", "both"})
    void unknownGroupsGiveNothingAndTheTokensAddressIsNeverAsked(String marker) {
        Draft draft = bob().without("groups");
        if (!marker.equals("_claim_names")) {
            draft = draft.claim("hasgroups", true);
        }
        if (!marker.equals("hasgroups")) {
            String endpoint = scene.issuers().attacker.base() + "/graph";
            draft =
                    draft.claim("_claim_names", Map.of("groups", "src1"))
                            .claim("_claim_sources", Map.of("src1", Map.of("endpoint", endpoint)));
        }

        denies(draft, Expected.of(503, GROUPS_UNKNOWN));

        assertThat(scene.issuers().server.allHits()).isZero();
    }

    @Test
    @DisplayName("77 roles and scopes in the wrong form, or only in part, give nothing")
    void rolesAndScopesGiveNothingByThemselves() {
        denies(bob().claim("roles", "Synapse Administrator"), Expected.of(401, TOKEN_MALFORMED));
        denies(bob().claim("roles", List.of("Synapse Administrator")), notPermitted());
        denies(bob().claim("scp", List.of("user_impersonation")), notPermitted());
        denies(bob().claim("scp", "a b user_impersonationX"), notPermitted());
    }

    @Test
    @DisplayName("68 ver 1.0 of a v2 issuer, and the reverse")
    void theVersionIsThatOfTheIssuer() {
        Draft good = scene.issuers().good();

        scene.refuses(good.claim("ver", "1.0").sign(TestKeys.RSA), TOKEN_WRONG_ISSUER, 0);
        scene.refuses(good.claim("ver", "2").sign(TestKeys.RSA), TOKEN_WRONG_ISSUER, 0);

        scene.serves(good.without("ver").sign(TestKeys.RSA));
    }

    @Test
    @DisplayName("82 Okta: the organisation server's token, and the custom server's")
    void servesTheCustomServersTokensOnly() {
        Draft okta = scene.issuers().goodOkta();

        scene.refuses(
                okta.claim("aud", scene.issuers().okta()).sign(TestKeys.OTHER_RSA),
                TOKEN_WRONG_AUDIENCE,
                0);
        scene.refuses(
                okta.claim("iss", scene.issuers().server.base()).sign(TestKeys.OTHER_RSA),
                TOKEN_WRONG_ISSUER,
                0);

        scene.serves(okta.sign(TestKeys.OTHER_RSA));
    }
}

package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.NOT_PERMITTED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_EXPIRED;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.authn.JwtScene.Expected;
import io.stagedoor.proxy.testing.WireClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Row 90 of the table: what was believed once is not believed for ever, nor of somebody else. */
@Isolated("it reads the whole log, and shares its scene")
class JwtReuseIT extends JwtStory {

    private static final String ALICES =
            "  - {principal: "
                    + AuthnFixture.ALICE
                    + ", role: Synapse Artifact User, scope: workspaces/ws1}\n";

    private static String alice() {
        return scene.issuers().good().sign(TestKeys.RSA);
    }

    private static String bob() {
        return scene.issuers()
                .good()
                .claim("oid", JwtScene.BOB)
                .claim("groups", List.of())
                .sign(TestKeys.RSA);
    }

    private static String ask(String token) {
        return JwtScene.request(JwtScene.bearer(token));
    }

    @Test
    @DisplayName("90 a token that was accepted expires on its connection")
    void aRememberedTokenExpires() {
        String token = alice();
        scene.serves(token);
        scene.serves(token);

        scene.issuers().clock.advance(Duration.ofHours(1).plus(AuthnFixture.SKEW));

        scene.refuses(token, TOKEN_EXPIRED, 0);
    }

    @Test
    @DisplayName("90 the user loses the role")
    void aRememberedTokenLosesItsRights() throws IOException {
        String token = alice();
        scene.serves(token);

        scene.proxy().edit("jwt.yaml", text -> text.replace(ALICES, ""));
        scene.proxy().proxy().reload();

        Awaitility.await()
                .untilAsserted(() -> assertThat(scene.send(ask(token)).status()).isNotEqualTo(200));
        assertThat(scene.send(ask(token)).status()).isIn(403, 503);
        scene.proxy()
                .edit(
                        "jwt.yaml",
                        text -> text.replace("assignments:\n", "assignments:\n" + ALICES));
        scene.proxy().proxy().reload();
        Awaitility.await()
                .untilAsserted(() -> assertThat(scene.send(ask(token)).status()).isEqualTo(200));
    }

    @Test
    @DisplayName("90 the token of A after that of B on one connection")
    void identityIsOfTheRequestAndNeverOfTheConnection() throws IOException {
        String alice = alice();
        String bob = bob();
        scene.serves(alice);

        try (WireClient client = scene.connect()) {
            for (int i = 0; i < 3; i++) {
                assertServed(client, alice);
                assertServed(client, alice);
                assertDenied(client, bob);
            }
        }
        scene.refuses(bob, ask(bob), Expected.of(403, NOT_PERMITTED));
    }

    private static void assertServed(WireClient client, String token) throws IOException {
        WireClient.Answer answer = answerTo(client, token);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(scene.recordOf(answer).toString())
                .contains(AuthnFixture.ALICE)
                .doesNotContain(JwtScene.BOB);
    }

    private static void assertDenied(WireClient client, String token) throws IOException {
        WireClient.Answer answer = answerTo(client, token);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(scene.recordOf(answer).toString())
                .contains(JwtScene.BOB)
                .doesNotContain(AuthnFixture.ALICE);
    }

    private static WireClient.Answer answerTo(WireClient client, String token) throws IOException {
        client.send(ask(token));
        scene.countAnswers(1);
        return client.read().orElseThrow();
    }
}

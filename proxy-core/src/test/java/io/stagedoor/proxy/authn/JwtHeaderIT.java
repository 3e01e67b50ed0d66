package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNKNOWN_KEY;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section "Header fields an attacker supplies" of the table, through the whole proxy. */
@Isolated("it reads the whole log, and shares its scene")
class JwtHeaderIT extends JwtStory {

    static Stream<TokenCase> cases() {
        return HeaderCasesTest.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        scene.refuses(row);
    }

    @Test
    @DisplayName("25 kid missing where one key fits")
    void servesATokenWithoutKeyIdIfExactlyOneKeyFits() {
        scene.serves(
                scene.issuers()
                        .good()
                        .withoutHeader("kid")
                        .header("alg", "ES256")
                        .sign(TestKeys.P256));

        scene.assertFetches(0);
    }

    @Test
    @DisplayName("25 kid missing where several keys fit")
    void refusesATokenWithoutKeyIdIfSeveralKeysFit() {
        scene.issuers()
                .publish(
                        TestKeys.jwk("rsa", TestKeys.RSA),
                        TestKeys.jwk("second", TestKeys.OTHER_RSA));
        String stranger = scene.issuers().good().header("kid", "to-be-fetched").sign(TestKeys.RSA);
        scene.refuses(stranger, TOKEN_UNKNOWN_KEY, 1);
        String token = scene.issuers().good().withoutHeader("kid").sign(TestKeys.RSA);

        scene.refuses(token, TOKEN_UNKNOWN_KEY, 1);

        scene.issuers().publishAll();
        scene.goOn();
        scene.refuses(stranger, TOKEN_UNKNOWN_KEY, 1);
    }

    @ParameterizedTest(name = "30 typ {0} is served")
    @ValueSource(strings = {"JWT", "jwt", "at+jwt", "AT+JWT", "application/at+jwt"})
    void servesTheTypesOfAccessTokens(String type) {
        scene.serves(scene.issuers().good().header("typ", type).sign(TestKeys.RSA));

        scene.assertFetches(0);
    }

    @Test
    @DisplayName("30 typ absent is served")
    void servesATokenWithoutType() {
        scene.serves(scene.issuers().good().withoutHeader("typ").sign(TestKeys.RSA));
    }

    @Test
    @DisplayName("31 at+jwt demanded of an issuer of RFC 9068, and not of Entra")
    void demandsTheAccessTokenTypeOfAnIssuerThatIsSetToIt() {
        Draft plain = scene.goodPlain();

        scene.refuses(plain.header("typ", "JWT").sign(TestKeys.OTHER_RSA), TOKEN_UNACCEPTABLE, 0);
        scene.refuses(plain.withoutHeader("typ").sign(TestKeys.OTHER_RSA), TOKEN_UNACCEPTABLE, 0);

        scene.serves(plain.sign(TestKeys.OTHER_RSA));
        scene.serves(scene.issuers().good().header("typ", "JWT").sign(TestKeys.RSA));
    }

    @Test
    @DisplayName("23 x5t and fields nobody knows are never used")
    void ignoresHeaderFieldsItDoesNotKnow() {
        scene.serves(
                scene.issuers()
                        .good()
                        .header("x5t", "anything")
                        .header("x5t#S256", "anything")
                        .header("acme", List.of(1, 2))
                        .sign(TestKeys.RSA));
    }
}

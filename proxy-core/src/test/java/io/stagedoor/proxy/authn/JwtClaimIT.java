package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_EXPIRED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_UNACCEPTABLE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_WRONG_AUDIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.authn.JwtScene.Expected;
import io.stagedoor.proxy.testing.WireClient;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section "Registered claims" of the table, through the whole proxy. */
@Isolated("it reads the whole log, and shares its scene")
class JwtClaimIT extends JwtStory {

    static Stream<TokenCase> cases() {
        return ClaimCasesTest.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        scene.refuses(row);
    }

    private static Draft good() {
        return scene.issuers().good();
    }

    private static long now() {
        return scene.issuers().clock.instant().getEpochSecond();
    }

    @Test
    @DisplayName("48 exp as a float, one second before its end")
    void servesDatesWithFractions() {
        scene.serves(good().claim("exp", now() - 58.5).sign(TestKeys.RSA));
    }

    @Test
    @DisplayName("48 exp + skew is the first instant at which a token is refused")
    void refusesExactlyFromTheEndOn() {
        String token = good().claim("exp", now() + 1).sign(TestKeys.RSA);
        scene.serves(token);
        scene.issuers().clock.advance(AuthnFixture.SKEW);
        scene.serves(token);

        scene.issuers().clock.advance(Duration.ofSeconds(1));

        scene.refuses(token, TOKEN_EXPIRED, 0);
    }

    @Test
    @DisplayName("50 nbf missing")
    void servesATokenWithoutNotBefore() {
        scene.serves(good().without("nbf").sign(TestKeys.RSA));
    }

    @Test
    @DisplayName("51 a day old with a far exp, where the issuer has an age limit")
    void refusesOldTokensOfAnIssuerWithAnAgeLimit() {
        Draft plain = scene.goodPlain().claim("exp", now() + 1_000_000);

        scene.refuses(
                plain.claim("iat", now() - 86_400).sign(TestKeys.OTHER_RSA), TOKEN_EXPIRED, 0);
        scene.refuses(plain.without("iat").sign(TestKeys.OTHER_RSA), TOKEN_UNACCEPTABLE, 0);

        scene.serves(plain.claim("iat", now() - 7_200).sign(TestKeys.OTHER_RSA));
        scene.serves(
                good().claim("iat", now() - 86_400).claim("exp", now() + 9).sign(TestKeys.RSA));
    }

    @Test
    @DisplayName("52 aud is a list with ours and a foreign one")
    void servesAListOfAudiencesWithAnAcceptedOneInIt() {
        scene.serves(good().claim("aud", List.of("other", "api://api1")).sign(TestKeys.RSA));
    }

    @Test
    @DisplayName("53 aud of the service, where the workspace takes it and where it does not")
    void takesTheServicesAudienceOnlyWhereItIsSet() {
        String token = good().claim("aud", JwtScene.SERVICE_AUDIENCE).sign(TestKeys.RSA);
        String ours = good().sign(TestKeys.RSA);

        scene.serves(token, toService(token));

        scene.refuses(token, TOKEN_WRONG_AUDIENCE, 0);
        scene.serves(ours);
        scene.refuses(ours, toService(ours), Expected.of(401, TOKEN_WRONG_AUDIENCE));
    }

    @Test
    @DisplayName("54 a trailing slash makes another audience")
    void comparesAudiencesExactly() {
        String token = good().claim("aud", JwtScene.SERVICE_AUDIENCE + "/").sign(TestKeys.RSA);

        scene.refuses(token, toService(token), Expected.of(401, TOKEN_WRONG_AUDIENCE));
    }

    private static String toService(String token) {
        return JwtScene.requestTo(JwtScene.SERVICE_HOST, JwtScene.bearer(token));
    }

    @ParameterizedTest(name = "58 a strange sub that is not used: row {index}")
    @ValueSource(strings = {"", "a\r\nX-Injected: 1", "a\"b", "a\u202eb", "a\u0000b"})
    void neverUsesTheSubjectOfAnIssuerThatHasBetter(String subject) {
        String token = good().claim("sub", subject).sign(TestKeys.RSA);

        WireClient.Answer answer = scene.send(JwtScene.request(JwtScene.bearer(token)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.field("X-Injected")).isEmpty();
        if (subject.length() > 1) {
            assertThat(scene.recordOf(answer).toString()).doesNotContain("Injected", "\\u0000");
        }
    }

    @Test
    @DisplayName("58 sub missing where it is not used")
    void servesATokenWithoutAnUnusedSubject() {
        scene.serves(good().without("sub").sign(TestKeys.RSA));
    }

    @ParameterizedTest(name = "58 a strange sub that names the principal: row {index}")
    @ValueSource(
            strings = {"", " ", "a\r\nX-Injected: 1", "a\"b", "a\u202eb", "a\u0000b", "a b", "a/b"})
    void refusesASubjectThatIsNoName(String subject) {
        String token = scene.goodPlain().claim("sub", subject).sign(TestKeys.OTHER_RSA);

        scene.refuses(token, TOKEN_UNACCEPTABLE, 0);
    }

    @Test
    @DisplayName("58 sub of 10 KB or missing, where it names the principal")
    void refusesALongOrMissingSubject() {
        Draft plain = scene.goodPlain();

        scene.refuses(
                plain.claim("sub", "s".repeat(10_240)).sign(TestKeys.OTHER_RSA),
                TOKEN_UNACCEPTABLE,
                0);
        scene.refuses(plain.without("sub").sign(TestKeys.OTHER_RSA), TOKEN_UNACCEPTABLE, 0);
    }
}

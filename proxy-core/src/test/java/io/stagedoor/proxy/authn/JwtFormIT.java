package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.BAD_REQUEST;
import static io.stagedoor.proxy.refusal.Code.FIELDS_TOO_LARGE;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;
import static io.stagedoor.proxy.refusal.Code.TOKEN_MISSING;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.authn.JwtScene.Expected;
import io.stagedoor.proxy.testing.WireRequest;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section "Encoding and JSON" of the table, and the ways to send a token, through the whole proxy. */
@Isolated("it reads the whole log, and shares its scene")
class JwtFormIT extends JwtStory {

    /** White space around a field's value is no part of it: such a token is sent as it should be. */
    static Stream<TokenCase> cases() {
        return FormCasesTest.cases()
                .filter(row -> !row.token().apply(scene.issuers()).matches("(?s).*(?:[ \t]|\r\n)"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        scene.refuses(row);
    }

    @ParameterizedTest(name = "45 a token of {0} characters is served")
    @ValueSource(ints = {8 * 1024, 16 * 1024})
    void servesTokensUpToTheLimit(int length) {
        scene.serves(FormCasesTest.ofLength(scene.issuers(), length));
    }

    @Test
    @DisplayName("45 a token above 16 KiB")
    void refusesATokenAboveTheLimit() {
        String token = FormCasesTest.ofLength(scene.issuers(), 16 * 1024 + 4);

        scene.refuses(token, TOKEN_MALFORMED, 0);
    }

    @ParameterizedTest(name = "45 a token of {0} characters, which no head holds")
    @ValueSource(ints = {64 * 1024, 1024 * 1024})
    void refusesHeadsWithHugeTokens(int length) {
        String token = "A".repeat(length);

        scene.refuses(token, JwtScene.request(JwtScene.bearer(token)), tooLarge());

        scene.assertFetches(0);
    }

    private static Expected tooLarge() {
        return Expected.of(431, FIELDS_TOO_LARGE);
    }

    @ParameterizedTest(name = "95 {0} gets {1}")
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "Bearer  %s;401 token_malformed",
                "Bearer\t%s;401 token_malformed",
                "Bearer %s,%s;401 token_malformed",
                "Bearer %s, Bearer %s;401 token_malformed",
                "Bearer %s, Basic eDp5;401 token_malformed",
                "Basic eDp5, Bearer %s;401 token_missing",
                "Bearer %s %s;401 token_malformed",
                "Bearer=%s;401 token_malformed",
                "Bearer token=\"%s\";401 token_malformed",
                "BearerX %s;401 token_missing",
                "%s;401 token_missing",
                "Bearer %s~Authorization: Bearer %s;400 bad_request",
                "Bearer %s~Authorization: Basic eDp5;400 bad_request",
                "Basic eDp5~authorization: Bearer %s;400 bad_request",
                "Bearer %s~ %s;400 bad_request",
            })
    void refusesEveryOtherFormOfTheField(String form, String expected) {
        String token = good();
        String fields = "Authorization: " + form.replace("%s", token).replace("~", "\r\n");

        scene.refuses(
                token,
                JwtScene.request(fields),
                new Expected(Integer.parseInt(expected.substring(0, 3)), expected.substring(4)));

        scene.assertFetches(0);
    }

    @ParameterizedTest(name = "95 {0} is served")
    @ValueSource(
            strings = {
                "Authorization: bearer %s",
                "authorization: BEARER %s",
                "AUTHORIZATION:bEaReR %s",
                "Authorization: Bearer %s\t ",
            })
    void servesTheSchemeInAnyCase(String field) {
        String token = good();

        scene.serves(token, JwtScene.request(field.replace("%s", token)));
    }

    @ParameterizedTest(name = "95 a token in {0} alone is none")
    @ValueSource(
            strings = {
                "X-Authorization: Bearer %s",
                "Cookie: access_token=%s",
                "Cookie: Authorization=Bearer %s",
                "Proxy-Authorization: Bearer %s",
                "X-Forwarded-Authorization: Bearer %s",
                "x-ms-authorization-auxiliary: Bearer %s",
            })
    void readsNoOtherField(String field) {
        String token = good();

        scene.refuses(
                token,
                JwtScene.request(field.replace("%s", token)),
                Expected.of(401, TOKEN_MISSING));
    }

    @Test
    @DisplayName("93 the DPoP scheme, where DPoP is not offered")
    void offersNoOtherScheme() {
        String token = good();
        String fields = "Authorization: DPoP " + token + "\r\nDPoP: " + token;

        scene.refuses(token, JwtScene.request(fields), missing());
    }

    @Test
    @DisplayName("95 a token in the query alone is none")
    void readsNoTokenInTheQuery() {
        String token = good();

        scene.refuses(token, inQuery(token), Expected.of(401, TOKEN_MISSING));
    }

    @ParameterizedTest(name = "95 two methods at once: the field and {0} in the query")
    @ValueSource(strings = {"access_token", "Access_Token"})
    void refusesTwoMethodsAtOnce(String name) {
        String token = good();
        String both =
                inQuery(token)
                        .replace("access_token", name)
                        .replace("\r\n\r\n", "\r\n" + JwtScene.bearer(token) + "\r\n\r\n");

        scene.refuses(token, both, Expected.of(400, BAD_REQUEST));
    }

    private static String inQuery(String token) {
        return JwtScene.request("Accept: */*")
                .replaceFirst("api-version", "access_token=" + token + "&api-version");
    }

    @Test
    @DisplayName("95 a token in a form body is none")
    void readsNoTokenInABody() {
        String token = good();
        String body = "access_token=" + token;
        String head =
                JwtScene.request(
                        "Content-Type: application/x-www-form-urlencoded",
                        "Content-Length: " + body.length(),
                        "Connection: close");

        scene.refuses(token, head.replaceFirst("GET", "POST") + body, missing());
    }

    private static Expected missing() {
        return Expected.of(401, TOKEN_MISSING);
    }

    @Test
    @DisplayName("96 the client's token is stripped, the proxy's is the only one upstream")
    void sendsItsOwnCredentialAndNoOther() {
        String token = good();

        WireRequest upstream =
                scene.serves(
                        token,
                        JwtScene.request(
                                JwtScene.bearer(token),
                                "Cookie: token=" + token,
                                "Proxy-Authorization: Bearer " + token,
                                "X-Stagedoor-Authorization: Bearer " + token,
                                "x-ms-authorization-auxiliary: Bearer " + token));

        assertThat(upstream.all("Cookie")).isEmpty();
        assertThat(upstream.all("x-ms-authorization-auxiliary")).isEmpty();
    }

    private static String good() {
        return scene.issuers().good().sign(TestKeys.RSA);
    }
}

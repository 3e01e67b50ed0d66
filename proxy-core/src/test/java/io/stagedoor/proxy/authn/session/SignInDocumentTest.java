package io.stagedoor.proxy.authn.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInDocumentTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tsRequest><credentials jwt=\"eyJ.a.b\" isUat=\"false\"><site contentUrl=\"demo\"/>"
                        + "</credentials></tsRequest>",
                "<tsRequest xmlns=\"http://tableau.com/api\">\n <credentials"
                        + " personalAccessTokenName=\"oidc\" personalAccessTokenSecret=\"eyJ.a.b\">\n"
                        + " <site contentUrl=\"demo\" />\n </credentials>\n</tsRequest>",
                "{\"credentials\":{\"jwt\":\"eyJ.a.b\",\"isUat\":true,"
                        + "\"site\":{\"contentUrl\":\"demo\"}}}",
                "{\"credentials\":{\"personalAccessTokenName\":\"oidc\","
                        + "\"personalAccessTokenSecret\":\"eyJ.a.b\","
                        + "\"site\":{\"contentUrl\":\"demo\"}}}"
            })
    void findsTheTokenInEachFormThatClientsSend(String text) throws Exception {
        SignInDocument document = read(text);

        assertThat(document).isEqualTo(new SignInDocument(Optional.of("eyJ.a.b"), "demo"));
        assertThat(document.toString()).doesNotContain("eyJ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tsRequest><credentials jwt=\"\"/></tsRequest>",
                "{\"credentials\":{\"jwt\":\"\"}}"
            })
    void letsATokenAndTheOnlySiteBeLeftOut(String text) throws Exception {
        assertThat(read(text)).isEqualTo(new SignInDocument(Optional.empty(), ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    <tsRequest><credentials jwt="t"><site contentUrl=""/><user id="u"/></credentials></tsRequest>
                    <tsRequest><credentials jwt="t"><user id="u"/><site contentUrl=""/></credentials></tsRequest>
                    <tsRequest><credentials name="ann" password="secret"><site contentUrl=""/></credentials></tsRequest>
                    <tsRequest><credentials personalAccessTokenName="mine" personalAccessTokenSecret="s"/></tsRequest>
                    {"credentials":{"jwt":"t","site":{"contentUrl":""},"user":{"id":"u"}}}
                    {"credentials":{"jwt":"t","name":"ann"}}
                    {"credentials":{"name":"ann","password":"secret","site":{"contentUrl":""}}}
                    {"credentials":{"personalAccessTokenName":"OIDC","personalAccessTokenSecret":"s"}}
                    """)
    void refusesPasswordsRealAccessTokensAndOtherUsers(String text) {
        assertThat(codeOf(text)).isEqualTo(Code.SIGN_IN_REFUSED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    <tsRequest/>
                    <tsRequest><credentials/></tsRequest>
                    <credentials jwt="t"/>
                    <tsRequest><credentials jwt="t" jwt="u"/></tsRequest>
                    <tsRequest><credentials jwt="t" other="u"/></tsRequest>
                    <tsRequest xmlns:x="urn:x"><credentials jwt="t" x:jwt="u"/></tsRequest>
                    <tsRequest><credentials jwt="t" personalAccessTokenName="oidc" personalAccessTokenSecret="u"/></tsRequest>
                    <tsRequest><credentials jwt="t"><site contentUrl="a"/><site contentUrl="b"/></credentials></tsRequest>
                    <tsRequest><credentials jwt="t"><site><user/></site></credentials></tsRequest>
                    <tsRequest><credentials jwt="t">text</credentials></tsRequest>
                    <tsRequest><credentials jwt="t"/><credentials jwt="u"/></tsRequest>
                    <tsRequest><credentials jwt="t"/></tsRequest><x/>
                    <!DOCTYPE tsRequest [<!ENTITY t "u">]><tsRequest><credentials jwt="&t;"/></tsRequest>
                    <!DOCTYPE tsRequest SYSTEM "file:///etc/passwd"><tsRequest><credentials jwt="t"/></tsRequest>
                    <?go away?><tsRequest><credentials jwt="t"/></tsRequest>
                    {}
                    {"credentials":{}}
                    {"credentials":"t"}
                    {"credentials":{"jwt":7}}
                    {"credentials":{"jwt":"t","jwt":"u"}}
                    {"credentials":{"jwt":"t","other":"u"}}
                    {"credentials":{"jwt":"t","site":"demo"}}
                    {"credentials":{"jwt":"t","site":{"contentUrl":7}}}
                    {"credentials":{"jwt":"t"},"more":1}
                    {"credentials":{"jwt":"t"}} {}
                    """)
    void refusesWhatIsNotExactlyASignIn(String text) {
        assertThat(codeOf(text)).isEqualTo(Code.BAD_REQUEST);
    }

    @Test
    void readsCharactersThatXmlEscapes() throws Exception {
        SignInDocument document =
                read("<tsRequest><credentials jwt=\"a&amp;b\"><site/></credentials></tsRequest>");

        assertThat(document.token()).contains("a&b");
    }

    private static Code codeOf(String text) {
        return catchThrowableOfType(RefusedException.class, () -> read(text)).code();
    }

    private static SignInDocument read(String text) throws RefusedException {
        return SignInDocument.read(text.getBytes(StandardCharsets.UTF_8), text.startsWith("{"));
    }
}

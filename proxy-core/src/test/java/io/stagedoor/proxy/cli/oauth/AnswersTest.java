package io.stagedoor.proxy.cli.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How answers of issuers are read: what does not fit is refused, and never repeated. */
class AnswersTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void aFullAnswerIsRead() throws Exception {
        TokenAnswer answer =
                TokenAnswer.from(
                        json(
                                "{'access_token':'a.b','token_type':'bearer','expires_in':3599,"
                                        + "'refresh_token':'r','id_token':'i','scope':'x'}"));

        assertThat(answer.accessToken().reveal()).isEqualTo("a.b");
        assertThat(answer.lifetime()).isEqualTo(Duration.ofSeconds(3599));
        assertThat(answer.refreshToken().orElseThrow().reveal()).isEqualTo("r");
        assertThat(answer.idToken()).contains("i");
        assertThat(answer.toString()).doesNotContain("a.b");
    }

    @Test
    void theFirstVersionOfEntraWritesTheLifetimeAsAText() throws Exception {
        TokenAnswer answer =
                TokenAnswer.from(
                        json("{'access_token':'a','token_type':'Bearer','expires_in':'3599'}"));

        assertThat(answer.lifetime()).isEqualTo(Duration.ofSeconds(3599));
    }

    @Test
    void anUnstatedLifetimeIsShort() throws Exception {
        TokenAnswer answer = TokenAnswer.from(json("{'access_token':'a','token_type':'Bearer'}"));

        assertThat(answer.lifetime()).isEqualTo(TokenAnswer.UNSTATED_LIFETIME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{'access_token':'secret'}",
                "{'access_token':'secret','token_type':'DPoP'}",
                "{'access_token':'','token_type':'Bearer'}",
                "{'access_token':7,'token_type':'Bearer'}",
                "{'access_token':'secret\\n','token_type':'Bearer'}",
                "{'access_token':'secr et','token_type':'Bearer'}",
                "{'access_token':'secret','token_type':'Bearer','expires_in':-1}",
                "{'access_token':'secret','token_type':'Bearer','expires_in':1.5}",
                "{'access_token':'secret','token_type':'Bearer','expires_in':'soon'}",
                "{'access_token':'secret','token_type':'Bearer','refresh_token':{}}",
                "{'access_token':'secret','token_type':'Bearer','id_token':[]}"
            })
    void whatIsNoBearerTokenIsRefusedWithoutRepeatingIt(String text) {
        assertThatThrownBy(() -> TokenAnswer.from(json(text)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("malformed")
                .hasMessageNotContaining("secr");
    }

    @Test
    void aDeviceCodeIsReadWithTheIntervalOfTheRfcIfNoneIsStated() throws Exception {
        DeviceCode code =
                DeviceCode.from(
                        json(
                                "{'device_code':'d','user_code':'AB-CD','expires_in':600,"
                                        + "'verification_uri':'https://issuer.example/device'}"));

        assertThat(code.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(code.userCode()).isEqualTo("AB-CD");
        assertThat(code.verificationComplete()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'verification_uri':'file:///etc/passwd','expires_in':600",
                "'verification_uri':'http://issuer.example/','expires_in':600",
                "'verification_uri':'https://issuer.example/\\u001b[2J','expires_in':600",
                "'verification_uri':'https://issuer.example/','expires_in':0",
                "'verification_uri':'https://issuer.example/','expires_in':'600'",
                "'verification_uri':'https://issuer.example/'",
                "'verification_uri':'https://issuer.example/','expires_in':600,'interval':-1"
            })
    void aDeviceCodeThatPeopleCannotUseIsRefused(String rest) {
        assertThatThrownBy(
                        () ->
                                DeviceCode.from(
                                        json("{'device_code':'d','user_code':'U'," + rest + "}")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("malformed");
    }

    @Test
    void whatAnIssuerSaysCannotControlTheTerminal() {
        IssuerRefusedException refused =
                new IssuerRefusedException(
                        "invalid\u001b[2J", "\u202eright to left\r\n" + "x".repeat(999));

        assertThat(refused.sentence())
                .startsWith("the issuer refused: invalid[2J: right to left" + "x".repeat(200))
                .doesNotContain("\u001b", "\u202e", "\n", "\r")
                .hasSizeLessThan(400);
        assertThat(refused.error()).isEqualTo("invalid\u001b[2J");
    }

    private static ObjectNode json(String text) throws IOException {
        return (ObjectNode) MAPPER.readTree(text.replace('\'', '"'));
    }
}

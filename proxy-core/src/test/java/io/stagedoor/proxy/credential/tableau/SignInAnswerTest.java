package io.stagedoor.proxy.credential.tableau;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInAnswerTest {

    private static final String GOOD =
            """
            {"credentials":{"token":"abc|DEF/+=|9a8b7c6d-5e4f-4a2b-8c0d-9e8f7a6b5c4d",
             "estimatedTimeToExpiration":"364:19:25",
             "site":{"id":"9a8b7c6d-5e4f-4a2b-8c0d-9e8f7a6b5c4d","contentUrl":"demo"},
             "user":{"id":"d5704762-603a-42b2-a9a7-f9cd2b2c4253"}}}
            """;

    @Test
    void readsTheDocumentedForm() throws Exception {
        SiteSession session = read(200, GOOD);

        assertThat(session)
                .isEqualTo(
                        new SiteSession(
                                "abc|DEF/+=|9a8b7c6d-5e4f-4a2b-8c0d-9e8f7a6b5c4d",
                                "9a8b7c6d-5e4f-4a2b-8c0d-9e8f7a6b5c4d",
                                "demo",
                                "d5704762-603a-42b2-a9a7-f9cd2b2c4253",
                                Optional.of(
                                        Duration.ofHours(364).plusMinutes(19).plusSeconds(25))));
        assertThat(session.toString()).doesNotContain("abc");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "364", "1:60:00", "soon", "-1:00:00"})
    void believesNoOtherFormOfALife(String life) throws Exception {
        SiteSession session = read(200, GOOD.replace("364:19:25", life));

        assertThat(session.life()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    # what           | instead
                    "token":"abc     | "token":" a\\r\\nb
                    "token":"abc     | "token":"x","token":"abc
                    "token"          | "tok"
                    "demo"           | 7
                    {"id":"9a8b7c6d  | {"id":"9a8b7c6x
                    {"id":"d5704762  | {"id":"d570476
                    }}}              | }}
                    }}}              | }}} {}
                    """)
    void refusesWhatIsNotExactlyThat(String what, String instead) {
        assertThat(GOOD).contains(what);

        assertThat(causeOf(200, GOOD.replace(what, instead)))
                .isEqualTo(SignInException.Cause.UNUSABLE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # status | detail                                    | cause
                    401      | Error signing in to Tableau Server (5)    | USER
                    401      | Error signing in to Tableau Server (16)   | USER
                    401      | Error signing in to Tableau Server (127)  | PROOF
                    401      | Error signing in to Tableau Server (10084) | PROOF
                    401      | Error signing in to Tableau Server        | PROOF
                    401      | Site (5) is fine, secret is not (126)     | PROOF
                    403      | Forbidden                                 | USER
                    400      | Bad Request                               | UNUSABLE
                    404      | Not Found                                 | UNUSABLE
                    301      | Moved                                     | UNUSABLE
                    429      | Too Many Requests                         | UNREACHABLE
                    500      | broken                                    | UNREACHABLE
                    503      | in maintenance                            | UNREACHABLE
                    """)
    void tellsWhoseFaultARefusalIs(int status, String detail, SignInException.Cause cause) {
        String body =
                "{\"error\":{\"summary\":\"Signin Error\",\"detail\":\""
                        + detail
                        + "\",\"code\":\"401001\"}}";

        assertThat(causeOf(status, body)).isEqualTo(cause);
    }

    @Test
    void quotesNumbersAndNothingElse() {
        String body =
                """
                {"error":{"summary":"S","detail":"secret hunter2 is wrong (127)","code":"401001"}}
                """;

        SignInException refused =
                catchThrowableOfType(SignInException.class, () -> read(401, body));

        assertThat(refused).hasMessage("tableau refused the sign-in (401001, error 127)");
    }

    @Test
    void takesARefusalThatIsNoJson() {
        assertThat(causeOf(401, "<html>")).isEqualTo(SignInException.Cause.PROOF);
    }

    private static SignInException.Cause causeOf(int status, String body) {
        return catchThrowableOfType(SignInException.class, () -> read(status, body)).reason();
    }

    private static SiteSession read(int status, String body) throws SignInException {
        return SignInAnswer.read(status, body.getBytes(StandardCharsets.UTF_8));
    }
}

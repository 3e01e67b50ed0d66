package io.stagedoor.proxy.authn;

import java.security.KeyPair;
import java.util.stream.Stream;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section "Signature and algorithm" of the table of bad tokens, through the whole proxy. */
@Isolated("it reads the whole log, and shares its scene")
class JwtSignatureIT extends JwtStory {

    static Stream<TokenCase> cases() {
        return SignatureCasesTest.cases();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void refusesEveryRow(TokenCase row) {
        scene.refuses(row);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RS256 rsa", "PS256 ps", "ES256 ec"})
    void servesEveryConfiguredAlgorithm(String algorithmAndKey) {
        String[] words = algorithmAndKey.split(" ");
        KeyPair key =
                switch (words[1]) {
                    case "rsa" -> TestKeys.RSA;
                    case "ps" -> TestKeys.OTHER_RSA;
                    default -> TestKeys.P256;
                };

        scene.serves(
                scene.issuers().good().header("alg", words[0]).header("kid", words[1]).sign(key));

        scene.assertFetches(0);
    }
}

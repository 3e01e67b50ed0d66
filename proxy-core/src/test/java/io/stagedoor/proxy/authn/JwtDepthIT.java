package io.stagedoor.proxy.authn;

import static io.stagedoor.proxy.refusal.Code.TOKEN_MALFORMED;

import io.stagedoor.proxy.authn.JwtScene.Expected;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rows of the table that need longer tokens than are taken by default. */
@Isolated("it reads the whole log, and shares its scene")
class JwtDepthIT {

    private static JwtScene scene;

    @BeforeAll
    static void start() throws IOException {
        scene =
                JwtScene.start(
                        text -> "limits: {token: 64KiB, request_fields: 256KiB}\n".concat(text));
    }

    @AfterAll
    static void stop() throws IOException {
        scene.close();
    }

    /** Nameless objects, since 10,000 others are longer than any token may be (CVE-2025-53864). */
    @ParameterizedTest(name = "42 {0} deep {1} in the {2}")
    @CsvSource({
        "10000, arrays, payload",
        "10000, arrays, header",
        "9500, objects, payload",
        "9500, objects, header"
    })
    void refusesTenThousandLevelsAndLives(int levels, String what, String where) {
        scene.goOn();
        boolean objects = what.equals("objects");
        String deep =
                (objects ? "{\"\":" : "[").repeat(levels)
                        + 1
                        + (objects ? "}" : "]").repeat(levels);
        String text = "{\"alg\":\"RS256\",\"kid\":\"rsa\",\"x\":" + deep + "}";
        Draft good = scene.issuers().good();
        String token =
                where.equals("payload")
                        ? good.signPayload(text, TestKeys.RSA)
                        : good.signHeader(text, TestKeys.RSA);

        scene.refuses(
                token, JwtScene.request(JwtScene.bearer(token)), Expected.of(401, TOKEN_MALFORMED));

        scene.serves(good.sign(TestKeys.RSA));
        scene.assertFetches(0);
    }

    @ParameterizedTest(name = "25 kid of {0} characters")
    @CsvSource({"257", "40000"})
    void refusesALongKeyIdWithoutAFetch(int length) {
        scene.goOn();
        String token = scene.issuers().good().header("kid", "k".repeat(length)).sign(TestKeys.RSA);

        scene.refuses(token, TOKEN_MALFORMED, 0);
    }
}

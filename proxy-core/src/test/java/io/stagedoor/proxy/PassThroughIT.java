package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.Verdicts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The workspace sees its callers' own tokens, and only those that are for it. */
class PassThroughIT {

    private static final String PATH = "/pipelines/nightly";
    private static final String CHALLENGE =
            "Bearer authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                    + " error=\"insufficient_claims\", claims=\"e30=\"";

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replace(
                                                "audiences: [" + DemoCast.AUDIENCE + "]",
                                                "audiences: ["
                                                        + DemoCast.AUDIENCE
                                                        + ", api://stagedoor]")
                                        .replaceFirst(
                                                "    credential:\n.*\n.*\n",
                                                """
                                                    credential:
                                                      pass_through:
                                                        own:
                                                          static_bearer:
                                                            token: file:upstream.token
                                                """),
                        scene -> scene.workspace().acceptIf(_ -> true));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static HttpResponse<String> get(String token) throws Exception {
        return fixture.send(fixture.request(token, "GET", PATH, Optional.empty()));
    }

    @Test
    void callersTokenGoesOnAsItCame() throws Exception {
        String token = fixture.scenery().token(DemoCast.ENGINEER);

        HttpResponse<String> answer = get(token);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(fixture.workspace().requests(each -> each.path().equals(PATH)))
                .last()
                .satisfies(
                        seen ->
                                assertThat(seen.field("Authorization"))
                                        .contains("Bearer " + token));
    }

    @Test
    void challengeOfTheWorkspaceReachesTheCallerUnchanged() throws Exception {
        String token = fixture.scenery().token(DemoCast.ANALYST);
        fixture.workspace()
                .replyOnce(
                        seen ->
                                seen.path().equals(PATH)
                                        && seen.field("Authorization")
                                                .equals(Optional.of("Bearer " + token)),
                        Answer.empty(401).with("WWW-Authenticate", CHALLENGE));

        HttpResponse<String> answer = get(token);

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.headers().allValues("WWW-Authenticate")).containsExactly(CHALLENGE);
    }

    @Test
    void tokenForSomebodyElseNeverGoesOn() throws Exception {
        Map<String, Object> claims = new TreeMap<>(DemoCast.ENGINEER.claims("api://stagedoor"));
        String token = fixture.scenery().issuer().mint(claims, Duration.ofHours(1));

        HttpResponse<String> answer = get(token);

        Verdicts.assertRefused(fixture, answer, 401, "token_wrong_audience");
    }

    @Test
    void theProxyItselfReadsTheWorkspaceWithItsOwnCredential() {
        assertThat(fixture.workspace().requests(each -> each.path().startsWith("/roleAssignments")))
                .isNotEmpty()
                .allSatisfy(
                        seen ->
                                assertThat(seen.field("Authorization").orElseThrow())
                                        .doesNotContain("eyJ"));
    }
}

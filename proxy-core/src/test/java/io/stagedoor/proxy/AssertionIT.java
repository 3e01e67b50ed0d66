package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The workspace learns under a signature who is really calling. */
class AssertionIT {

    private static final String PATH = "/pipelines/nightly";
    private static final String FIELD = "X-Stagedoor-Assertion";

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws IOException {
        fixture =
                ProxyFixture.start(yaml -> yaml + "assertion:\n  issuer: https://proxy.example\n");
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @BeforeEach
    void forget() {
        fixture.workspace().forgetRequests();
    }

    private static SignedJWT lastShown() throws Exception {
        return SignedJWT.parse(
                fixture.workspace()
                        .requests(each -> each.path().equals(PATH))
                        .getLast()
                        .field(FIELD)
                        .orElseThrow());
    }

    private static HttpResponse<String> published(String method) throws Exception {
        URI uri = URI.create("https://localhost:" + fixture.proxy().port() + "/.stagedoor/keys");
        return fixture.send(
                HttpRequest.newBuilder(uri)
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build());
    }

    @Test
    void verifiesWithThePublishedKeysAndNamesTheCaller() throws Exception {
        fixture.send(DemoCast.ENGINEER, "GET", PATH);
        SignedJWT assertion = lastShown();
        JWKSet keys = JWKSet.parse(published("GET").body());

        JWSVerifier verifier =
                new ECDSAVerifier(keys.getKeyByKeyId(assertion.getHeader().getKeyID()).toECKey());
        JWTClaimsSet claims = assertion.getJWTClaimsSet();

        assertThat(assertion.verify(verifier)).isTrue();
        assertThat(claims.getIssuer()).isEqualTo("https://proxy.example");
        assertThat(claims.getAudience()).containsExactly(fixture.workspace().uri().toString());
        assertThat(claims.getSubject()).isEqualTo(DemoCast.ENGINEER.id().toString());
        assertThat(claims.getStringClaim("service")).isEqualTo("demo");
        assertThat(claims.getStringClaim("azp")).isEqualTo(DemoCast.ENGINEER.clientApplication());
        assertThat(claims.getExpirationTime().toInstant())
                .isEqualTo(claims.getIssueTime().toInstant().plusSeconds(60));
    }

    @Test
    void callersAreNotTakenForEachOther() throws Exception {
        fixture.send(DemoCast.ENGINEER, "GET", PATH);
        String first = lastShown().getJWTClaimsSet().getSubject();
        fixture.send(DemoCast.ANALYST, "GET", PATH);

        assertThat(lastShown().getJWTClaimsSet().getSubject())
                .isEqualTo(DemoCast.ANALYST.id().toString())
                .isNotEqualTo(first);
    }

    @Test
    void clientCannotBringOneOfItsOwn() throws Exception {
        for (String name : List.of(FIELD, "x_stagedoor_assertion")) {
            HttpResponse<String> answer =
                    fixture.send(
                            fixture.request(
                                    fixture.scenery().token(DemoCast.ENGINEER),
                                    "GET",
                                    PATH,
                                    Optional.empty(),
                                    name,
                                    "forged"));

            assertThat(answer.headers().firstValue(FIELD)).isEmpty();
        }

        assertThat(fixture.workspace().requests(each -> each.path().equals(PATH)))
                .allSatisfy(
                        seen ->
                                assertThat(seen.fields().get(FIELD))
                                        .singleElement()
                                        .asString()
                                        .startsWith("eyJ"));
        assertThat(fixture.workspace().requests(each -> each.path().equals(PATH)))
                .noneMatch(seen -> seen.fields().toString().contains("forged"));
    }

    @Test
    void keysArePublishedToEverybodyAndHoldNothingPrivate() throws Exception {
        HttpResponse<String> answer = published("GET");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/jwk-set+json");
        assertThat(JWKSet.parse(answer.body()).containsNonPublicKeys()).isFalse();
        assertThat(published("HEAD").statusCode()).isEqualTo(200);
        assertThat(published("POST").statusCode()).isEqualTo(404);
        assertThat(fixture.admin("/.stagedoor/keys").body()).isEqualTo(answer.body());
    }

    @Test
    void readingRolesOnTheProxysOwnAccountAssertsNobody() {
        assertThat(fixture.workspace().requests(each -> each.field(FIELD).isPresent()))
                .noneMatch(each -> each.path().startsWith("/roleAssignments"));
    }
}

package io.stagedoor.proxy.cli.demo.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.SignedJWT;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DemoIssuerTest {
    private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");

    private final DemoAuthority authority = DemoAuthority.create(InstantSource.system());
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(authority.trustingContext()).build();
    private final DemoIssuer issuer =
            DemoIssuer.start(DemoCast.TENANT, InstantSource.fixed(NOW), authority.issue());

    @AfterEach
    void stop() {
        issuer.close();
        client.close();
    }

    @Test
    void discoveryNamesTheIssuerAndItsKeySet() throws Exception {
        String document = get(issuer.issuer() + "/.well-known/openid-configuration").body();

        Map<String, Object> discovery = JSONObjectUtils.parse(document);

        assertThat(discovery)
                .containsEntry("issuer", issuer.issuer().toString())
                .containsEntry("jwks_uri", issuer.keySetUri().toString());
    }

    @Test
    void theKeySetHoldsPublicKeysOnly() throws Exception {
        JWKSet keys = keySet();

        assertThat(keys.getKeys()).hasSize(1).noneMatch(JWK::isPrivate);
        assertThat(issuer.keySetRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("io.stagedoor.proxy.cli.demo.DemoCast#all")
    void tokensOfTheCastVerifyAndNameTheirHolder(CastMember member) throws Exception {
        String compact = issuer.mint(member.claims(DemoCast.AUDIENCE), Duration.ofHours(1));

        SignedJWT token = SignedJWT.parse(compact);

        assertThat(verifies(token)).isTrue();
        assertThat(token.getHeader().getAlgorithm()).hasToString("RS256");
        assertThat(token.getJWTClaimsSet().getIssuer()).isEqualTo(issuer.issuer().toString());
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly(DemoCast.AUDIENCE);
        assertThat(token.getJWTClaimsSet().getStringClaim("tid")).isEqualTo(DemoCast.TENANT);
        assertThat(token.getJWTClaimsSet().getStringClaim("oid")).isEqualTo(member.id().objectId());
        assertThat(token.getJWTClaimsSet().getStringClaim("azp"))
                .isEqualTo(member.clientApplication());
        assertThat(token.getJWTClaimsSet().getExpirationTime())
                .isEqualTo(Date.from(NOW.plus(Duration.ofHours(1))));
    }

    @Test
    void aUsersSubjectIsNotTheirObjectId() {
        Map<String, Object> claims = DemoCast.ENGINEER.claims(DemoCast.AUDIENCE);

        assertThat(claims.get("sub")).isNotEqualTo(claims.get("oid"));
    }

    @Test
    void aClaimOfTheCallerWinsOverTheIssuersOwn() throws Exception {
        SignedJWT token =
                SignedJWT.parse(issuer.mint(Map.of("tid", "elsewhere"), Duration.ofHours(1)));

        assertThat(token.getJWTClaimsSet().getStringClaim("tid")).isEqualTo("elsewhere");
    }

    @Test
    void aRotatedKeySignsWhileTheOldOneIsStillPublished() throws Exception {
        SignedJWT before = SignedJWT.parse(issuer.mint(Map.of(), Duration.ofHours(1)));

        issuer.rotateKey();

        SignedJWT after = SignedJWT.parse(issuer.mint(Map.of(), Duration.ofHours(1)));
        assertThat(after.getHeader().getKeyID()).isNotEqualTo(before.getHeader().getKeyID());
        assertThat(verifies(before)).isTrue();
        assertThat(verifies(after)).isTrue();
    }

    @Test
    void aRetiredKeyIsPublishedNoMore() throws Exception {
        SignedJWT before = SignedJWT.parse(issuer.mint(Map.of(), Duration.ofHours(1)));

        issuer.rotateKey();
        issuer.retireOldKeys();

        assertThat(keySet().getKeyByKeyId(before.getHeader().getKeyID())).isNull();
        assertThat(keySet().getKeys()).hasSize(1);
    }

    @Test
    void everyOtherPathIsNotFound() throws Exception {
        assertThat(get(issuer.issuer() + "/token").statusCode()).isEqualTo(404);
    }

    private boolean verifies(SignedJWT token) throws Exception {
        JWK key = keySet().getKeyByKeyId(token.getHeader().getKeyID());
        return token.verify(new RSASSAVerifier(key.toRSAKey()));
    }

    private JWKSet keySet() throws Exception {
        return JWKSet.parse(get(issuer.keySetUri().toString()).body());
    }

    private HttpResponse<String> get(String uri) throws Exception {
        return client.send(
                HttpRequest.newBuilder(URI.create(uri)).build(), BodyHandlers.ofString());
    }
}

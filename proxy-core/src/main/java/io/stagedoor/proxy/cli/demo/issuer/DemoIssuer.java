package io.stagedoor.proxy.cli.demo.issuer;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.JSONObjectUtils;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.LoopbackServer;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An OpenID Connect issuer on loopback in the manner of Entra v2: discovery document, key set, and
 * tokens signed with RS256 by a key made at its start.
 *
 * <p>Implements the parts of OpenID Connect Discovery 1.0 and RFC 7517 that a relying party reads.
 * Tokens are minted in the process, with {@link #mint}. Safe for use by several threads.
 */
public final class DemoIssuer implements AutoCloseable {
    private static final int KEY_BITS = 2048;
    private static final String KEY_SET_PATH = "/discovery/v2.0/keys";

    private final String tenant;
    private final InstantSource clock;
    private final LoopbackServer server;
    private final List<RSAKey> keys;
    private final AtomicInteger keySetRequests = new AtomicInteger();

    private DemoIssuer(String tenant, InstantSource clock, ServerIdentity identity) {
        this.tenant = tenant;
        this.clock = clock;
        this.keys = new CopyOnWriteArrayList<>(List.of(newKey()));
        this.server = LoopbackServer.start(identity, this::answer);
    }

    /**
     * Starts an issuer with one signing key.
     *
     * @param tenant the tenant id in its name and in the {@code tid} claim of what it mints
     */
    public static DemoIssuer start(String tenant, InstantSource clock, ServerIdentity identity) {
        return new DemoIssuer(tenant, clock, identity);
    }

    /** Gives the issuer identifier, exactly as it stands in {@code iss}. */
    public URI issuer() {
        return URI.create(server.uri() + "/" + tenant + "/v2.0");
    }

    /** Gives the address of the key set, as the discovery document names it. */
    public URI keySetUri() {
        return URI.create(server.uri() + "/" + tenant + KEY_SET_PATH);
    }

    /** Tells how often the key set was asked for since the start. */
    public int keySetRequests() {
        return keySetRequests.get();
    }

    /**
     * Mints a token valid from now for a lifetime, signed by the newest key.
     *
     * <p>Adds {@code iss}, {@code tid}, {@code iat}, {@code nbf}, {@code exp}, {@code uti} and {@code
     * ver} 2.0; a claim given by the caller wins over each of them.
     *
     * @param claims claim values as the JOSE library accepts them; times as {@link Date}
     * @return the compact form (RFC 7515, section 7.1)
     */
    public String mint(Map<String, Object> claims, Duration lifetime) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder builder =
                new JWTClaimsSet.Builder()
                        .issuer(issuer().toString())
                        .claim("tid", tenant)
                        .claim("ver", "2.0")
                        .claim("uti", UUID.randomUUID().toString())
                        .issueTime(Date.from(now))
                        .notBeforeTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(lifetime)));
        claims.forEach(builder::claim);
        return signed(builder.build(), keys.getLast());
    }

    /** Adds a new key and signs with it from now on; older keys stay published. */
    public void rotateKey() {
        keys.add(newKey());
    }

    /** Stops publishing every key but the newest; tokens signed by the others become worthless. */
    public void retireOldKeys() {
        RSAKey newest = keys.getLast();
        keys.removeIf(key -> !key.equals(newest));
    }

    @Override
    public void close() {
        server.close();
    }

    private Answer answer(SeenRequest request) {
        if (request.path().equals(keySetUri().getPath())) {
            keySetRequests.incrementAndGet();
            return Answer.json(200, new JWKSet(List.<JWK>copyOf(keys)).toString());
        }
        if (request.path().equals(issuer().getPath() + "/.well-known/openid-configuration")) {
            return Answer.json(200, JSONObjectUtils.toJSONString(discoveryDocument()));
        }
        return Answer.json(404, "{\"error\":\"not_found\"}");
    }

    private Map<String, Object> discoveryDocument() {
        return Map.of(
                "issuer", issuer().toString(),
                "jwks_uri", keySetUri().toString(),
                "authorization_endpoint", server.uri() + "/" + tenant + "/oauth2/v2.0/authorize",
                "token_endpoint", server.uri() + "/" + tenant + "/oauth2/v2.0/token",
                "response_types_supported", List.of("code"),
                "subject_types_supported", List.of("pairwise"),
                "id_token_signing_alg_values_supported", List.of("RS256"));
    }

    private static String signed(JWTClaimsSet claims, RSAKey key) {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build();
        SignedJWT token = new SignedJWT(header, claims);
        try {
            token.sign(new RSASSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException("this java runtime cannot sign with RS256", e);
        }
        return token.serialize();
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(KEY_BITS)
                    .keyUse(KeyUse.SIGNATURE)
                    .algorithm(JWSAlgorithm.RS256)
                    .keyID(UUID.randomUUID().toString())
                    .generate();
        } catch (JOSEException e) {
            throw new IllegalStateException("this java runtime cannot make RSA keys", e);
        }
    }
}

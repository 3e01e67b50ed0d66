package io.stagedoor.proxy.testing;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
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
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * An OpenID provider on loopback at which one user is always signed in: authorization endpoint, token
 * endpoint with PKCE and a client's secret, end-session endpoint. It refuses what a strict one would.
 */
public final class LoginIssuer implements AutoCloseable {

    private final LoopbackServer server;
    private final InstantSource clock;
    private final RSAKey key;
    private final Map<String, Map<String, String>> codes = new ConcurrentHashMap<>();
    private final String client;
    private final String secret;
    private volatile UnaryOperator<JWTClaimsSet.Builder> claims = UnaryOperator.identity();
    private volatile RSAKey signing;

    public LoginIssuer(InstantSource clock, ServerIdentity identity, String client, String secret) {
        this.clock = clock;
        this.client = client;
        this.secret = secret;
        this.key = newKey();
        this.signing = key;
        this.server = LoopbackServer.start(identity, this::answer);
    }

    public URI uri() {
        return server.uri();
    }

    /** Changes the claims of ID tokens from now on. */
    public void claims(UnaryOperator<JWTClaimsSet.Builder> change) {
        claims = change;
    }

    /** Signs with a key from now on that is not published. */
    public void forge() {
        signing = newKey();
    }

    private Answer answer(SeenRequest request) {
        return switch (request.path()) {
            case "/.well-known/openid-configuration" ->
                    Answer.json(200, JSONObjectUtils.toJSONString(discovery()));
            case "/keys" -> Answer.json(200, new JWKSet(key.toPublicJWK()).toString());
            case "/authorize" -> authorize(request);
            case "/token" -> token(request);
            default -> Answer.json(404, "{}");
        };
    }

    private Map<String, Object> discovery() {
        return Map.of(
                "issuer", uri().toString(),
                "jwks_uri", uri() + "/keys",
                "authorization_endpoint", uri() + "/authorize",
                "token_endpoint", uri() + "/token",
                "end_session_endpoint", uri() + "/logout",
                "authorization_response_iss_parameter_supported", true,
                "token_endpoint_auth_methods_supported", List.of("client_secret_basic"));
    }

    private Answer authorize(SeenRequest request) {
        Map<String, String> asked = new HashMap<>();
        for (String name :
                List.of("redirect_uri", "nonce", "state", "code_challenge", "client_id")) {
            asked.put(name, request.parameter(name).orElse(""));
        }
        boolean good =
                request.parameter("response_type").orElse("").equals("code")
                        && request.parameter("code_challenge_method").orElse("").equals("S256")
                        && Arrays.asList(request.parameter("scope").orElse("").split(" "))
                                .contains("openid")
                        && asked.get("client_id").equals(client)
                        && asked.values().stream().noneMatch(String::isEmpty);
        if (!good) {
            return Answer.json(400, "{\"error\":\"invalid_request\"}");
        }
        String code = UUID.randomUUID().toString();
        codes.put(code, asked);
        return Answer.empty(302)
                .with(
                        "Location",
                        asked.get("redirect_uri")
                                + "?code="
                                + code
                                + "&state="
                                + encode(asked.get("state"))
                                + "&iss="
                                + encode(uri().toString()));
    }

    private Answer token(SeenRequest request) {
        Map<String, String> form = form(request.body().text());
        Map<String, String> asked = codes.remove(form.getOrDefault("code", ""));
        String basic =
                "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (client + ":" + secret)
                                                .getBytes(StandardCharsets.US_ASCII));
        boolean good =
                asked != null
                        && request.field("Authorization").orElse("").equals(basic)
                        && form.getOrDefault("grant_type", "").equals("authorization_code")
                        && asked.get("redirect_uri").equals(form.get("redirect_uri"))
                        && asked.get("code_challenge")
                                .equals(s256(form.getOrDefault("code_verifier", "")));
        if (!good) {
            return Answer.json(400, "{\"error\":\"invalid_grant\"}");
        }
        return Answer.json(
                200,
                JSONObjectUtils.toJSONString(
                        Map.of(
                                "token_type",
                                "Bearer",
                                "access_token",
                                "opaque",
                                "id_token",
                                idToken(asked.get("nonce")))));
    }

    private String idToken(String nonce) {
        Instant now = clock.instant();
        JWTClaimsSet.Builder builder =
                new JWTClaimsSet.Builder()
                        .issuer(uri().toString())
                        .audience(client)
                        .subject("subject")
                        .claim("nonce", nonce)
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(Duration.ofMinutes(5))));
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.RS256)
                                .type(JOSEObjectType.JWT)
                                .keyID(key.getKeyID())
                                .build(),
                        claims.apply(builder).build());
        try {
            token.sign(new RSASSASigner(signing));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new HashMap<>();
        for (String pair : text.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            form.put(decode(parts[0]), parts.length == 2 ? decode(parts[1]) : "");
        }
        return form;
    }

    private static String s256(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static RSAKey newKey() {
        try {
            return new RSAKeyGenerator(2048).keyID("k1").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}

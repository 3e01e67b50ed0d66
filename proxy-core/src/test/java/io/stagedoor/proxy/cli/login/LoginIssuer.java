package io.stagedoor.proxy.cli.login;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import io.stagedoor.proxy.cli.demo.loopback.LoopbackServer;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.cli.oauth.RandomText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;

/**
 * An issuer on loopback that people can log in to: authorization code with PKCE, device code, refresh
 * tokens that are good once, revocation. It checks what it is told as strictly as RFC 6749, 7636 and
 * 8628 want, and approves whoever comes.
 */
public final class LoginIssuer implements AutoCloseable {
    /** The only client that it knows. */
    public static final String CLIENT = "stagedoor-cli";

    /** Who logs in. */
    public static final String PERSON = "ada@example.com";

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private record Code(Map<String, String> request) {
        boolean isFor(Map<String, String> form) {
            String challenge = RandomText.challengeOf(form.getOrDefault("code_verifier", ""));
            return challenge.equals(request.get("code_challenge"))
                    && Objects.equals(request.get("redirect_uri"), form.get("redirect_uri"));
        }
    }

    private final DemoAuthority authority = DemoAuthority.create(InstantSource.system());
    private final ECKey key = newKey();
    private final LoopbackServer server = LoopbackServer.start(authority.issue(), this::answer);
    private final Map<String, Code> codes = new ConcurrentHashMap<>();
    private final Map<String, String> refreshTokens = new ConcurrentHashMap<>();
    private final List<Map<String, String>> tokenRequests = new CopyOnWriteArrayList<>();
    private final List<String> revoked = new CopyOnWriteArrayList<>();
    private final Queue<String> deviceAnswers = new ConcurrentLinkedQueue<>();
    private volatile UnaryOperator<ObjectNode> discovery = UnaryOperator.identity();
    private volatile UnaryOperator<ObjectNode> tokens = UnaryOperator.identity();
    private volatile UnaryOperator<JWTClaimsSet.Builder> idToken = UnaryOperator.identity();
    private volatile String deviceChallenge = "";
    private volatile Duration lifetime = Duration.ofHours(1);

    /** Gives the issuer as it calls itself. */
    public String uri() {
        return server.uri() + "/people";
    }

    /** Gives the authority that signed its certificate. */
    public DemoAuthority authority() {
        return authority;
    }

    /** Changes the discovery document from now on. */
    public void discovery(UnaryOperator<ObjectNode> edit) {
        discovery = edit;
    }

    /** Changes the good answers of the token endpoint from now on. */
    public void tokens(UnaryOperator<ObjectNode> edit) {
        tokens = edit;
    }

    /** Changes the claims of ID tokens from now on. */
    public void idToken(UnaryOperator<JWTClaimsSet.Builder> edit) {
        idToken = edit;
    }

    /** Sets how long access tokens are good from now on. */
    public void lifetime(Duration duration) {
        lifetime = duration;
    }

    /** Has the next questions about device codes answered with these errors; then all is good. */
    public void deviceErrors(String... errors) {
        deviceAnswers.addAll(List.of(errors));
    }

    /** Takes every refresh token back. */
    public void forgetRefreshTokens() {
        refreshTokens.clear();
    }

    /** Gives the forms that came to the token endpoint. */
    public List<Map<String, String>> tokenRequests(String grantType) {
        return tokenRequests.stream()
                .filter(form -> grantType.equals(form.get("grant_type")))
                .toList();
    }

    /** Gives the tokens that were revoked. */
    public List<String> revoked() {
        return List.copyOf(revoked);
    }

    @Override
    public void close() {
        server.close();
    }

    private Answer answer(SeenRequest request) {
        return switch (request.path()) {
            case "/people/.well-known/openid-configuration" ->
                    Answer.json(200, discovery.apply(document()).toString());
            case "/people/keys" -> Answer.json(200, new JWKSet(key.toPublicJWK()).toString());
            case "/people/authorize" -> authorize(request);
            case "/people/device" -> device(form(request.body().text()));
            case "/people/token" -> token(form(request.body().text()));
            case "/people/revoke" -> revoke(form(request.body().text()));
            default -> Answer.json(404, "{}");
        };
    }

    private ObjectNode document() {
        return MAPPER.createObjectNode()
                .put("issuer", uri())
                .put("authorization_endpoint", uri() + "/authorize")
                .put("token_endpoint", uri() + "/token")
                .put("device_authorization_endpoint", uri() + "/device")
                .put("revocation_endpoint", uri() + "/revoke")
                .put("jwks_uri", uri() + "/keys")
                .put("authorization_response_iss_parameter_supported", true);
    }

    private Answer authorize(SeenRequest request) {
        Map<String, String> query = form(request.query());
        boolean good =
                CLIENT.equals(query.get("client_id"))
                        && "code".equals(query.get("response_type"))
                        && "S256".equals(query.get("code_challenge_method"))
                        && query.getOrDefault("code_challenge", "").length() == 43
                        && query.getOrDefault("redirect_uri", "").startsWith("http://127.0.0.1:");
        if (!good) {
            return Answer.json(400, "{\"error\":\"invalid_request\"}");
        }
        String code = RandomText.next();
        codes.put(code, new Code(query));
        String back = query.get("redirect_uri") + "?code=" + code + "&state=" + query.get("state");
        return Answer.empty(302).with("Location", back + "&iss=" + uri());
    }

    private Answer device(Map<String, String> form) {
        if (!CLIENT.equals(form.get("client_id"))) {
            return error("invalid_client");
        }
        deviceChallenge = form.getOrDefault("code_challenge", "");
        return Answer.json(
                200,
                MAPPER.createObjectNode()
                        .put("device_code", "device-" + form.get("scope"))
                        .put("user_code", "WDJB-MJHT")
                        .put("verification_uri", uri() + "/activate")
                        .put("verification_uri_complete", uri() + "/activate?user_code=WDJB-MJHT")
                        .put("expires_in", 600)
                        .put("interval", 1)
                        .toString());
    }

    private Answer token(Map<String, String> form) {
        tokenRequests.add(form);
        if (!CLIENT.equals(form.get("client_id"))) {
            return error("invalid_client");
        }
        return switch (form.getOrDefault("grant_type", "")) {
            case "authorization_code" -> exchange(form);
            case "refresh_token" ->
                    refreshTokens.remove(form.getOrDefault("refresh_token", "")) == null
                            ? error("invalid_grant")
                            : good("");
            case "urn:ietf:params:oauth:grant-type:device_code" -> polled(form);
            default -> error("unsupported_grant_type");
        };
    }

    /** As issuers do that bind device codes to a verifier too. */
    private Answer polled(Map<String, String> form) {
        String challenge = RandomText.challengeOf(form.getOrDefault("code_verifier", ""));
        if (!challenge.equals(deviceChallenge)) {
            return error("invalid_grant");
        }
        String next = deviceAnswers.poll();
        return next == null ? good("") : error(next);
    }

    private Answer exchange(Map<String, String> form) {
        Optional<Code> code =
                Optional.ofNullable(codes.remove(form.getOrDefault("code", "")))
                        .filter(each -> each.isFor(form));
        return code.map(each -> good(each.request().getOrDefault("nonce", "")))
                .orElseGet(() -> error("invalid_grant"));
    }

    private Answer good(String nonce) {
        String refresh = RandomText.next();
        refreshTokens.put(refresh, "");
        ObjectNode answer =
                MAPPER.createObjectNode()
                        .put("access_token", "access-" + UUID.randomUUID())
                        .put("token_type", "Bearer")
                        .put("expires_in", lifetime.toSeconds())
                        .put("refresh_token", refresh)
                        .put("id_token", idTokenOf(nonce));
        return Answer.json(200, tokens.apply(answer).toString());
    }

    private Answer revoke(Map<String, String> form) {
        revoked.add(form.get("token"));
        refreshTokens.remove(form.get("token"));
        return Answer.empty(200);
    }

    private String idTokenOf(String nonce) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(uri())
                        .audience(CLIENT)
                        .subject("7")
                        .claim("preferred_username", PERSON)
                        .claim("nonce", nonce)
                        .expirationTime(
                                Date.from(InstantSource.system().instant().plusSeconds(600)));
        SignedJWT token =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key.getKeyID()).build(),
                        idToken.apply(claims).build());
        try {
            token.sign(new ECDSASigner(key));
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        return token.serialize();
    }

    private static Answer error(String code) {
        return Answer.json(
                400,
                MAPPER.createObjectNode()
                        .put("error", code)
                        .put("error_description", "this is why")
                        .toString());
    }

    private static Map<String, String> form(String text) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            form.put(
                    parts[0],
                    URLDecoder.decode(parts.length == 2 ? parts[1] : "", StandardCharsets.UTF_8));
        }
        return form;
    }

    private static ECKey newKey() {
        try {
            return new ECKeyGenerator(Curve.P_256).keyID("people").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }
}

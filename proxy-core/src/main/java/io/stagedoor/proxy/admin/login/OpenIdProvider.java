package io.stagedoor.proxy.admin.login;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.StrictJson;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The issuer as a relying party speaks to it (OpenID Connect Discovery 1.0; Core 1.0, section 3.1).
 *
 * <p>Its discovery document is kept for an hour. Answers are bounded in size and time, redirects are
 * not followed. Blocks; safe for any thread.
 */
final class OpenIdProvider implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration KEPT = Duration.ofHours(1);
    private static final int MAX_OCTETS = 256 * 1024;

    private final LoginSettings settings;
    private final InstantSource clock;
    private final HttpClient http;
    private volatile Optional<Known> known = Optional.empty();

    private record Known(Metadata metadata, Instant at) {}

    /**
     * What its discovery document says.
     *
     * @param authorization where browsers are sent
     * @param token where codes are turned into tokens
     * @param endSession where browsers sign out, if they can
     * @param postsSecret whether it takes a client's secret in the form only
     * @param namesItself whether it names itself when it sends browsers back (RFC 9207)
     */
    record Metadata(
            URI authorization,
            URI token,
            Optional<URI> endSession,
            boolean postsSecret,
            boolean namesItself) {}

    /**
     * @throws IOException if the certificates to trust cannot be read
     */
    OpenIdProvider(LoginSettings settings, InstantSource clock) throws IOException {
        this.settings = settings;
        this.clock = clock;
        this.http =
                HttpClient.newBuilder()
                        .sslContext(TlsTrust.context(settings.trusted()))
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(PATIENCE)
                        .build();
    }

    /**
     * Returns what its discovery document says.
     *
     * @throws IOException if it cannot be had, or is another's
     */
    Metadata metadata() throws IOException {
        Optional<Known> held = known;
        Instant now = clock.instant();
        if (held.isPresent() && now.isBefore(held.get().at().plus(KEPT))) {
            return held.get().metadata();
        }
        Metadata fresh = read();
        known = Optional.of(new Known(fresh, now));
        return fresh;
    }

    private Metadata read() throws IOException {
        String base = settings.issuer().replaceFirst("/$", "");
        ObjectNode document =
                send(
                        HttpRequest.newBuilder(
                                URI.create(base + "/.well-known/openid-configuration")));
        if (!settings.issuer().equals(document.path("issuer").textValue())) {
            throw new IOException("its discovery document states another issuer");
        }
        String methods = document.path("token_endpoint_auth_methods_supported").toString();
        return new Metadata(
                endpoint(document, "authorization_endpoint")
                        .orElseThrow(() -> new IOException("it has no authorization endpoint")),
                endpoint(document, "token_endpoint")
                        .orElseThrow(() -> new IOException("it has no token endpoint")),
                endpoint(document, "end_session_endpoint"),
                methods.contains("client_secret_post") && !methods.contains("client_secret_basic"),
                document.path("authorization_response_iss_parameter_supported").asBoolean(false));
    }

    private static Optional<URI> endpoint(ObjectNode document, String name) throws IOException {
        String text = document.path(name).textValue();
        if (text == null) {
            return Optional.empty();
        }
        try {
            URI uri = URI.create(text);
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException malformed) {
            throw new IOException("its `" + name + "` is malformed", malformed);
        }
        throw new IOException("its `" + name + "` is no https address");
    }

    /**
     * Turns a code into an ID token.
     *
     * @param verifier proves that the same client asks that was given the code (RFC 7636)
     * @throws IOException if there is none to be had; repeats nothing of the answer
     */
    String idToken(String code, String verifier) throws IOException {
        Metadata metadata = metadata();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("code", code);
        form.put("redirect_uri", settings.redirectUri());
        form.put("code_verifier", verifier);
        HttpRequest.Builder request = HttpRequest.newBuilder(metadata.token());
        Optional<String> secret = settings.client().secret().map(each -> each.get());
        if (secret.isPresent() && !metadata.postsSecret()) {
            request.header("Authorization", basic(settings.client().id(), secret.get()));
        } else {
            form.put("client_id", settings.client().id());
            secret.ifPresent(text -> form.put("client_secret", text));
        }
        request.header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(encoded(form)));
        String token = send(request).path("id_token").textValue();
        if (token == null) {
            throw new IOException("it gave no ID token");
        }
        return token;
    }

    /** RFC 6749, section 2.3.1: both are encoded as in forms first. */
    private static String basic(String client, String secret) {
        String pair = encode(client) + ":" + encode(secret);
        return "Basic "
                + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private ObjectNode send(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<byte[]> response =
                    http.send(
                            request.timeout(PATIENCE).header("Accept", "application/json").build(),
                            BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_OCTETS));
            if (response.statusCode() != 200) {
                throw new IOException("it answered with status " + response.statusCode());
            }
            return StrictJson.readObject(response.body())
                    .orElseThrow(() -> new IOException("its answer is no strict JSON object"));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("asking it was interrupted", interrupted);
        }
    }

    static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(each -> encode(each.getKey()) + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

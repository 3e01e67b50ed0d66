package io.stagedoor.proxy.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.DemoFolder;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.cli.oauth.RandomText;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A Keycloak 26.7.3 on loopback over TLS, with the realm {@code stagedoor}. Everything secret about it is
 * made at its start, and nothing of it outlives its end. Its start takes up to a minute, so all test
 * classes share one (see {@link SharedKeycloak}).
 */
public final class KeycloakServer implements AutoCloseable {
    private static final Path HOME = Path.of("target/keycloak/keycloak-26.7.3");
    private static final Duration STARTS_WITHIN = Duration.ofMinutes(20);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DemoAuthority authority = DemoAuthority.create(InstantSource.system());
    private final DemoFolder folder = DemoFolder.create();
    private final String password = RandomText.next();
    private final String secret = RandomText.next();
    private final int port = freePort();
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(authority.trustingContext()).build();
    private final Process process;

    private KeycloakServer() throws IOException {
        ServerIdentity identity = authority.issue();
        folder.write("ca.pem", authority.certificatePem());
        folder.write("keycloak.pem", identity.certificateChainPem());
        folder.write("keycloak.key", identity.privateKeyPem());
        writeRealm();
        process = builder().start();
    }

    /** Starts it, and waits until it serves the realm. */
    static KeycloakServer start() throws IOException {
        assertThat(HOME.resolve("bin/kc.sh"))
                .as("Keycloak is unpacked by the profile: mvn verify -Pkeycloak")
                .exists();
        KeycloakServer server = new KeycloakServer();
        try {
            await().atMost(STARTS_WITHIN)
                    .pollInterval(Duration.ofMillis(500))
                    .until(server::answersOrHasEnded);
            assertThat(server.process.isAlive()).as(server.log()).isTrue();
            return server;
        } catch (RuntimeException | AssertionError e) {
            server.close();
            throw e;
        }
    }

    private ProcessBuilder builder() {
        List<String> command = new ArrayList<>(List.of("sh", "bin/kc.sh", "start-dev"));
        command.addAll(List.of("--import-realm", "--db=dev-mem", "--http-enabled=false"));
        command.addAll(List.of("--http-host=127.0.0.1", "--https-port=" + port));
        command.add("--hostname=https://localhost:" + port);
        command.add("--https-certificate-file=" + folder.file("keycloak.pem"));
        command.add("--https-certificate-key-file=" + folder.file("keycloak.key"));
        ProcessBuilder builder = new ProcessBuilder(command).directory(HOME.toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JAVA_OPTS_KC_HEAP", "-Xms64m -Xmx512m");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", "admin");
        builder.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", password);
        return builder.redirectErrorStream(true).redirectOutput(folder.file("log").toFile());
    }

    private void writeRealm() throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(KeycloakServer.class.getResourceAsStream("realm.json"))) {
            String realm =
                    new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                            .replace("@password@", password)
                            .replace("@secret@", secret);
            Path file = folder.write("realm.json", realm);
            Path place = Files.createDirectories(HOME.resolve("data/import"));
            Files.move(file, place.resolve("realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private boolean answersOrHasEnded() {
        try {
            URI document = URI.create(issuer() + "/.well-known/openid-configuration");
            HttpRequest request =
                    HttpRequest.newBuilder(document).timeout(Duration.ofSeconds(10)).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return !process.isAlive();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Gives the issuer as it calls itself. */
    public String issuer() {
        return "https://localhost:" + port + "/realms/stagedoor";
    }

    /** Gives the PEM file of the authority that signed its certificate. */
    public Path authorityFile() {
        return folder.file("ca.pem");
    }

    /** Gives the text of that file. */
    public String authorityPem() {
        return authority.certificatePem();
    }

    /** Gives the password of every person. */
    public String password() {
        return password;
    }

    /** Gives the secret of the client {@code agent}. */
    public String secret() {
        return secret;
    }

    /** Asks the token endpoint, and gives its answer whatever it is. */
    public JsonNode token(Map<String, String> form) throws IOException, InterruptedException {
        return JSON.readTree(
                send(HttpRequest.newBuilder(URI.create(issuer() + "/protocol/openid-connect/token"))
                                .header("content-type", "application/x-www-form-urlencoded")
                                .POST(BodyPublishers.ofString(encoded(form)))
                                .build())
                        .body());
    }

    /** Gives an access token of a person by their password (RFC 6749, section 4.3). */
    public String tokenOf(String person) throws IOException, InterruptedException {
        JsonNode answer =
                token(
                        Map.of(
                                "grant_type",
                                "password",
                                "client_id",
                                "stagedoor-cli",
                                "username",
                                person,
                                "password",
                                password));
        assertThat(answer.path("access_token").asText()).as(answer.toString()).isNotEmpty();
        return answer.path("access_token").asText();
    }

    /** Gives what the agent gets in exchange, or, without a token, for itself. */
    public String tokenOfAgent(Map<String, String> more) throws IOException, InterruptedException {
        Map<String, String> form = new TreeMap<>(more);
        form.put("client_id", "agent");
        form.put("client_secret", secret);
        form.putIfAbsent("grant_type", "client_credentials");
        JsonNode answer = token(form);
        assertThat(answer.path("access_token").asText()).as(answer.toString()).isNotEmpty();
        return answer.path("access_token").asText();
    }

    /** Calls the admin API for the realm. */
    JsonNode admin(String method, String path, JsonNode body)
            throws IOException, InterruptedException {
        String root = "https://localhost:" + port;
        HttpRequest login =
                HttpRequest.newBuilder(
                                URI.create(root + "/realms/master/protocol/openid-connect/token"))
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(
                                BodyPublishers.ofString(
                                        encoded(
                                                Map.of(
                                                        "grant_type", "password",
                                                        "client_id", "admin-cli",
                                                        "username", "admin",
                                                        "password", password))))
                        .build();
        String token = JSON.readTree(send(login).body()).path("access_token").asText();
        HttpResponse<String> response =
                send(
                        HttpRequest.newBuilder(URI.create(root + "/admin/realms/stagedoor" + path))
                                .header("authorization", "Bearer " + token)
                                .header("content-type", "application/json")
                                .method(method, BodyPublishers.ofString(body.toString()))
                                .build());
        assertThat(response.statusCode()).as(response.body()).isBetween(200, 299);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(HttpRequest request)
            throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString());
    }

    private static String encoded(Map<String, String> form) {
        return form.entrySet().stream()
                .map(
                        each ->
                                each.getKey()
                                        + "="
                                        + URLEncoder.encode(
                                                each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException("no loopback port is free", e);
        }
    }

    private String log() {
        try {
            return Files.readString(folder.file("log"));
        } catch (IOException e) {
            return "no log: " + e;
        }
    }

    @Override
    public void close() {
        client.close();
        try (Stream<ProcessHandle> descendants = process.descendants()) {
            descendants.forEach(ProcessHandle::destroy);
        }
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(HOME.resolve("data/import/realm.json"));
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException("Keycloak does not end in order", e);
        } finally {
            folder.close();
        }
    }
}

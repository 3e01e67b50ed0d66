package io.stagedoor.proxy.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A real Chromium without a window, driven by the W3C WebDriver protocol through {@code chromedriver}
 * (both Debian packages). It takes any certificate and knows nothing of earlier visits.
 */
public final class HeadlessBrowser implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("started successfully on port (\\d+)");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> FLAGS =
            List.of(
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--disable-quic",
                    "--no-first-run",
                    "--disable-background-networking",
                    "--disable-component-update",
                    "--disable-sync",
                    "--disable-dev-shm-usage");

    private final HttpClient client = HttpClient.newHttpClient();
    private final Process driver;
    private final String session;

    private HeadlessBrowser(Process driver, Path profile) throws IOException, InterruptedException {
        this.driver = driver;
        String root = "http://127.0.0.1:" + port(driver.inputReader()) + "/session";
        ObjectNode request = JSON.createObjectNode();
        ObjectNode wanted = request.putObject("capabilities").putObject("alwaysMatch");
        wanted.put("browserName", "chrome").put("acceptInsecureCerts", true);
        ArrayNode flags = wanted.putObject("goog:chromeOptions").putArray("args");
        FLAGS.forEach(flags::add);
        flags.add("--user-data-dir=" + profile);
        this.session = root + "/" + send("POST", root, request).path("sessionId").asText();
    }

    /**
     * Starts it.
     *
     * @param folder an empty folder of its own
     */
    public static HeadlessBrowser start(Path folder) throws IOException, InterruptedException {
        assertThat(isInstalled("chromedriver") && isInstalled("chromium"))
                .as(
                        "the browser is there; it needs the Debian packages chromium and"
                                + " chromium-driver: apt-get install chromium chromium-driver")
                .isTrue();
        Process driver =
                new ProcessBuilder("chromedriver", "--port=0")
                        .redirectErrorStream(true)
                        .directory(Files.createDirectories(folder).toFile())
                        .start();
        try {
            return new HeadlessBrowser(driver, folder.resolve("profile"));
        } catch (IOException | InterruptedException | RuntimeException | AssertionError e) {
            driver.destroy();
            throw e;
        }
    }

    private static boolean isInstalled(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .map(folder -> Path.of(folder, program))
                .anyMatch(Files::isExecutable);
    }

    private static String port(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null) {
            Matcher matcher = PORT.matcher(line);
            if (matcher.find()) {
                return matcher.group(1);
            }
            line = lines.readLine();
        }
        throw new IOException("chromedriver ended before it began");
    }

    /** Shows a page. */
    public void visit(String page) throws IOException, InterruptedException {
        send("POST", session + "/url", JSON.createObjectNode().put("url", page));
    }

    /** Types into the field that a CSS selector names, once it is there. */
    public void type(String selector, String text) throws IOException, InterruptedException {
        String element = element(selector);
        send(
                "POST",
                session + "/element/" + element + "/value",
                JSON.createObjectNode().put("text", text));
    }

    /** Clicks on what a CSS selector names, once it is there. */
    public void click(String selector) throws IOException, InterruptedException {
        String element = element(selector);
        send("POST", session + "/element/" + element + "/click", JSON.createObjectNode());
    }

    /** Waits until the page holds a text. */
    public void awaitText(String text) {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .untilAsserted(() -> assertThat(text()).contains(text));
    }

    /** Gives the address that is shown. */
    public String address() throws IOException, InterruptedException {
        return send("GET", session + "/url", JSON.createObjectNode()).asText();
    }

    private String text() throws IOException, InterruptedException {
        ObjectNode script =
                JSON.createObjectNode()
                        .put("script", "return document.body ? document.body.innerText : ''");
        script.putArray("args");
        return send("POST", session + "/execute/sync", script).asText();
    }

    private String element(String selector) {
        ObjectNode request =
                JSON.createObjectNode().put("using", "css selector").put("value", selector);
        return await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreException(IOException.class)
                .until(
                        () -> send("POST", session + "/element", request).path(ELEMENT).asText(),
                        found -> !found.isEmpty());
    }

    private JsonNode send(String method, String address, ObjectNode body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
        boolean bodiless = method.equals("GET") || method.equals("DELETE");
        request.method(
                method,
                bodiless ? BodyPublishers.noBody() : BodyPublishers.ofString(body.toString()));
        JsonNode value =
                JSON.readTree(client.send(request.build(), BodyHandlers.ofString()).body())
                        .path("value");
        if (value.has("error")) {
            throw new IOException(value.path("error").asText() + ": " + value.path("message"));
        }
        return value;
    }

    @Override
    public void close() {
        try {
            send("DELETE", session, JSON.createObjectNode());
            driver.destroy();
            if (!driver.waitFor(20, TimeUnit.SECONDS)) {
                driver.destroyForcibly();
            }
        } catch (IOException | InterruptedException e) {
            driver.destroyForcibly();
        }
        client.close();
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.journal.JournalSettings;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.audit.verify.Verification;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.testing.JournalReading;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** {@code kill -9} of the running proxy under load, again and again: nothing acknowledged is lost. */
class KilledProxyIT {

    private static final int ROUNDS = Integer.getInteger("stagedoor.kills", 8);
    private static final int CLIENTS = 4;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Random random = new Random(20260101);

    @Test
    void everyRunThatAClientWasToldOfIsInTheTrail() throws Exception {
        try (DemoScenery scenery = DemoScenery.set(InstantSource.system(), 0, 0);
                HttpClient client =
                        HttpClient.newBuilder()
                                .sslContext(scenery.authority().trustingContext())
                                .build()) {
            for (int round = 0; round < ROUNDS; round++) {
                killUnderLoad(scenery, client);
            }

            Path journal = scenery.folder().path().resolve("audit");
            Journal.open(JournalSettings.of(journal, "after"), InstantSource.system()).close();

            assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
            assertThat(runsIn(journal)).containsAll(acknowledged);
            assertThat(verify(journal).isGood()).as(verify(journal).toString()).isTrue();
        }
    }

    private void killUnderLoad(DemoScenery scenery, HttpClient client) throws Exception {
        Process proxy = start(scenery.configuration());
        try {
            URI base = awaitServing(proxy, client);
            int before = acknowledged.size();
            String token = scenery.token(DemoCast.ENGINEER);
            List<CompletableFuture<Void>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(CompletableFuture.runAsync(() -> startRuns(client, base, token)));
            }
            Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> acknowledged.size() > before + random.nextInt(20));
            proxy.destroyForcibly();
            clients.forEach(CompletableFuture::join);
        } finally {
            proxy.destroyForcibly();
            assertThat(proxy.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static Process start(Path configuration) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=logback-cli.xml",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "io.stagedoor.proxy.cli.Main",
                        "run",
                        "--config",
                        configuration.toString(),
                        "--json")
                .redirectErrorStream(true)
                .start();
    }

    private static URI awaitServing(Process proxy, HttpClient client) throws Exception {
        BufferedReader lines =
                new BufferedReader(
                        new InputStreamReader(proxy.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder seen = new StringBuilder();
        while (numberIn(seen, "port").isEmpty() || numberIn(seen, "adminPort").isEmpty()) {
            String line = lines.readLine();
            assertThat(line).as(seen.toString()).isNotNull();
            seen.append(line).append('\n');
        }
        String port = numberIn(seen, "port").orElseThrow();
        String adminPort = numberIn(seen, "adminPort").orElseThrow();
        URI ready = URI.create("http://127.0.0.1:" + adminPort + "/ready");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> statusOf(client, ready) == 200);
        return URI.create("https://localhost:" + port + "/synapse/demo");
    }

    private static Optional<String> numberIn(CharSequence json, String name) {
        Matcher number = Pattern.compile("\"" + name + "\"\\s*:\\s*(\\d+)").matcher(json);
        return number.find() ? Optional.of(number.group(1)) : Optional.empty();
    }

    private static int statusOf(HttpClient client, URI uri)
            throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    /** Starts runs one after the other until the proxy is gone. */
    private void startRuns(HttpClient client, URI base, String token) {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(
                                        base
                                                + "/pipelines/nightly/createRun?api-version=2020-12-01"))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + token)
                        .timeout(Duration.ofSeconds(10))
                        .POST(HttpRequest.BodyPublishers.noBody())
                        .build();
        boolean serving = true;
        while (serving) {
            Optional<String> run = startRun(client, request);
            run.ifPresent(acknowledged::add);
            serving = run.isPresent();
        }
    }

    private static Optional<String> startRun(HttpClient client, HttpRequest request) {
        try {
            HttpResponse<String> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 202
                    ? Optional.of(JSON.readTree(answer.body()).at("/runId").asText())
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Set<String> runsIn(Path journal) {
        return JournalReading.records(journal).stream()
                .filter(record -> record.at("/phase").asText().equals("completed"))
                .map(record -> record.at("/jobs/0/id").asText())
                .collect(Collectors.toSet());
    }

    private static Verification verify(Path journal) throws IOException {
        try (AuditQueries queries = AuditQueries.open(journal, InstantSource.system())) {
            return queries.verify(Optional.empty());
        }
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.FakeEntra;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.Verdicts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The secret of the proxy's application is changed while the proxy works. */
class SecretRotationIT {

    private static final String PATH = "/pipelines/nightly";
    private static final String WRONG = "AADSTS7000215: Invalid client secret provided.";
    private static final int TOKEN_SECONDS = 4;

    @TempDir private Path folder;
    private FakeEntra entra;
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "first-secret");
        Path next = Files.writeString(folder.resolve("next"), "second-secret");
        entra = FakeEntra.start();
        takeOnly("first-secret", "one");
        String credential =
                """
                    credential:
                      client_secret:
                        tenant: %s
                        client_id: %s
                        secret: file:%s
                        next_secret: file:%s
                        secret_expires: 2001-01-01
                """
                        .replaceFirst("%s", FakeEntra.TENANT)
                        .replaceFirst("%s", FakeEntra.CLIENT)
                        .replaceFirst("%s", secret.toString())
                        .replaceFirst("%s", next.toString());
        fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replaceFirst("    credential:\n.*\n.*\n", credential)
                                        + entra.configuration(),
                        scene ->
                                scene.workspace()
                                        .acceptIf(
                                                token ->
                                                        token.equals("one")
                                                                || token.equals("two")));
    }

    @AfterEach
    void stop() {
        fixture.close();
        entra.close();
    }

    private void takeOnly(String secret, String token) {
        entra.answer(FakeEntra.error(401, "invalid_client", WRONG));
        entra.answer(FakeEntra.token(token, TOKEN_SECONDS), "client_secret=" + secret);
    }

    private boolean hasSeen(String token) {
        return !fixture.workspace()
                .requests(each -> each.field("Authorization").orElse("").endsWith(" " + token))
                .isEmpty();
    }

    @Test
    void noRequestFailsWhileOneSecretTakesThePlaceOfTheOther() throws Exception {
        Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
        AtomicBoolean enough = new AtomicBoolean();
        Thread load = Thread.ofVirtual().start(() -> sendUntil(enough, statuses));
        await().atMost(Duration.ofSeconds(60)).until(() -> statuses.size() > 20);

        takeOnly("second-secret", "two");

        await().atMost(Duration.ofSeconds(60)).until(() -> hasSeen("two"));
        int until = statuses.size() + 20;
        await().atMost(Duration.ofSeconds(60)).until(() -> statuses.size() > until);
        enough.set(true);
        load.join();
        assertThat(statuses).containsOnly(200);
    }

    private void sendUntil(AtomicBoolean enough, Queue<Integer> statuses) {
        while (!enough.get()) {
            try {
                statuses.add(fixture.send(DemoCast.ENGINEER, "GET", PATH).statusCode());
            } catch (IOException lost) {
                statuses.add(-1);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Test
    void healthSaysWhichSecretIsWrongAndCallersAreToldNothingOfIt() throws Exception {
        entra.answer(FakeEntra.error(401, "invalid_client", WRONG));

        await().atMost(Duration.ofSeconds(60))
                .until(() -> fixture.send(DemoCast.ENGINEER, "GET", PATH).statusCode() == 502);
        HttpResponse<String> refused = fixture.send(DemoCast.ENGINEER, "GET", PATH);
        String health = fixture.admin("/health").body();

        Verdicts.assertRefused(fixture, refused, 502, "credential_unavailable");
        assertThat(refused.body()).doesNotContain("AADSTS", "secret");
        assertThat(health)
                .contains("credential demo", folder.resolve("secret").toString(), "AADSTS7000215")
                .contains(folder.resolve("next").toString())
                .doesNotContain("first-secret", "second-secret");
    }

    @Test
    void expiryOfTheSecretIsMeasuredAndWarnedOf() throws Exception {
        fixture.send(DemoCast.ENGINEER, "GET", PATH);

        await().atMost(Duration.ofSeconds(60))
                .until(
                        () ->
                                fixture.admin("/metrics")
                                        .body()
                                        .contains("stagedoor_credential_expiry_seconds{"));
        assertThat(fixture.admin("/metrics").body())
                .containsPattern(
                        "stagedoor_credential_expiry_seconds\\{secret=\"file:[^\"]*secret\","
                                + "service=\"demo\"\\} -\\d");
        assertThat(fixture.admin("/health").body())
                .contains("renew `file:" + folder.resolve("secret"));
    }
}

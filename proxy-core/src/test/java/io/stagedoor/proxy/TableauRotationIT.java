package io.stagedoor.proxy;

import static io.stagedoor.proxy.testing.tableau.SiteFixture.nameOf;
import static io.stagedoor.proxy.testing.tableau.SiteFixture.user;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.testing.tableau.SiteFixture;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Secrets of a connected app are exchanged while callers arrive, and sessions end with the proxy. */
class TableauRotationIT {

    private static final String NEXT = "second-secret-second-secret-second-sec-2";

    @Test
    void secretIsExchangedUnderLoadWithoutAFailedRequest() throws Exception {
        try (SiteFixture fixture = SiteFixture.start()) {
            CountDownLatch some = new CountDownLatch(SiteFixture.USERS / 4);
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < SiteFixture.USERS; i++) {
                String token = fixture.token(user(i));
                tasks.add(
                        () -> {
                            HttpResponse<String> answer = fixture.signInByXml(token);
                            some.countDown();
                            return answer.statusCode();
                        });
            }
            Thread rotation =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        await(some);
                                        fixture.changeSecret("k2.secret", NEXT);
                                        fixture.tableau().secrets().put("k2", NEXT);
                                        fixture.tableau().secrets().remove("k1");
                                    });

            assertThat(inParallel(tasks)).containsOnly(200);
            rotation.join();
            assertThat(fixture.tableau().secrets()).containsOnlyKeys("k2");
            assertThat(fixture.proxy().admin("/health").body())
                    .contains("credential demo-site")
                    .doesNotContain(NEXT);
        }
    }

    @Test
    void wrongSecretShowsInTheHealthViewAndCallersAreToldNoMore() throws Exception {
        try (SiteFixture fixture = SiteFixture.start()) {
            fixture.tableau().secrets().put("k1", NEXT);

            HttpResponse<String> refused = fixture.signInByXml(fixture.token(user(0)));

            assertThat(refused.statusCode()).isEqualTo(502);
            assertThat(refused.body()).contains("credential_unavailable").doesNotContain("k1");
            assertThat(fixture.proxy().admin("/health").body())
                    .contains("secret `k1` of connected app")
                    .contains("secret `k2` of connected app");
        }
    }

    @Test
    void proxySignsOutOfAllSessionsWhenItStops() throws Exception {
        try (SiteFixture fixture = SiteFixture.start()) {
            for (int i = 0; i < 20; i++) {
                assertThat(fixture.signInByXml(fixture.token(user(i))).statusCode()).isEqualTo(200);
            }
            assertThat(fixture.tableau().openSessions()).hasSize(20);

            fixture.proxy().proxy().drain();

            assertThat(fixture.tableau().openSessions()).isEmpty();
            assertThat(fixture.tableau().signOuts()).isEqualTo(20);
        }
    }

    @Test
    void accessTokenOfTheProxyServesEverybodyWithOneSession() throws Exception {
        try (SiteFixture fixture =
                SiteFixture.start(
                        yaml ->
                                yaml.replaceFirst(
                                        "(?s)connected_app:.*",
                                        """
                                        personal_access_token:
                                                name: replica-1
                                                secret: file:k1.secret
                                        """))) {
            List<Callable<Integer>> tasks = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                String token = fixture.token(user(i));
                tasks.add(() -> fixture.signInByXml(token).statusCode());
            }

            assertThat(inParallel(tasks)).containsOnly(200);
            assertThat(fixture.tableau().signIns("the-service")).isEqualTo(1);
            assertThat(fixture.tableau().mostSignInsAtOnce()).isEqualTo(1);
            assertThat(fixture.tableau().signIns(nameOf(user(0)))).isZero();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads =
                Executors.newFixedThreadPool(20, Thread.ofVirtual().factory())) {
            for (Future<T> each : threads.invokeAll(tasks)) {
                results.add(each.get());
            }
        }
        return results;
    }
}

package io.stagedoor.proxy.credential.tableau;

import static io.stagedoor.proxy.credential.tableau.SiteScene.NEW;
import static io.stagedoor.proxy.credential.tableau.SiteScene.OLD;
import static io.stagedoor.proxy.credential.tableau.SiteScene.READ;
import static io.stagedoor.proxy.credential.tableau.SiteScene.demand;
import static io.stagedoor.proxy.credential.tableau.SiteScene.secret;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.TokenUnavailableException;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.testing.tableau.FakeTableau;
import io.stagedoor.proxy.testing.tableau.TableauCaller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TableauSessionsTest {

    private static final Duration LONG = Duration.ofSeconds(60);

    private final SiteScene scene = new SiteScene();
    private final FakeTableau tableau = scene.tableau;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void opensOneSessionForEachCallerAndSetOfScopes() throws Exception {
        tableau.addUser("ann");
        tableau.addUser("ben");
        try (TableauSessions sessions = connectedApp()) {
            UpstreamCredential first = sessions.acquire(demand("ann", READ));
            sessions.acquire(demand("ann", READ));
            sessions.acquire(demand("ann", Set.of("tableau:tasks:run", "tableau:content:read")));
            sessions.acquire(demand("ann", Set.of("tableau:content:read", "tableau:tasks:run")));
            sessions.acquire(demand("ben", READ));

            assertThat(first.field()).isEqualTo("X-Tableau-Auth");
            assertThat(tableau.openSessions())
                    .extracting(TableauCaller::name, TableauCaller::scopes)
                    .containsExactlyInAnyOrder(
                            tuple("ann", "tableau:content:read"),
                            tuple("ann", "tableau:content:read", "tableau:tasks:run"),
                            tuple("ben", "tableau:content:read"));
        }
    }

    private static org.assertj.core.groups.Tuple tuple(String user, String... scopes) {
        return org.assertj.core.api.Assertions.tuple(user, List.of(scopes));
    }

    @Test
    void signsAHundredCallersInOnceEachWhoeverArrivesTogether() throws Exception {
        for (int i = 0; i < 100; i++) {
            tableau.addUser("user" + i);
        }
        try (TableauSessions sessions = connectedApp()) {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 1000; i++) {
                String user = "user" + i % 100;
                tasks.add(() -> whoAnswers(sessions.acquire(demand(user, READ)), user));
            }

            assertThat(inParallel(tasks)).containsOnly("its own");
            assertThat(tableau.signIns()).isEqualTo(100);
            assertThat(tableau.signIns("user7")).isEqualTo(1);
        }
    }

    private String whoAnswers(UpstreamCredential credential, String user) throws Exception {
        String body = scene.call(credential.value()).body();
        return body.contains("\"name\":\"" + user + "\"") ? "its own" : body;
    }

    @Test
    void neverSignsInTwiceAtATimeWithAnAccessToken() throws Exception {
        tableau.addAccessToken("proxy-1", "pat-secret", "service");
        try (TableauSessions sessions = scene.sessions(accessToken("pat-secret"))) {
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                String user = "user" + i;
                tasks.add(() -> sessions.acquire(demand(user, Set.of())).value());
            }

            assertThat(Set.copyOf(inParallel(tasks))).hasSize(1);
            assertThat(tableau.signIns()).isEqualTo(1);
            assertThat(tableau.mostSignInsAtOnce()).isEqualTo(1);
        }
    }

    @Test
    void opensTheSharedSessionBeforeAnybodyAsks() {
        tableau.addAccessToken("proxy-1", "pat-secret", "service");
        try (TableauSessions sessions = scene.sessions(accessToken("pat-secret"))) {
            assertThat(sessions.health().isUsable()).isFalse();

            sessions.renewDue();

            await().atMost(LONG).until(() -> sessions.health().isUsable());
            assertThat(sessions.atHand(demand("anybody", Set.of()))).isPresent();
        }
    }

    @Test
    void takesTheOtherSecretWhenTableauDropsOneAndNoRequestFails() throws Exception {
        tableau.secrets().put("k1", OLD);
        TableauCredential app = SiteScene.app(secret("k1", () -> OLD), secret("k2", () -> NEW));
        for (int i = 0; i < 400; i++) {
            tableau.addUser("user" + i);
        }
        try (TableauSessions sessions = scene.sessions(app)) {
            CountDownLatch some = new CountDownLatch(100);
            List<Callable<String>> tasks = new ArrayList<>();
            for (int i = 0; i < 400; i++) {
                String user = "user" + i;
                tasks.add(
                        () -> {
                            String seen = whoAnswers(sessions.acquire(demand(user, READ)), user);
                            some.countDown();
                            return seen;
                        });
            }
            Thread rotation =
                    Thread.ofVirtual()
                            .start(
                                    () -> {
                                        awaitDown(some);
                                        tableau.secrets().put("k2", NEW);
                                        tableau.secrets().remove("k1");
                                    });

            assertThat(inParallel(tasks)).containsOnly("its own");
            rotation.join();
            assertThat(tableau.secrets()).containsOnlyKeys("k2");
            assertThat(sessions.health().failures()).isZero();
        }
    }

    private static void awaitDown(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void readsASecretAnewForEachSignIn() throws Exception {
        AtomicReference<String> file = new AtomicReference<>(OLD);
        tableau.secrets().put("k1", OLD);
        tableau.addUser("ann");
        tableau.addUser("ben");
        try (TableauSessions sessions = scene.sessions(SiteScene.app(secret("k1", file::get)))) {
            sessions.acquire(demand("ann", READ));
            tableau.secrets().put("k1", NEW);
            file.set(NEW);

            sessions.acquire(demand("ben", READ));

            assertThat(tableau.refusedSignIns()).isZero();
        }
    }

    @Test
    void opensAnotherSessionAfterTableauRefusedOneButNotAtTheRateOfRefusals() throws Exception {
        tableau.addUser("ann");
        try (TableauSessions sessions = connectedApp()) {
            UpstreamCredential first = sessions.acquire(demand("ann", READ));
            tableau.endSessions();

            sessions.refused(first);
            assertThat(sessions.atHand(demand("ann", READ))).isEmpty();
            UpstreamCredential second = sessions.acquire(demand("ann", READ));
            sessions.refused(second);
            UpstreamCredential third = sessions.acquire(demand("ann", READ));

            assertThat(second).isNotEqualTo(first);
            assertThat(third).isEqualTo(second);
            assertThat(tableau.signIns()).isEqualTo(2);
        }
    }

    @Test
    void keepsANewerSessionWhenAnOlderOneIsRefused() throws Exception {
        tableau.addUser("ann");
        try (TableauSessions sessions = connectedApp()) {
            UpstreamCredential first = sessions.acquire(demand("ann", READ));
            sessions.refused(first);
            UpstreamCredential second = sessions.acquire(demand("ann", READ));
            scene.clock.advance(SessionSlot.REFUSAL_DISTANCE);

            sessions.refused(first);

            assertThat(sessions.atHand(demand("ann", READ))).contains(second);
        }
    }

    @Test
    void renewsASessionThatIsUsedShortlyBeforeItsEnd() throws Exception {
        tableau.addUser("ann");
        tableau.tellLife("1:00:00");
        try (TableauSessions sessions = connectedApp()) {
            UpstreamCredential first = sessions.acquire(demand("ann", READ));
            scene.clock.advance(Duration.ofMinutes(44));
            assertThat(sessions.atHand(demand("ann", READ))).contains(first);
            assertThat(tableau.signIns()).isEqualTo(1);
            scene.clock.advance(Duration.ofMinutes(1));

            assertThat(sessions.atHand(demand("ann", READ))).contains(first);

            await().atMost(LONG)
                    .until(() -> !sessions.atHand(demand("ann", READ)).equals(Optional.of(first)));
            assertThat(tableau.signIns()).isEqualTo(2);
            assertThat(scene.call(first.value()).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void signsOutOfAllSessionsWhenItIsClosed() throws Exception {
        try (TableauSessions sessions = connectedApp()) {
            for (int i = 0; i < 50; i++) {
                tableau.addUser("user" + i);
                sessions.acquire(demand("user" + i, READ));
            }
        }

        assertThat(tableau.openSessions()).isEmpty();
        assertThat(tableau.signOuts()).isEqualTo(50);
    }

    @Test
    void signsOutOfASessionThatWasNotUsedForLong() throws Exception {
        tableau.addUser("ann");
        try (TableauSessions sessions = connectedApp()) {
            sessions.acquire(demand("ann", READ));
            scene.clock.advance(SiteScene.LIMITS.idle());

            sessions.renewDue();

            await().atMost(LONG).until(() -> tableau.openSessions().isEmpty());
        }
    }

    @Test
    void tellsACallerWhomTableauDoesNotKnow() throws Exception {
        tableau.addUser("Ann");
        try (TableauSessions sessions = connectedApp()) {
            Refusal refusal = refusalOf(sessions, demand("ann", READ)).orElseThrow();
            refusalOf(sessions, demand("ann", READ));

            assertThat(refusal.code()).isEqualTo(Code.UPSTREAM_USER_UNKNOWN);
            assertThat(refusal.sentence()).contains("`ann`");
            assertThat(tableau.refusedSignIns()).isEqualTo(1);
            assertThat(sessions.health().failures()).isZero();
        }
    }

    @Test
    void saysWhichSecretIsWrong() {
        tableau.addUser("ann");
        tableau.secrets().put("k1", NEW);
        TableauCredential app =
                SiteScene.app(
                        secret("k1", () -> OLD),
                        secret(
                                "k2",
                                () -> {
                                    throw new IllegalStateException("the file is gone");
                                }));
        try (TableauSessions sessions = scene.sessions(app)) {
            assertThat(refusalOf(sessions, demand("ann", READ))).isEmpty();

            assertThat(sessions.health().isUsable()).isFalse();
            assertThat(sessions.health().lastFailure().orElseThrow())
                    .contains("secret `k1` of connected app `" + FakeTableau.CLIENT_ID + "`")
                    .contains("error 10084")
                    .contains("secret `k2`")
                    .contains("the file is gone")
                    .doesNotContain(OLD);
        }
    }

    @Test
    void leavesTableauAloneForAMomentAfterItRefusedASecret() {
        tableau.addUser("ann");
        tableau.secrets().put("k1", NEW);
        try (TableauSessions sessions = scene.sessions(SiteScene.app(secret("k1", () -> OLD)))) {
            refusalOf(sessions, demand("ann", READ));
            refusalOf(sessions, demand("ann", READ));
            assertThat(tableau.refusedSignIns()).isEqualTo(1);
            scene.clock.advance(Duration.ofSeconds(1));

            refusalOf(sessions, demand("ann", READ));

            assertThat(tableau.refusedSignIns()).isEqualTo(2);
        }
    }

    @Test
    void saysThatTableauIsDown() throws Exception {
        tableau.addUser("ann");
        try (TableauSessions sessions = connectedApp()) {
            tableau.breakDown(Optional.of(Answer.empty(503)));
            Refusal refusal = refusalOf(sessions, demand("ann", READ)).orElseThrow();
            assertThat(refusal.code()).isEqualTo(Code.UPSTREAM_UNREACHABLE);
            tableau.breakDown(Optional.empty());
            scene.clock.advance(Duration.ofSeconds(1));

            sessions.acquire(demand("ann", READ));

            assertThat(sessions.health().failures()).isZero();
        }
    }

    @Test
    void namesTheAccessTokenForAnOperationWithoutAScope() {
        try (TableauSessions sessions = connectedApp()) {
            Refusal refusal = refusalOf(sessions, demand("ann", Set.of())).orElseThrow();

            assertThat(refusal.code()).isEqualTo(Code.CREDENTIAL_UNFIT);
            assertThat(refusal.help().orElseThrow()).contains("personal access token");
        }
    }

    @Test
    void readsForTheProxyItselfAsTheConfiguredUser() throws Exception {
        tableau.secrets().put("k1", OLD);
        tableau.addUser("stagedoor");
        TableauCredential app =
                new TableauCredential.ConnectedApp(
                        FakeTableau.CLIENT_ID,
                        List.of(secret("k1", () -> OLD)),
                        Optional.of("stagedoor"));
        try (TableauSessions sessions = scene.sessions(app)) {
            sessions.acquire(CredentialDemand.ofProxy("site"));

            assertThat(tableau.openSessions())
                    .extracting(TableauCaller::name, TableauCaller::scopes)
                    .containsExactly(tuple("stagedoor", "tableau:content:read"));
            assertThat(sessions.siteLuid()).contains(FakeTableau.SITE_ID);
        }
    }

    @Test
    void takesNoSessionAtAnotherSite() {
        tableau.breakDown(
                Optional.of(
                        Answer.json(
                                200,
                                """
                                {"credentials":{"token":"a-token-of-another-site",
                                 "site":{"id":"%s","contentUrl":"other"},
                                 "user":{"id":"%s"}}}
                                """
                                        .replace("%s", FakeTableau.SITE_ID))));
        try (TableauSessions sessions = connectedApp()) {
            assertThat(refusalOf(sessions, demand("ann", READ))).isEmpty();

            assertThat(sessions.health().lastFailure().orElseThrow())
                    .contains("another site than `demo`");
        }
    }

    private TableauSessions connectedApp() {
        tableau.secrets().put("k1", OLD);
        return scene.sessions(SiteScene.app(secret("k1", () -> OLD)));
    }

    private static TableauCredential accessToken(String secret) {
        return new TableauCredential.PersonalAccessToken("proxy-1", () -> secret);
    }

    private static Optional<Refusal> refusalOf(TableauSessions sessions, CredentialDemand demand) {
        return catchThrowableOfType(TokenUnavailableException.class, () -> sessions.acquire(demand))
                .refusal();
    }

    private static <T> List<T> inParallel(List<Callable<T>> tasks) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<T> each : threads.invokeAll(tasks)) {
                results.add(each.get());
            }
        }
        return results;
    }
}

package io.stagedoor.proxy.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.doctor.Finding.Level;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The doctor and its checks, one by one. */
class DoctorTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);

    private interface Examination {
        List<Finding> examine() throws InterruptedException;
    }

    private static Check check(String subject, Examination examination) {
        return new Check() {
            @Override
            public String subject() {
                return subject;
            }

            @Override
            public List<Finding> examine() throws InterruptedException {
                return examination.examine();
            }
        };
    }

    @Test
    void findingsStandInTheOrderOfTheChecksThoughTheseRunSideBySide() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        Check waits =
                check(
                        "a",
                        () -> {
                            second.await();
                            return List.of(Finding.ok("a", "waited for the other"));
                        });
        Check goes =
                check(
                        "b",
                        () -> {
                            second.countDown();
                            return List.of(Finding.ok("b", "went"));
                        });

        List<Finding> findings = new Doctor(Duration.ofSeconds(20)).examine(List.of(waits, goes));

        assertThat(findings)
                .extracting(Finding::sentence)
                .containsExactly("waited for the other", "went");
    }

    @Test
    void aCheckThatTakesTooLongIsGivenUpAndTheOthersCount() throws Exception {
        Check hangs = check("a", () -> hang(new CountDownLatch(1)));
        Check fails =
                check(
                        "b",
                        () -> {
                            throw new IllegalStateException("secret");
                        });

        List<Finding> findings = new Doctor(Duration.ofMillis(300)).examine(List.of(hangs, fails));

        assertThat(findings)
                .extracting(Finding::level)
                .containsExactly(Level.UNREACHABLE, Level.FAIL);
        assertThat(findings.getLast().sentence()).doesNotContain("secret");
    }

    private static List<Finding> hang(CountDownLatch forever) throws InterruptedException {
        forever.await();
        return List.of();
    }

    @ParameterizedTest
    @CsvSource({"-420, FAIL", "420, FAIL", "-20, WARN", "20, WARN", "2, OK"})
    void clocksAreCompared(int seconds, Level level) throws Exception {
        String date =
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        NOW.plusSeconds(seconds).atOffset(ZoneOffset.UTC));

        List<Finding> findings = examine("HTTP/1.1 404 Not Found\r\nDate: " + date + "\r\n\r\n");

        assertThat(findings).extracting(Finding::level).containsExactly(Level.OK, level);
        assertThat(findings.getLast().subject()).isEqualTo("clock of ws1");
    }

    @Test
    void anAnswerThatIsNoHttpIsNoAnswer() throws Exception {
        assertThat(examine("220 mail.example ESMTP\r\n\r\n"))
                .extracting(Finding::level)
                .containsExactly(Level.UNREACHABLE);
        assertThat(examine("")).extracting(Finding::level).containsExactly(Level.UNREACHABLE);
    }

    @Test
    void aServerThatDoesNotTellTheTimeIsNoFailure() throws Exception {
        assertThat(examine("HTTP/1.1 200 OK\r\nDate: yesterday\r\n\r\n"))
                .extracting(Finding::level)
                .containsExactly(Level.OK, Level.OK);
    }

    private static List<Finding> examine(String answer) throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> answerOnce(server, answer));
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort());
            return new UpstreamCheck("ws1", uri, Set.of(), Optional.empty(), CLOCK).examine();
        }
    }

    private static void answerOnce(ServerSocket server, String answer) {
        try (Socket socket = server.accept()) {
            byte[] request = new byte[1024];
            int read = socket.getInputStream().read(request);
            assertThat(read).isPositive();
            socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void theAudienceOfATokenIsReadAndNothingElse() {
        String payload =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("{\"aud\":[\"b\",\"a\"]}".getBytes(StandardCharsets.UTF_8));

        assertThat(TokenGlance.audiencesOf("Bearer e30." + payload + ".x"))
                .containsExactly("a", "b");
        assertThat(TokenGlance.audiencesOf("Bearer opaque")).isEmpty();
        assertThat(TokenGlance.audiencesOf("Bearer a.?.c")).isEmpty();
    }

    @Test
    void aWorkspaceThatNoIssuerServesIsAFailure() {
        List<Finding> findings =
                new ClientsCheck("ws1", "https://up", Set.of("x"), Set.of("y")).examine();

        assertThat(findings).extracting(Finding::level).contains(Level.FAIL);
        assertThat(findings)
                .extracting(Finding::sentence)
                .contains("no issuer gives a token that this workspace accepts");
    }

    @Test
    void aTrailingSlashOfTheAudienceIsTheSameService() {
        assertThat(new ClientsCheck("ws1", "https://up", Set.of(), Set.of("https://up/")).examine())
                .extracting(Finding::level)
                .doesNotContain(Level.FAIL)
                .contains(Level.OK);
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.testing.GuardedServices;
import io.stagedoor.proxy.testing.ProcessUse;
import io.stagedoor.proxy.testing.WireClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * While slow or idle clients hold as many connections as they can, a polite one is served; when they
 * are gone, descriptors and direct memory are what they were.
 *
 * <p>Needs the program slowhttptest (a Debian package) and, for 10,000 idle connections, {@code ulimit
 * -n 16384} or more.
 */
@Tag("slow")
class SlowClientsIT {

    private static final Logger LOG = LoggerFactory.getLogger(SlowClientsIT.class);
    private static final Path PROGRAM = Path.of("/usr/bin/slowhttptest");
    private static final String READ = "GET /pipelines/daily?api-version=2020-12-01";
    private static final int CONNECTIONS = 500;
    private static final int IDLE = 10_000;

    /** What came of a polite client's asking. */
    private record Polite(int asked, int served, Duration longest) {}

    @ParameterizedTest
    @CsvSource({"slowloris, -H", "slow body, -B", "range, -R", "slow read, -X"})
    void politeClientIsServed(String name, String mode) throws Exception {
        assertThat(PROGRAM)
                .as("slowhttptest is missing; install it: apt-get install slowhttptest")
                .isExecutable();
        try (GuardedServices scene = start()) {
            warm(scene);
            ProcessUse before = ProcessUse.now();
            Process attack = attack(scene, mode);
            List<ProcessUse> during = new ArrayList<>();

            Polite polite = askWhile(scene, () -> attack.isAlive() && during.add(ProcessUse.now()));

            assertThat(attack.waitFor()).isZero();
            assertThat(polite.served()).isEqualTo(polite.asked()).isGreaterThan(5);
            ProcessUse after = settled(before);
            int most = during.stream().mapToInt(ProcessUse::descriptors).max().orElseThrow();
            assertThat(most).isGreaterThan(before.descriptors());
            report(name + ", most descriptors " + most, before, during.getLast(), after, polite);
        }
    }

    @Test
    void tenThousandIdleConnectionsCostNobodyElseAnything() throws Exception {
        try (GuardedServices scene = start()) {
            warm(scene);
            ProcessUse before = ProcessUse.now();
            Process clients = idleClients(scene);
            try {
                ProcessUse with = ProcessUse.now();
                int[] left = {50};

                Polite polite = askWhile(scene, () -> left[0]-- > 0);

                assertThat(ProcessUse.now().descriptors()).isGreaterThan(IDLE);
                assertThat(polite.served()).isEqualTo(polite.asked());
                clients.destroy();
                report(IDLE + " idle", before, with, settled(before), polite);
            } finally {
                clients.destroy();
            }
        }
    }

    private static GuardedServices start() throws IOException {
        return GuardedServices.start(
                text ->
                        text.replaceFirst(
                                "port: 0\n",
                                "port: 0\n  max_connections: 20000\n  request_timeout: 5m\n"));
    }

    /** Starts a process with the idle connections and waits until all of them stand. */
    private static Process idleClients(GuardedServices scene) throws IOException {
        Path trust = scene.fixture().scenery().folder().path().resolve("ca.pem");
        Process clients =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                IdleClients.class.getName(),
                                Integer.toString(scene.fixture().proxy().port()),
                                trust.toString(),
                                Integer.toString(IDLE))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        assertThat(clients.inputReader().readLine()).isEqualTo(IdleClients.READY);
        return clients;
    }

    private static Process attack(GuardedServices scene, String mode) throws IOException {
        Path output =
                Files.createDirectories(Path.of("target", "slow")).resolve("run" + mode + ".txt");
        return new ProcessBuilder(
                        PROGRAM.toString(),
                        mode,
                        "-c",
                        Integer.toString(CONNECTIONS),
                        "-r",
                        "100",
                        "-i",
                        "5",
                        "-l",
                        Integer.getInteger("stagedoor.slow.seconds", 60).toString(),
                        "-x",
                        "24",
                        "-u",
                        "https://127.0.0.1:"
                                + scene.fixture().proxy().port()
                                + "/pipelines/daily?api-version=2020-12-01")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
    }

    private interface Going {
        boolean on();
    }

    /** Asks again and again on a connection of its own each time, as long as something goes on. */
    private static Polite askWhile(GuardedServices scene, Going going) {
        int asked = 0;
        int served = 0;
        long longest = 0;
        while (going.on()) {
            long begun = System.nanoTime();
            asked++;
            served += ask(scene) == 200 ? 1 : 0;
            longest = Math.max(longest, System.nanoTime() - begun);
            pause();
        }
        return new Polite(asked, served, Duration.ofNanos(longest));
    }

    private static int ask(GuardedServices scene) {
        try (WireClient client = scene.connect()) {
            client.send(scene.request(READ, "reader", "Connection: close"));
            return client.read().map(WireClient.Answer::status).orElse(0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void pause() {
        Awaitility.await().pollDelay(Duration.ofMillis(100)).until(() -> true);
    }

    private static void warm(GuardedServices scene) {
        for (int i = 0; i < 20; i++) {
            assertThat(ask(scene)).isEqualTo(200);
        }
    }

    /** Waits until the process has given back what it took: a few descriptors are anybody's. */
    private static ProcessUse settled(ProcessUse before) {
        return Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(
                        ProcessUse::now,
                        now ->
                                now.descriptors() <= before.descriptors() + 10
                                        && now.directBytes() <= before.directBytes() + (64 << 20));
    }

    private static void report(
            String what, ProcessUse before, ProcessUse with, ProcessUse after, Polite polite) {
        LOG.atWarn()
                .addKeyValue("before", before)
                .addKeyValue("with", with)
                .addKeyValue("after", after)
                .addKeyValue("polite", polite)
                .log(what);
    }
}

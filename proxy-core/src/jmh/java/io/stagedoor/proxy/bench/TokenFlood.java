package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.KeptConnection;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * What good callers feel of a flood of bad tokens: callers with a known token ask at a steady rate,
 * first alone and then beside others who show tokens that nobody signed, or that name keys nobody
 * has. Proxy, workspace, callers and attackers share the machine.
 *
 * <p>Prints the median and the 99th percentile of the good callers' waits in microseconds, several
 * rounds of each, and the rate at which bad tokens were refused.
 */
@Command(name = "token-flood", mixinStandardHelpOptions = true)
public final class TokenFlood implements Callable<Integer> {

    private static final String TARGET = "/synapse/demo/pipelines/nightly?api-version=2020-12-01";
    private static final int GOOD_A_SECOND = 200;
    private static final int ATTACKERS = 4;
    private static final Duration WINDOW = Duration.ofSeconds(5);
    private static final int ROUNDS = 3;

    private final Random random = new Random(20261122);

    @Spec private CommandSpec command = CommandSpec.create();

    @Option(
            names = "--rate",
            description = "Bad tokens a second in all; default: ${DEFAULT-VALUE}.")
    private int flood = 2_000;

    /** Measures, and ends the process with 0 if there is a result. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new TokenFlood()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        try (ProxyFixture proxy = ProxyFixture.start()) {
            String good = proxy.scenery().token(DemoCast.ANALYST);
            Stage stage = new Stage(proxy, good, command.commandLine().getOut());
            round(stage, "warm-up", () -> forged(good), flood);
            int fetches = proxy.scenery().issuer().keySetRequests();
            for (int round = 1; round <= ROUNDS; round++) {
                round(stage, "alone", () -> forged(good), 0);
                round(stage, "forged signatures", () -> forged(good), flood);
                round(stage, "unknown keys", () -> ofUnknownKey(good), flood);
            }
            stage.out()
                    .println(
                            "key sets fetched meanwhile: "
                                    + (proxy.scenery().issuer().keySetRequests() - fetches));
            stage.out().flush();
        }
        return 0;
    }

    private record Stage(ProxyFixture proxy, String good, PrintWriter out) {
        KeptConnection connect() throws IOException {
            return KeptConnection.open(
                    proxy.scenery().authority().trustingContext(), proxy.proxy().port());
        }
    }

    private static void round(Stage stage, String name, Supplier<String> bad, int flood)
            throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        LongAdder refused = new LongAdder();
        Thread[] attackers = new Thread[flood == 0 ? 0 : ATTACKERS];
        for (int i = 0; i < attackers.length; i++) {
            attackers[i] =
                    Thread.ofPlatform()
                            .start(() -> attack(stage, bad, flood / ATTACKERS, over, refused));
        }
        long[] waits = ask(stage, over);
        for (Thread attacker : attackers) {
            attacker.join();
        }
        Arrays.sort(waits);
        stage.out()
                .println(
                        String.format(
                                Locale.ROOT,
                                "%-18s p50 %6d us  p99 %6d us  refused a second %6d",
                                name,
                                waits[waits.length / 2] / 1_000,
                                waits[waits.length * 99 / 100] / 1_000,
                                refused.sum() / WINDOW.toSeconds()));
        stage.out().flush();
    }

    private static long[] ask(Stage stage, AtomicBoolean over) throws IOException {
        long[] waits = new long[(int) (GOOD_A_SECOND * WINDOW.toSeconds())];
        try (KeptConnection connection = stage.connect()) {
            long begun = System.nanoTime();
            for (int i = 0; i < waits.length; i++) {
                long due = begun + i * 1_000_000_000L / GOOD_A_SECOND;
                await(due);
                require(200, connection.status("GET", TARGET, stage.good()));
                waits[i] = System.nanoTime() - due;
            }
        } finally {
            over.set(true);
        }
        return waits;
    }

    private static void attack(
            Stage stage, Supplier<String> bad, int rate, AtomicBoolean over, LongAdder refused) {
        try (KeptConnection connection = stage.connect()) {
            long begun = System.nanoTime();
            for (long i = 0; !over.get(); i++) {
                await(begun + i * 1_000_000_000L / rate);
                require(401, connection.status("GET", TARGET, bad.get()));
                refused.increment();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the flood ended early", e);
        }
    }

    /** The good token with a signature of noise: another one each time. */
    private String forged(String good) {
        byte[] noise = new byte[256];
        synchronized (random) {
            random.nextBytes(noise);
        }
        noise[0] = 0;
        return good.substring(0, good.lastIndexOf('.') + 1) + encoded(noise);
    }

    /** The good token's claims under a header that names another key each time. */
    private String ofUnknownKey(String good) {
        long key;
        synchronized (random) {
            key = random.nextLong();
        }
        String header =
                "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"" + Long.toHexString(key) + "\"}";
        return encoded(header.getBytes(StandardCharsets.UTF_8)) + good.substring(good.indexOf('.'));
    }

    private static String encoded(byte[] octets) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    private static void await(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void require(int expected, int status) throws IOException {
        if (status != expected) {
            throw new IOException("status " + status + " in the place of " + expected);
        }
    }
}

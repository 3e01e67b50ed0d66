package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.server.Announcement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.awaitility.Awaitility;

/** A Java process that is pinned to a core and serves on ports that it announced. */
final class PinnedJvm implements AutoCloseable {

    /** What every process of the bench is run with. */
    static final List<String> OPTIONS =
            List.of(
                    "--enable-native-access=ALL-UNNAMED",
                    "--sun-misc-unsafe-memory-access=allow",
                    "-Xmx512m",
                    "-XX:+UseSerialGC",
                    "-Dlogback.configurationFile=logback.xml");

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final String name;
    private final Process process;
    private final List<Integer> ports;

    private PinnedJvm(String name, Process process, List<Integer> ports) {
        this.name = name;
        this.process = process;
        this.ports = ports;
    }

    /**
     * Starts a process, whose output goes to a file of its name, and waits until it serves.
     *
     * @param core the one processor it may use
     * @param main called with the first argument, the file for its ports, and the other arguments
     * @throws IllegalStateException if it ends, or does not serve in time
     */
    static PinnedJvm start(Path folder, int core, Class<?> main, String... arguments)
            throws IOException {
        String name = main.getSimpleName();
        Path ports = folder.resolve(name + ".ports");
        List<String> command = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add(arguments[0]);
        command.add(ports.toString());
        command.addAll(List.of(arguments).subList(1, arguments.length));
        Process process =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".log").toFile())
                        .start();
        try {
            Awaitility.await()
                    .atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> Files.exists(ports) || !process.isAlive());
        } catch (RuntimeException late) {
            process.destroyForcibly();
            throw new IllegalStateException(name + " did not start; see its log", late);
        }
        if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended at once; see its log in " + folder);
        }
        return new PinnedJvm(name, process, Announcement.portsIn(ports));
    }

    long pid() {
        return process.pid();
    }

    /** Returns the first port it announced. */
    int port() {
        return ports.getFirst();
    }

    /** Returns the last port it announced. */
    int adminPort() {
        return ports.getLast();
    }

    /** Lets all its threads use the cores of a list such as {@code 0,1}. */
    void allowCores(String cores) throws IOException {
        Process change =
                new ProcessBuilder("taskset", "-acp", cores, Long.toString(pid()))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
        int code = change.onExit().join().exitValue();
        if (code != 0) {
            throw new IOException("taskset cannot pin " + name + " to " + cores);
        }
    }

    /** Asks it to end, and waits until it has. */
    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        try {
            var _ = process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(name + " does not end", e);
        } finally {
            process.destroyForcibly();
        }
    }
}

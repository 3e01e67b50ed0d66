package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.peer.Peer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Finds out where the processor time of each peer goes: by thread, from {@code /proc}; by line of
 * Stagedoor's code and by part of Netty and the JDK, from samples of CPU time (JEP 509).
 */
final class Profile {

    private static final int LINES = 60;
    private static final String RECORDING = "bench";
    private static final String EVENTS =
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <configuration version="2.0">
              <event name="jdk.CPUTimeSample">
                <setting name="enabled">true</setting>
                <setting name="throttle">1 ms</setting>
              </event>
            </configuration>
            """;

    private final Path folder;
    private final Bench bench;
    private final BenchSettings settings;
    private final PrintWriter out;

    Profile(Path folder, Bench bench, BenchSettings settings, PrintWriter out) {
        this.folder = folder;
        this.bench = bench;
        this.settings = settings;
        this.out = out;
    }

    void run(List<Peer> peers) throws IOException {
        Path events = Files.writeString(folder.resolve("events.jfc"), EVENTS);
        for (Peer peer : peers) {
            for (Scenario scenario : settings.scenarios()) {
                if (peer.kind().isJava() && peer.endpoint(scenario).isPresent()) {
                    run(peer, scenario, events);
                }
            }
        }
    }

    private void run(Peer peer, Scenario scenario, Path events) throws IOException {
        long pid = peer.endpoint(scenario).orElseThrow().process().pid();
        jcmd(pid, "JFR.configure", "stackdepth=200");
        jcmd(pid, "JFR.start", "name=" + RECORDING, "settings=" + events);
        Map<String, Duration> before = threads(pid);
        LoadResult result =
                bench.run(
                        new Bench.Turn(peer, scenario, OptionalInt.empty(), 1), settings.window());
        Map<String, Duration> after = threads(pid);
        Path file = folder.resolve(peer.name() + "-" + scenario.label() + ".jfr");
        jcmd(pid, "JFR.stop", "name=" + RECORDING, "filename=" + file);
        print(peer, scenario, result, used(before, after), Samples.of(file));
    }

    private static void jcmd(long pid, String... arguments) throws IOException {
        Path tool = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        List<String> command =
                Stream.concat(Stream.of(tool.toString(), Long.toString(pid)), Stream.of(arguments))
                        .toList();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.onExit().join().exitValue() != 0) {
            throw new IOException("jcmd failed: " + said);
        }
    }

    private static Map<String, Duration> threads(long pid) throws IOException {
        Map<String, Duration> times = new TreeMap<>();
        try (Stream<Path> tasks = Files.list(Path.of("/proc/" + pid + "/task"))) {
            for (Path task : tasks.toList()) {
                String stat = Files.readString(task.resolve("stat"));
                String name = stat.substring(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
                times.merge(name, ProcFiles.times(stat).total(), Duration::plus);
            }
        }
        return times;
    }

    private static Map<String, Duration> used(
            Map<String, Duration> before, Map<String, Duration> after) {
        Map<String, Duration> used = new TreeMap<>();
        after.forEach(
                (name, time) ->
                        used.put(name, time.minus(before.getOrDefault(name, Duration.ZERO))));
        return used;
    }

    private void print(
            Peer peer,
            Scenario scenario,
            LoadResult result,
            Map<String, Duration> threads,
            Samples samples) {
        double perRequest = result.microsPerRequest();
        out.printf(
                Locale.ROOT,
                "%n== %s %s: %.1f us of CPU a request, %.0f %% of it in the kernel; %d samples%n",
                peer.name(),
                scenario.label(),
                perRequest,
                100.0 * result.cpu().proxySystem().toNanos() / result.cpu().proxy().toNanos(),
                samples.size());
        double all = threads.values().stream().mapToLong(Duration::toNanos).sum();
        out.println("-- threads, us a request");
        threads.entrySet().stream()
                .filter(each -> each.getValue().toNanos() > all / 200)
                .sorted(Map.Entry.<String, Duration>comparingByValue().reversed())
                .forEach(
                        each ->
                                out.printf(
                                        Locale.ROOT,
                                        "%8.2f  %s%n",
                                        perRequest * each.getValue().toNanos() / all,
                                        each.getKey()));
        list("parts", samples.parts(), samples.size(), perRequest);
        list("lines of ours that were charged", samples.lines(), samples.size(), perRequest);
        list("our methods with all they call", samples.methods(), samples.size(), perRequest);
        list("methods at the top of the stack", samples.tops(), samples.size(), perRequest);
        out.flush();
    }

    private void list(String what, Map<String, Long> counts, long all, double perRequest) {
        out.println("-- " + what + ", us a request");
        counts.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(LINES)
                .forEach(
                        each ->
                                out.printf(
                                        Locale.ROOT,
                                        "%8.2f  %s%n",
                                        perRequest * each.getValue() / all,
                                        each.getKey()));
    }
}

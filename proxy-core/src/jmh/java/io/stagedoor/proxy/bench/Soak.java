package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadResult;
import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.peer.Peer;
import io.stagedoor.proxy.bench.peer.PinnedProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keeps a proxy at a constant rate for long and watches what it holds: objects that live after a
 * full collection, resident memory, descriptors, and reports of lost buffers.
 */
final class Soak {
    private static final Duration STEP = Duration.ofSeconds(30);
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total +\\d+ +(\\d+)");

    private final Bench bench;
    private final BenchSettings settings;
    private final Path folder;
    private final PrintWriter out;

    Soak(Bench bench, BenchSettings settings, Path folder, PrintWriter out) {
        this.bench = bench;
        this.settings = settings;
        this.folder = folder;
        this.out = out;
    }

    /** What was held after a step. */
    private record Held(double liveMebibytes, long residentMebibytes, long descriptors) {}

    /**
     * Runs for a time, each scenario in turn, and prints a line for each step.
     *
     * @return the page with all lines
     */
    String run(Peer peer, Duration time) throws IOException {
        List<String> lines = new ArrayList<>();
        say(
                lines,
                "| minute | scenario | req/s | p50 us | p99 us | live MiB | resident MiB | fds |");
        say(lines, "|---|---|---|---|---|---|---|---|");
        long begun = System.nanoTime();
        int step = 0;
        while (System.nanoTime() - begun < time.toNanos()) {
            Scenario scenario = settings.scenarios().get(step++ % settings.scenarios().size());
            var turn = new Bench.Turn(peer, scenario, OptionalInt.of(settings.rate()), step);
            LoadResult result = bench.run(turn, STEP);
            say(lines, line(begun, scenario, result, held(peer, scenario)));
        }
        say(lines, "");
        say(lines, "Reports of lost buffers in the log: " + leakReports());
        return String.join("\n", lines) + "\n";
    }

    private void say(List<String> lines, String line) {
        lines.add(line);
        out.println(line);
        out.flush();
    }

    private static String line(long begun, Scenario scenario, LoadResult result, Held held) {
        return String.format(
                Locale.ROOT,
                "| %.1f | %s | %.0f | %d | %d | %.1f | %d | %d |",
                (System.nanoTime() - begun) / 60e9,
                scenario.label(),
                result.perSecond(),
                result.median().toNanos() / 1000,
                result.p99().toNanos() / 1000,
                held.liveMebibytes(),
                held.residentMebibytes(),
                held.descriptors());
    }

    private static Held held(Peer peer, Scenario scenario) throws IOException {
        PinnedProcess process = peer.endpoint(scenario).orElseThrow().process();
        double live = liveMebibytes(process.pid());
        try (var descriptors = Files.list(Path.of("/proc", Long.toString(process.pid()), "fd"))) {
            return new Held(live, ProcFiles.residentMebibytes(process.pids()), descriptors.count());
        }
    }

    /** A class histogram is of what lives: it comes after a full collection. */
    private static double liveMebibytes(long pid) throws IOException {
        Process jcmd =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                                Long.toString(pid),
                                "GC.class_histogram")
                        .redirectErrorStream(true)
                        .start();
        String histogram = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher total = TOTAL.matcher(histogram);
        if (!total.find()) {
            throw new IOException("jcmd gives no histogram of " + pid);
        }
        return Long.parseLong(total.group(1)) / (1024.0 * 1024.0);
    }

    private long leakReports() throws IOException {
        long reports = 0;
        try (var logs = Files.newDirectoryStream(folder, "stagedoor*.log")) {
            for (Path log : logs) {
                try (var lines = Files.lines(log, StandardCharsets.UTF_8)) {
                    reports += lines.filter(line -> line.contains("LEAK:")).count();
                }
            }
        }
        return reports;
    }
}

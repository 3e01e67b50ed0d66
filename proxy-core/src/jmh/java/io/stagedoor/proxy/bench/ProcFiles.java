package io.stagedoor.proxy.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** What the kernel says of processes and the machine, proc(5). */
final class ProcFiles {

    private static final Path PROC = Path.of("/proc");
    private static final Duration TICK = Duration.ofMillis(10); // USER_HZ is 100 on Linux

    private static final Duration CALM_LOOK = Duration.ofMillis(250);
    private static final Duration CALM = Duration.ofMillis(50);

    private ProcFiles() {}

    /**
     * Processor time of a process since its start.
     *
     * @param user in user mode
     * @param system in the kernel
     */
    record Times(Duration user, Duration system) {

        Duration total() {
            return user.plus(system);
        }
    }

    static Times timesOf(long pid) {
        return times(read(PROC.resolve(pid + "/stat")));
    }

    /** Adds up the times of several processes. */
    static Times timesOf(LongStream pids) {
        return pids.mapToObj(ProcFiles::timesOf)
                .reduce(
                        new Times(Duration.ZERO, Duration.ZERO),
                        (all, each) ->
                                new Times(
                                        all.user().plus(each.user()),
                                        all.system().plus(each.system())));
    }

    /** Reads what stands in a {@code stat} file of a process or a thread. */
    static Times times(String stat) {
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return new Times(ticks(fields[11]), ticks(fields[12]));
    }

    private static Duration ticks(String count) {
        return TICK.multipliedBy(Long.parseLong(count));
    }

    /** Returns the time that all processors together were not idle. */
    static Duration busy() {
        return read(PROC.resolve("stat"))
                .lines()
                .filter(ProcFiles::isProcessor)
                .map(ProcFiles::busyOfOne)
                .reduce(Duration.ZERO, Duration::plus);
    }

    /** Waits until the machine does next to nothing, but not for ever. */
    static void awaitCalm(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        Duration[] last = {busy()};
        Awaitility.await()
                .pollDelay(CALM_LOOK)
                .pollInterval(CALM_LOOK)
                .atMost(atMost.multipliedBy(2))
                .until(
                        () -> {
                            Duration now = busy();
                            Duration used = now.minus(last[0]);
                            last[0] = now;
                            return used.compareTo(CALM) <= 0 || System.nanoTime() > end;
                        });
    }

    /** user nice system idle iowait irq softirq steal. */
    private static Duration busyOfOne(String line) {
        long[] count =
                Arrays.stream(line.split(" +"))
                        .skip(1)
                        .limit(8)
                        .mapToLong(Long::parseLong)
                        .toArray();
        return TICK.multipliedBy(Arrays.stream(count).sum() - count[3] - count[4]);
    }

    /**
     * Returns the resident memory of processes together, in mebibytes; what they share counts for
     * each of them.
     */
    static long residentMebibytes(LongStream pids) {
        return pids.map(pid -> kibibytes(valueOf(read(PROC.resolve(pid + "/status")), "VmRSS")))
                        .sum()
                / 1024;
    }

    /** Returns the load averages of the last 1, 5 and 15 minutes. */
    static List<Double> loadAverages() {
        return Arrays.stream(read(PROC.resolve("loadavg")).split(" "))
                .limit(3)
                .map(Double::valueOf)
                .toList();
    }

    static String processorModel() {
        return valueOf(read(PROC.resolve("cpuinfo")), "model name");
    }

    static long processors() {
        return read(PROC.resolve("stat")).lines().filter(ProcFiles::isProcessor).count();
    }

    private static boolean isProcessor(String line) {
        return line.matches("cpu\\d.*");
    }

    static long memoryMebibytes() {
        return kibibytes(valueOf(read(PROC.resolve("meminfo")), "MemTotal")) / 1024;
    }

    private static long kibibytes(String text) {
        return Long.parseLong(text.split(" ")[0]);
    }

    /** Returns the value of a line {@code name: value}. */
    private static String valueOf(String content, String name) {
        return content.lines()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no `" + name + "` in /proc"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

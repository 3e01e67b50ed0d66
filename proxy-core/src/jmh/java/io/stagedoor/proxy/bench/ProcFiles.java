package io.stagedoor.proxy.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** What the kernel says of processes and the machine, proc(5). */
final class ProcFiles {

    private static final Path PROC = Path.of("/proc");
    private static final Duration TICK = Duration.ofMillis(10); // USER_HZ is 100 on Linux

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

    /** Returns the resident memory of a process, in mebibytes. */
    static long residentMebibytes(long pid) {
        return kibibytes(valueOf(read(PROC.resolve(pid + "/status")), "VmRSS")) / 1024;
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

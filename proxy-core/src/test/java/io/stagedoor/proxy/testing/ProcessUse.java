package io.stagedoor.proxy.testing;

import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What this process uses, on Linux.
 *
 * @param descriptors open file descriptors
 * @param directBytes direct memory that Netty has taken
 * @param heapBytes heap in use, collected or not
 * @param residentBytes memory that the system counts as the process's own
 */
public record ProcessUse(int descriptors, long directBytes, long heapBytes, long residentBytes) {

    /** Looks now. */
    public static ProcessUse now() {
        try (Stream<Path> open = Files.list(Path.of("/proc/self/fd"))) {
            long pages =
                    Long.parseLong(Files.readString(Path.of("/proc/self/statm")).split(" ")[1]);
            return new ProcessUse(
                    Math.toIntExact(open.count()),
                    PlatformDependent.usedDirectMemory(),
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
                    pages * 4096);
        } catch (IOException e) {
            throw new IllegalStateException("this needs Linux's /proc", e);
        }
    }

    @Override
    public String toString() {
        return descriptors
                + " descriptors, direct "
                + (directBytes >> 20)
                + " MiB, heap "
                + (heapBytes >> 20)
                + " MiB, resident "
                + (residentBytes >> 20)
                + " MiB";
    }
}

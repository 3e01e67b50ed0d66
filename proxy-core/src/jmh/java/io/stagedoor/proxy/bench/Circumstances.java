package io.stagedoor.proxy.bench;

import io.netty.handler.ssl.OpenSsl;
import io.netty.util.Version;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Under which circumstances was measured.
 *
 * @param begun when it began
 * @param command the arguments of the bench
 * @param loadBefore the load averages of the last 1, 5 and 15 minutes at the beginning
 * @param loadAfter the same at the end
 * @param memory resident memory of the peers at the end, in mebibytes, the floor's first
 * @param startup from the start of Stagedoor's process until it was ready
 * @param journalRecords how many records the verified journal holds
 */
record Circumstances(
        Instant begun,
        String command,
        List<Double> loadBefore,
        List<Double> loadAfter,
        List<Long> memory,
        Duration startup,
        long journalRecords) {

    /** Returns what is the same for all runs on this machine, as name and value. */
    static List<String[]> machine() {
        return List.of(
                new String[] {"processor", ProcFiles.processorModel()},
                new String[] {"cores", Long.toString(ProcFiles.processors())},
                new String[] {"memory_mib", Long.toString(ProcFiles.memoryMebibytes())},
                new String[] {
                    "system", System.getProperty("os.name") + " " + System.getProperty("os.version")
                },
                new String[] {
                    "java",
                    System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
                },
                new String[] {"java_options", String.join(" ", PinnedJvm.OPTIONS)},
                new String[] {"netty", nettyVersion()},
                new String[] {
                    "tls", OpenSsl.isAvailable() ? OpenSsl.versionString() : "that of the JDK"
                });
    }

    private static String nettyVersion() {
        Version http = Version.identify().get("netty-codec-http");
        return http == null ? "unknown" : http.artifactVersion();
    }
}

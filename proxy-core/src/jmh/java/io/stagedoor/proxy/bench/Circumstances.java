package io.stagedoor.proxy.bench;

import io.netty.handler.ssl.OpenSsl;
import io.netty.util.Version;
import io.stagedoor.proxy.bench.peer.PeerStarter;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Under which circumstances was measured.
 *
 * @param begun when it began
 * @param command the arguments of the bench
 * @param loadBefore the load averages of the last 1, 5 and 15 minutes at the beginning
 * @param loadAfter the same at the end
 * @param footprints of each peer, by its name
 * @param missing peers that could not be measured, and why
 * @param journalRecords how many records the verified journal holds
 */
record Circumstances(
        Instant begun,
        String command,
        List<Double> loadBefore,
        List<Double> loadAfter,
        Map<String, Footprint> footprints,
        List<String> missing,
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
                new String[] {"java_options", String.join(" ", PeerStarter.JAVA_OPTIONS)},
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

package io.stagedoor.proxy.audit.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.testing.Journals;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KillTest {
    private static final int ROUNDS = 20;
    private static final long LINE = 70;

    @TempDir Path directory;
    @TempDir Path output;

    /** What the child said was on disk: a sequence number and a hash. */
    private record Acknowledged(long seq, String hash) {}

    @Test
    void losesNoAcknowledgedRecordWhenKilledUnderLoad() throws Exception {
        Random random = new Random(20_260_304);
        List<Acknowledged> acknowledged = new ArrayList<>();

        for (int round = 0; round < ROUNDS; round++) {
            acknowledged.addAll(runAndKill(1 + random.nextInt(400)));
            Journals.open(directory).close();
        }

        assertThat(acknowledged).hasSizeGreaterThan(ROUNDS);
        assertThat(Journals.verify(directory).integrity().findings()).isEmpty();
        assertThat(Journals.verify(directory).completeness().findings()).isEmpty();
        Map<Long, String> hashes =
                Journals.records(directory).stream()
                        .collect(Collectors.toMap(AuditRecord::seq, AuditRecord::hash));
        assertThat(acknowledged).allMatch(one -> one.hash().equals(hashes.get(one.seq())));
    }

    private List<Acknowledged> runAndKill(int afterLines) throws Exception {
        Path said = Files.createTempFile(output, "said", ".txt");
        Process child =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                AppendUnderLoad.class.getName(),
                                directory.toString())
                        .redirectOutput(said.toFile())
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
        try {
            await().pollInterval(Duration.ofMillis(1))
                    .until(() -> !child.isAlive() || Files.size(said) > afterLines * LINE);
            assertThat(child.isAlive()).as("the child runs until it is killed").isTrue();
        } finally {
            child.destroyForcibly();
            child.waitFor();
        }
        List<Acknowledged> acknowledged = new ArrayList<>();
        Files.readAllLines(said).forEach(line -> acknowledged(line, acknowledged));
        return acknowledged;
    }

    /** The last line may be cut by the kill: then it was not said. */
    private static void acknowledged(String line, List<Acknowledged> acknowledged) {
        String[] parts = line.split(" ");
        if (parts.length == 2 && parts[1].length() == 64) {
            acknowledged.add(new Acknowledged(Long.parseLong(parts[0]), parts[1]));
        }
    }
}

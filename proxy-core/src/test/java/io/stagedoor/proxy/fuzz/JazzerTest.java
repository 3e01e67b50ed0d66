package io.stagedoor.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Jazzer finds nothing in the time it is given: {@code jazzer.duration} for each target, 10 minutes
 * unless set ({@code PT10M}). Each runs in a process of its own, whose heap and time for one input are
 * bounded; what it prints goes to {@code target/jazzer}.
 */
@Tag("jazzer")
class JazzerTest {

    private static final Duration PATIENCE =
            Duration.parse(System.getProperty("jazzer.duration", "PT10M"));

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void findsNothing(Targets target) throws Exception {
        Path corpus = Files.createDirectory(folder.resolve("corpus"));
        int number = 0;
        for (byte[] seed : Seeds.of(target, Files.createDirectory(folder.resolve("journal")))) {
            Files.write(corpus.resolve("seed-" + number++), seed);
        }

        Path output = run(target, corpus);

        assertThat(output).content().contains("Done ").doesNotContain("== Java Exception");
    }

    private Path run(Targets target, Path corpus) throws IOException, InterruptedException {
        Path output =
                Files.createDirectories(Path.of("target", "jazzer"))
                        .resolve(target.name().toLowerCase(Locale.ROOT) + ".txt");
        Process process =
                new ProcessBuilder(command(target, corpus))
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        assertThat(process.waitFor()).as("see %s", output).isZero();
        return output;
    }

    private List<String> command(Targets target, Path corpus) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+EnableDynamicAgentLoading",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.type().getName(),
                "--instrumentation_includes=io.stagedoor.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-timeout=10",
                "-rss_limit_mb=3000",
                "-max_len=8192",
                "-max_total_time=" + PATIENCE.toSeconds(),
                corpus.toString());
    }
}

package io.stagedoor.proxy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Starts the demo by the launcher, as a reader of the README does, and pastes what it prints. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class DemoIT {
    private static final Path REPOSITORY = Path.of("..").toAbsolutePath().normalize();

    @TempDir Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void end() {
        started.forEach(Process::destroyForcibly);
    }

    @Test
    void everyPrintedCommandDoesWhatIsPrintedBesideIt() throws Exception {
        Process demo = shell("exec ./stagedoor demo --json");
        JsonNode document = firstDocument(demo.getInputStream());

        assertThat(document.path("commands")).hasSize(4);
        for (JsonNode command : document.path("commands")) {
            doesAsPrinted(command);
        }
        stopsInOrder(demo, "TERM", document.path("folder").asText());
    }

    @Test
    void aSecondDemoTakesFreePortsAndCtrlCEndsItWithoutTheFirst() throws Exception {
        Process first = shell("exec ./stagedoor demo --json");
        JsonNode document = firstDocument(first.getInputStream());
        Process second = shell("exec ./stagedoor demo");
        List<String> lines = linesUntil(second, "4. ");

        assertThat(lines.getFirst())
                .startsWith("Stagedoor is running at https://localhost:")
                .doesNotContain(document.path("proxy").asText() + ",");
        assertThat(lines).filteredOn(line -> line.startsWith("   curl ")).hasSize(2);
        String place = lines.get(1).replaceAll(".* ", "");
        stopsInOrder(second, "INT", place);
        assertThat(first.isAlive()).isTrue();
        stopsInOrder(first, "TERM", document.path("folder").asText());
    }

    private void doesAsPrinted(JsonNode command) throws Exception {
        Process pasted = shell(command.path("command").asText());
        String output = text(pasted.getInputStream());

        assertThat(pasted.waitFor()).isEqualTo(command.path("exitCode").asInt());
        assertThat(command.path("prints")).isNotEmpty();
        for (JsonNode expected : command.path("prints")) {
            assertThat(output).contains(expected.asText());
        }
    }

    private void stopsInOrder(Process demo, String signal, String place) throws Exception {
        assertThat(Path.of(place)).isDirectory();

        shell("kill -" + signal + " " + demo.pid()).waitFor();

        assertThat(demo.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(demo.exitValue()).isZero();
        assertThat(Path.of(place)).doesNotExist();
    }

    /** Runs a line as pasted into a terminal in the repository; its complaints go to a file. */
    private Process shell(String line) throws IOException {
        Path errors = Files.createTempFile(folder, "errors", ".txt");
        Process process =
                new ProcessBuilder("sh", "-c", line)
                        .directory(REPOSITORY.toFile())
                        .redirectError(errors.toFile())
                        .start();
        process.getOutputStream().close();
        started.add(process);
        return process;
    }

    private static JsonNode firstDocument(InputStream stream) throws IOException {
        JsonParser parser = Output.MAPPER.getFactory().createParser(stream);
        return parser.readValueAsTree();
    }

    private static List<String> linesUntil(Process process, String start) throws IOException {
        List<String> lines = new ArrayList<>();
        String line = String.valueOf(process.inputReader().readLine());
        while (!line.startsWith(start)) {
            lines.add(line);
            line = String.valueOf(process.inputReader().readLine());
        }
        return lines;
    }

    private static String text(InputStream stream) throws IOException {
        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    }
}

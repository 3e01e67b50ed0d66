package io.stagedoor.proxy.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Reads a journal's records as anybody could: as lines of JSON. */
public final class JournalReading {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JournalReading() {}

    /** Returns all records that are in the files now, in order. */
    public static List<JsonNode> records(Path folder) {
        return recordsFrom(folder, 0);
    }

    /**
     * Returns the records that are in the files now, in order.
     *
     * @param first how many records at the beginning to leave out
     */
    public static List<JsonNode> recordsFrom(Path folder, int first) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .flatMap(JournalReading::linesOf)
                    .skip(first)
                    .map(JournalReading::recordOf)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the records of one request, in order. */
    public static List<JsonNode> ofRequest(Path folder, String requestId) {
        return records(folder).stream()
                .filter(record -> record.at("/request/id").asText().equals(requestId))
                .toList();
    }

    private static Stream<String> linesOf(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            return text.substring(0, text.lastIndexOf('\n') + 1).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode recordOf(String line) {
        try {
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

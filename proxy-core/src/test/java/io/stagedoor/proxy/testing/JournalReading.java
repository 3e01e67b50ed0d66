package io.stagedoor.proxy.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads a journal's records as anybody could: as lines of JSON. */
public final class JournalReading {

    private static final ObjectMapper JSON = new ObjectMapper();

    private JournalReading() {}

    /** Returns all records that are in the files now, in order. */
    public static List<JsonNode> records(Path folder) {
        List<JsonNode> records = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            files.filter(file -> file.toString().endsWith(".jsonl"))
                    .sorted()
                    .forEach(file -> records.addAll(recordsOf(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    /** Returns the records of one request, in order. */
    public static List<JsonNode> ofRequest(Path folder, String requestId) {
        return records(folder).stream()
                .filter(record -> record.at("/request/id").asText().equals(requestId))
                .toList();
    }

    private static List<JsonNode> recordsOf(Path file) {
        try {
            String text = Files.readString(file, StandardCharsets.UTF_8);
            String written = text.substring(0, text.lastIndexOf('\n') + 1);
            List<JsonNode> records = new ArrayList<>();
            for (String line : written.lines().toList()) {
                records.add(JSON.readTree(line));
            }
            return records;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

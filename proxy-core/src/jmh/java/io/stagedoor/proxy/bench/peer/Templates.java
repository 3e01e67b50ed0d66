package io.stagedoor.proxy.bench.peer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The peers' configuration files, filled in: {@code @NAME@} stands for a value. */
final class Templates {

    private static final Path SOURCE = Path.of("proxy-core", "bench", "peers");

    private Templates() {}

    /**
     * Fills a template in.
     *
     * @return the file in the folder
     * @throws IllegalStateException if a name has no value
     */
    static Path fill(String file, Path folder, Map<String, String> values) throws IOException {
        String text = Files.readString(SOURCE.resolve(file));
        for (Map.Entry<String, String> each : values.entrySet()) {
            text = text.replace("@" + each.getKey() + "@", each.getValue());
        }
        text.lines()
                .filter(line -> !line.startsWith("#") && line.matches(".*@[A-Z_]+@.*"))
                .findFirst()
                .ifPresent(
                        line -> {
                            throw new IllegalStateException("no value in " + file + ": " + line);
                        });
        return Files.writeString(folder.resolve(file), text);
    }
}

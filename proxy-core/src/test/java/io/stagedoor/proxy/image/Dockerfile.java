package io.stagedoor.proxy.image;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A Dockerfile as its stages and their instructions, continued lines joined, comments gone. */
record Dockerfile(List<Stage> stages) {

    static Dockerfile read(Path file) throws IOException {
        String joined = Files.readString(file).replaceAll("\\\\\\n\\s*", " ");
        List<Stage> stages = new ArrayList<>();
        for (String line : joined.lines().map(String::strip).toList()) {
            boolean counts = !line.isEmpty() && !line.startsWith("#");
            if (counts && line.startsWith("FROM ")) {
                stages.add(new Stage(line.split(" AS ")[1], line.split(" ")[1], new ArrayList<>()));
            } else if (counts) {
                stages.getLast().instructions().add(Instruction.parse(line));
            }
        }
        return new Dockerfile(stages);
    }

    Stage stage(String name) {
        return stages.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
    }

    /** The last instruction of a keyword that counts for a stage, from it or what it stands on. */
    Optional<String> effective(String stageName, String keyword) {
        Optional<Stage> stage =
                stages.stream().filter(each -> each.name().equals(stageName)).findFirst();
        return stage.flatMap(
                found -> {
                    List<String> own = found.all(keyword);
                    return own.isEmpty()
                            ? effective(found.base(), keyword)
                            : Optional.of(own.getLast());
                });
    }

    record Stage(String name, String base, List<Instruction> instructions) {
        List<String> all(String keyword) {
            return instructions.stream()
                    .filter(each -> each.keyword().equals(keyword))
                    .map(Instruction::arguments)
                    .toList();
        }

        /** What the stage copies, without the destinations. */
        List<Copy> copies() {
            return all("COPY").stream().map(Copy::parse).toList();
        }
    }

    record Instruction(String keyword, String arguments) {
        static Instruction parse(String line) {
            String[] parts = line.split("\\s+", 2);
            return new Instruction(parts[0].toUpperCase(Locale.ROOT), parts[1]);
        }
    }

    /**
     * One COPY.
     *
     * @param from the stage copied from; empty for the build context
     */
    record Copy(Optional<String> from, List<String> sources) {
        static Copy parse(String arguments) {
            List<String> words = Arrays.asList(arguments.split("\\s+"));
            Optional<String> from =
                    words.stream()
                            .filter(word -> word.startsWith("--from="))
                            .map(word -> word.substring("--from=".length()))
                            .findFirst();
            List<String> paths = words.stream().filter(word -> !word.startsWith("--")).toList();
            return new Copy(from, paths.subList(0, paths.size() - 1));
        }
    }
}

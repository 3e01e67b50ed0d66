package io.stagedoor.proxy.cli.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The demo's temporary folder: its owner's alone, files included, and gone when it is closed.
 */
public final class DemoFolder implements AutoCloseable {
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FOLDER =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY_FILE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Path path;

    private DemoFolder(Path path) {
        this.path = path;
    }

    /**
     * Makes a new folder in the system's place for temporary files.
     *
     * @throws UncheckedIOException when that place cannot be written
     */
    public static DemoFolder create() {
        try {
            return new DemoFolder(Files.createTempDirectory("stagedoor-demo-", OWNER_ONLY_FOLDER));
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary folder can be made", e);
        }
    }

    /** Gives the folder. */
    public Path path() {
        return path;
    }

    /** Gives the place of a file in it, whether it exists or not. */
    public Path file(String name) {
        return path.resolve(name);
    }

    /**
     * Writes a new file that its owner alone can read, and gives its place.
     *
     * @throws UncheckedIOException when there is such a file already, or it cannot be written
     */
    public Path write(String name, String content) {
        Path file = file(name);
        try {
            Files.createFile(file, OWNER_ONLY_FILE);
            return Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException("`" + file + "` cannot be written", e);
        }
    }

    /** Removes the folder and everything in it; what another process still adds may stay. */
    @Override
    public void close() {
        deepestFirst().forEach(DemoFolder::delete);
    }

    private List<Path> deepestFirst() {
        try (Stream<Path> all = Files.walk(path)) {
            return all.sorted(Comparator.reverseOrder()).toList();
        } catch (IOException | UncheckedIOException e) {
            return List.of(path);
        }
    }

    private static void delete(Path each) {
        try {
            Files.deleteIfExists(each);
        } catch (IOException e) {
            each.toFile().deleteOnExit();
        }
    }
}

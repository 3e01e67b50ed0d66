package io.stagedoor.config.testing;

import io.stagedoor.config.section.Loaded;
import io.stagedoor.config.section.SectionReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/** A folder with the files that a configuration names, and what reads a text as if it lay there. */
public final class ConfigFolder {

    private final Path path;

    private ConfigFolder(Path path) {
        this.path = path;
    }

    /** Fills the folder: {@code proxy.pem}, {@code proxy.key}, {@code ca.pem}, {@code token}. */
    public static ConfigFolder in(Path path) {
        ConfigFolder folder = new ConfigFolder(path);
        folder.write("proxy.pem", TestPair.usual().certificate());
        folder.write("ca.pem", pem("CERTIFICATE"));
        folder.write("proxy.key", TestPair.usual().key());
        folder.write("token", "a.b.c\n");
        folder.permit("proxy.key", "rw-------");
        folder.permit("token", "rw-------");
        return folder;
    }

    /** Returns a PEM block of this label. What is in it is nothing real. */
    public static String pem(String label) {
        return "-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n";
    }

    public Path path(String name) {
        return path.resolve(name);
    }

    public Path write(String name, String text) {
        return write(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public Path write(String name, byte[] bytes) {
        try {
            return Files.write(path(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void permit(String name, String permissions) {
        try {
            Files.setPosixFilePermissions(path(name), PosixFilePermissions.fromString(permissions));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a text by a reader, as a whole file in this folder. */
    public <T> Loaded<T> read(String text, SectionReader<T> reader) {
        return Loaded.read(write("test.yaml", text), reader);
    }

    /** Returns the problems as {@code line:column: message}. */
    public <T> List<String> problems(String text, SectionReader<T> reader) {
        return read(text, reader).problems().stream()
                .map(it -> it.line() + ":" + it.column() + ": " + it.message())
                .toList();
    }

    /** Returns the warnings as {@code line:column: message}. */
    public <T> List<String> warnings(String text, SectionReader<T> reader) {
        return read(text, reader).warnings().stream()
                .map(it -> it.line() + ":" + it.column() + ": " + it.message())
                .toList();
    }
}

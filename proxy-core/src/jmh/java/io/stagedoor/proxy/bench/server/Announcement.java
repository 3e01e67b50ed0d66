package io.stagedoor.proxy.bench.server;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** How a server process says that it is ready, and how it learns that it is no longer needed. */
public final class Announcement {

    private Announcement() {}

    /** Writes the ports into a file, which appears whole. */
    static void ready(Path file, int... ports) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + ".part");
        String line =
                Arrays.stream(ports).mapToObj(Integer::toString).collect(Collectors.joining(" "));
        Files.writeString(unfinished, line);
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Returns the ports in a file, in the order in which they were announced. */
    public static List<Integer> portsIn(Path file) throws IOException {
        return Arrays.stream(Files.readString(file).split(" ")).map(Integer::valueOf).toList();
    }

    /** Waits until whoever started this process closes its standard input, or ends. */
    static void awaitEnd() throws IOException {
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            long _ = in.transferTo(OutputStream.nullOutputStream());
        }
    }
}

package io.stagedoor.proxy.scim.store;

import io.stagedoor.proxy.directory.remote.StrictJson;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The changes in the order they were made: one line of JSON each, on disk when {@link #append}
 * returns. A line that a crash left unfinished at the end never counted, and is cut off. Used by one
 * thread at a time.
 */
final class ChangeJournal implements AutoCloseable {

    private static final String NAME = "scim.jsonl";
    private static final long SMALL = 16L << 20;

    private final Path file;
    private final FileChannel lock;
    private FileChannel channel;
    private long length;
    private long afterRewriting;
    private boolean broken;

    private ChangeJournal(Path file, FileChannel lock, FileChannel channel, long length) {
        this.file = file;
        this.lock = lock;
        this.channel = channel;
        this.length = length;
        this.afterRewriting = length;
    }

    /**
     * Opens the journal of a folder, making both if they are not there, and applies what it holds.
     *
     * @throws IOException if it cannot be used, another process uses it, or a line in it is broken
     */
    static ChangeJournal open(Path folder, ScimState into) throws IOException {
        Files.createDirectories(folder);
        FileChannel lock = locked(folder.resolve("scim.lock"));
        try {
            Path file = folder.resolve(NAME);
            FileChannel channel = opened(file);
            long good = replay(file, into);
            channel.truncate(good);
            channel.position(good);
            channel.force(true);
            forceFolder(folder);
            return new ChangeJournal(file, lock, channel, good);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static FileChannel opened(Path file) throws IOException {
        return FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    private static FileChannel locked(Path file) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException _) {
            // another part of this process has it
        }
        channel.close();
        throw new IOException("`" + file + "` is in use by another process");
    }

    /** Returns the length of what is whole. */
    private static long replay(Path file, ScimState into) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        int start = 0;
        int number = 1;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                apply(bytes, start, i, number++, into);
                start = i + 1;
            }
        }
        return start;
    }

    private static void apply(byte[] bytes, int from, int to, int number, ScimState into)
            throws IOException {
        try {
            byte[] line = Arrays.copyOfRange(bytes, from, to);
            into.apply(Change.parse(StrictJson.tree(line)));
        } catch (IOException broken) {
            throw new IOException(
                    "line "
                            + number
                            + " of `"
                            + NAME
                            + "` is broken; restore the file, or remove"
                            + " it and have the directory push everything anew",
                    broken);
        }
    }

    /**
     * Adds a line and brings it to disk.
     *
     * @throws IOException if that fails; the journal is then as it was before
     */
    void append(String line) throws IOException {
        if (broken) {
            throw new IOException("the journal could not be repaired after it failed");
        }
        ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.UTF_8));
        try {
            write(channel, bytes);
            channel.force(false);
            length = channel.position();
        } catch (IOException failure) {
            undo();
            throw failure;
        }
    }

    private void undo() {
        try {
            channel.truncate(length);
            channel.position(length);
        } catch (IOException _) {
            broken = true; // what is on disk is not known any more: nothing may follow it
        }
    }

    /** Returns whether much of the journal speaks of what is not so any more. */
    boolean isWasteful() {
        return length > SMALL && length > 4 * afterRewriting;
    }

    /**
     * Writes the journal anew in as few lines as can be, beside the old one, and takes its place.
     *
     * @throws IOException if that fails; the old one is then still in use
     */
    void rewrite(List<List<Change>> lines) throws IOException {
        Path fresh = file.resolveSibling(NAME + ".new");
        Files.deleteIfExists(fresh);
        FileChannel written = opened(fresh);
        try {
            for (List<Change> line : lines) {
                String text = Change.line(line) + "\n";
                write(written, ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
            }
            written.force(true);
            Files.move(
                    fresh,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException failure) {
            written.close();
            throw failure;
        }
        channel.close();
        channel = written;
        length = written.position();
        afterRewriting = length;
        forceFolder(file.toAbsolutePath().getParent());
    }

    private static void write(FileChannel to, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            to.write(bytes);
        }
    }

    /** A file's name is on disk when its folder is. */
    private static void forceFolder(@Nullable Path folder) throws IOException {
        if (folder != null) {
            try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
                names.force(true);
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        lock.close();
    }
}

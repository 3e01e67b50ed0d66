package io.stagedoor.proxy.audit.segment;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to write a journal, which one process has at a time: a lock on a file that names its
 * holder. The operating system gives it back when the process ends, however it ends.
 */
public final class JournalLock implements Closeable {
    private static final String FILE = "journal.lock";

    /**
     * The directories this process has locked. A POSIX lock is lost as soon as its process closes
     * any descriptor of the file, so a file of our own must not even be opened a second time.
     */
    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private JournalLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Takes the lock of a directory.
     *
     * @throws IOException when another process, or another journal of this one, has it
     */
    public static JournalLock take(Path directory) throws IOException {
        Path real = directory.toRealPath();
        if (!OURS.add(real)) {
            throw heldBy(directory, pid());
        }
        try {
            return new JournalLock(real, lock(directory));
        } catch (IOException e) {
            OURS.remove(real);
            throw e;
        }
    }

    /** Tells whether somebody has the lock of a directory. */
    public static boolean isTaken(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        if (OURS.contains(directory.toRealPath())) {
            return true;
        }
        if (!Files.isWritable(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return tryLock(channel).isEmpty();
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        OURS.remove(directory);
    }

    private static FileChannel lock(Path directory) throws IOException {
        Path file = directory.resolve(FILE);
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel).isEmpty()) {
            channel.close();
            throw heldBy(directory, holder(file));
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(pid().getBytes(StandardCharsets.UTF_8)), 0);
        return channel;
    }

    private static Optional<FileLock> tryLock(FileChannel channel) throws IOException {
        return Optional.ofNullable(channel.tryLock());
    }

    private static IOException heldBy(Path directory, String process) {
        return new IOException(
                String.format(
                        Locale.ROOT,
                        "the journal in `%s` is being written by process %s",
                        directory,
                        process));
    }

    private static String holder(Path file) throws IOException {
        String pid = Files.readString(file, StandardCharsets.UTF_8).strip();
        return pid.isEmpty() ? "unknown" : pid;
    }

    private static String pid() {
        return Long.toString(ProcessHandle.current().pid());
    }
}

package io.stagedoor.proxy.cli.profile;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps all other processes, and all other threads of this one, away from a profile while it is open.
 * The file stays behind, since removing it would let two processes lock two files.
 */
public final class ProfileLock implements AutoCloseable {
    /** Longer than an issuer may take to renew a token. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final FileChannel channel;

    private ProfileLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for its turn.
     *
     * @throws UnusableStoreException if another process keeps it for a minute
     */
    static ProfileLock take(PrivateFolder folder, String name) throws InterruptedException {
        FileChannel channel = folder.openLock(name);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isTaken(channel)) {
            if (Thread.interrupted()) {
                close(channel);
                throw new InterruptedException();
            }
            if (System.nanoTime() > end) {
                close(channel);
                throw new UnusableStoreException(
                        "another process has kept `" + folder.file(name) + "` locked for a minute");
            }
            LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
        }
        return new ProfileLock(channel);
    }

    private static boolean isTaken(FileChannel channel) {
        try {
            Optional<FileLock> lock = Optional.ofNullable(channel.tryLock());
            return lock.isPresent();
        } catch (OverlappingFileLockException otherThread) {
            return false;
        } catch (IOException e) {
            close(channel);
            throw new UnusableStoreException("a profile cannot be locked: " + e);
        }
    }

    /** Lets the next one in: closing the file gives up the lock. */
    @Override
    public void close() {
        close(channel);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UnusableStoreException("a profile cannot be unlocked: " + e);
        }
    }
}

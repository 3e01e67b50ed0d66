package io.stagedoor.proxy.audit.journal;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How a journal is kept.
 *
 * @param directory where its segments are; made when it does not exist
 * @param node the name this proxy signs its records with
 * @param segmentBytes how large a segment grows before the next is begun
 * @param strideBytes how many bytes are laid down ahead when a segment must grow; 0 for none
 * @param queueCapacity how many accepted events may wait for the disk
 * @param readWindow how old an accepted event may get before it is on disk; while one is older,
 *     nothing more is accepted
 * @param idleInterval after how much silence a sign of life is written
 * @param probeInterval how often a failed journal tries to write again
 */
public record JournalSettings(
        Path directory,
        String node,
        long segmentBytes,
        long strideBytes,
        int queueCapacity,
        Duration readWindow,
        Duration idleInterval,
        Duration probeInterval) {

    /** Checks that every size and time can be worked with. */
    public JournalSettings {
        if (segmentBytes < 1 || strideBytes < 0 || queueCapacity < 1) {
            throw new IllegalArgumentException("sizes of the journal must be positive");
        }
        if (!readWindow.isPositive() || !idleInterval.isPositive() || !probeInterval.isPositive()) {
            throw new IllegalArgumentException("times of the journal must be positive");
        }
    }

    /** Gives the settings a proxy starts with when nothing else is configured. */
    public static JournalSettings of(Path directory, String node) {
        return new JournalSettings(
                directory,
                node,
                64L << 20,
                4L << 20,
                16_384,
                Duration.ofSeconds(1),
                Duration.ofMinutes(1),
                Duration.ofSeconds(1));
    }

    /** Gives the same settings with another segment size. */
    public JournalSettings withSegmentBytes(long bytes) {
        return new JournalSettings(
                directory,
                node,
                bytes,
                Math.min(strideBytes, bytes),
                queueCapacity,
                readWindow,
                idleInterval,
                probeInterval);
    }

    /** Gives the same settings with another stride. */
    public JournalSettings withStrideBytes(long bytes) {
        return new JournalSettings(
                directory,
                node,
                segmentBytes,
                bytes,
                queueCapacity,
                readWindow,
                idleInterval,
                probeInterval);
    }

    /** Gives the same settings with another window. */
    public JournalSettings withReadWindow(Duration window) {
        return new JournalSettings(
                directory,
                node,
                segmentBytes,
                strideBytes,
                queueCapacity,
                window,
                idleInterval,
                probeInterval);
    }

    /** Gives the same settings with other intervals. */
    public JournalSettings withIntervals(Duration idle, Duration probe) {
        return new JournalSettings(
                directory, node, segmentBytes, strideBytes, queueCapacity, readWindow, idle, probe);
    }

    /** Gives the same settings with another queue capacity. */
    public JournalSettings withQueueCapacity(int capacity) {
        return new JournalSettings(
                directory,
                node,
                segmentBytes,
                strideBytes,
                capacity,
                readWindow,
                idleInterval,
                probeInterval);
    }
}

package io.stagedoor.config;

import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.DataSize;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The audit journal. A state-changing request never goes upstream before its record is on disk;
 * only how reads are recorded can be chosen.
 *
 * @param directory the folder of the journal and its index; it is made if it is missing
 * @param segmentSize the size at which a segment of the journal is sealed
 * @param checkpointInterval the time between two checkpoint records while nothing happens
 * @param sync what waits for the disk
 * @param readWindow how long the record of a read may be in memory only, unless reads wait too
 */
public record AuditConfig(
        Path directory,
        DataSize segmentSize,
        Duration checkpointInterval,
        Sync sync,
        Duration readWindow) {

    /** Which requests wait until their record is on disk. */
    public enum Sync {
        /** Those that change state; reads are written within the read window. */
        STATE_CHANGING,
        /** All. */
        ALL
    }

    /** Reads the section {@code audit}. */
    public static Optional<AuditConfig> read(Section in) {
        Setting<Path> directory =
                in.optionalAs("directory", in.reading().files().writableFolder("audit"), "audit");
        Setting<DataSize> segment =
                in.optional(
                        "segment_size",
                        Kinds.size(DataSize.ofMebibytes(1), DataSize.ofMebibytes(1024)),
                        DataSize.ofMebibytes(64));
        Setting<Duration> checkpoint =
                in.optional(
                        "checkpoint_interval",
                        Kinds.duration(Duration.ofSeconds(1), Duration.ofHours(1)),
                        Duration.ofMinutes(1));
        Setting<Sync> sync = in.optional("sync", Kinds.choice(Sync.class), Sync.STATE_CHANGING);
        Setting<Duration> window =
                in.optional(
                        "read_window",
                        Kinds.duration(Duration.ofMillis(1), Duration.ofMinutes(1)),
                        Duration.ofSeconds(1));
        return in.build(
                () ->
                        new AuditConfig(
                                directory.value(),
                                segment.value(),
                                checkpoint.value(),
                                sync.value(),
                                window.value()));
    }
}

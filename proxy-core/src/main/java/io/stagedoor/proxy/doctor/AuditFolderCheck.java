package io.stagedoor.proxy.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Looks whether the journal's folder can be written, and how much room there is.
 *
 * @param folder the folder; it may not exist yet
 * @param segmentOctets the size of one segment of the journal
 */
public record AuditFolderCheck(Path folder, long segmentOctets) implements Check {

    private static final int COMFORTABLE = 10;
    private static final long MIB = 1024L * 1024;

    @Override
    public String subject() {
        return "audit folder";
    }

    @Override
    public List<Finding> examine() {
        Path existing = folder.toAbsolutePath();
        while (!Files.exists(existing) && existing.getParent() != null) {
            existing = existing.getParent();
        }
        if (!Files.isDirectory(existing) || !Files.isWritable(existing)) {
            return List.of(
                    Finding.fail(
                            subject(),
                            "`" + folder + "` cannot be written",
                            "give the account that runs Stagedoor the right to write it"));
        }
        try {
            return List.of(room(Files.getFileStore(existing).getUsableSpace()));
        } catch (IOException unreadable) {
            return List.of(
                    Finding.warn(
                            subject(), "its free space cannot be told", "look at it with `df`"));
        }
    }

    private Finding room(long octets) {
        String free = octets / MIB + " MiB are free";
        if (octets < segmentOctets) {
            return Finding.fail(
                    subject(),
                    free + ", less than one segment of the journal",
                    "make room: without a journal nothing is served");
        }
        return octets < segmentOctets * COMFORTABLE
                ? Finding.warn(
                        subject(),
                        free + ", less than " + COMFORTABLE + " segments of the journal",
                        "make room, or move sealed segments elsewhere")
                : Finding.ok(subject(), "it can be written, and " + free);
    }
}

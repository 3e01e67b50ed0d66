package io.stagedoor.proxy.audit.journal;

import io.stagedoor.proxy.audit.Receipt;
import io.stagedoor.proxy.audit.testing.Journals;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;

/** The program that the kill test kills: appends as fast as it can and prints what is on disk. */
final class AppendUnderLoad {
    private static final int IN_FLIGHT = 64;

    private final FileOutputStream out = new FileOutputStream(FileDescriptor.out);
    private final Semaphore room = new Semaphore(IN_FLIGHT);

    private AppendUnderLoad() {}

    public static void main(String[] arguments) throws Exception {
        new AppendUnderLoad().run(Path.of(arguments[0]));
    }

    private void run(Path directory) throws Exception {
        try (Journal journal = Journals.open(directory)) {
            for (int i = 0; ; i++) {
                String id = ProcessHandle.current().pid() + "-" + i;
                room.acquire();
                journal.append(SomeEvents.permitted(id)).thenAccept(this::print);
                if (!journal.appendWithinWindow(SomeEvents.answered(id))) {
                    throw new IllegalStateException(journal.health().reason());
                }
            }
        }
    }

    private void print(Receipt receipt) {
        room.release();
        try {
            String line = receipt.seq() + " " + receipt.hash() + "\n";
            out.write(line.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

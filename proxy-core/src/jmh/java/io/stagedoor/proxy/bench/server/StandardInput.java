package io.stagedoor.proxy.bench.server;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** How a server process learns that it is no longer needed. */
final class StandardInput {

    private StandardInput() {}

    /** Waits until whoever started this process closes its standard input, or ends. */
    static void awaitEnd() throws IOException {
        try (InputStream in = new FileInputStream(FileDescriptor.in)) {
            long _ = in.transferTo(OutputStream.nullOutputStream());
        }
    }
}

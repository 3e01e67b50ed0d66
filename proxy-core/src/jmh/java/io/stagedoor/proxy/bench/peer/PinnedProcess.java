package io.stagedoor.proxy.bench.peer;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** A process that is pinned to a core, with all that it starts. It ends with this one. */
public final class PinnedProcess implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final Thread end;

    private PinnedProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        this.end = new Thread(process::destroy);
        Runtime.getRuntime().addShutdownHook(end);
    }

    /**
     * Starts a process, whose output goes to a file of its name.
     *
     * @param core the one processor it may use
     */
    public static PinnedProcess start(Path folder, String name, int core, List<String> command)
            throws IOException {
        List<String> pinned = new ArrayList<>(List.of("taskset", "-c", Integer.toString(core)));
        pinned.addAll(command);
        Process process =
                new ProcessBuilder(pinned)
                        .redirectErrorStream(true)
                        .redirectOutput(folder.resolve(name + ".log").toFile())
                        .start();
        return new PinnedProcess(name, process);
    }

    /** Returns the id of its first process. */
    public long pid() {
        return process.pid();
    }

    /** Returns the ids of all its processes. */
    public LongStream pids() {
        return Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .mapToLong(ProcessHandle::pid);
    }

    /** Returns whether its first process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Lets all its threads use the cores of a list such as {@code 0,1}. */
    public void allowCores(String cores) throws IOException {
        for (long pid : pids().toArray()) {
            Process change =
                    new ProcessBuilder("taskset", "-acp", cores, Long.toString(pid))
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            if (change.onExit().join().exitValue() != 0) {
                throw new IOException("taskset cannot pin " + name + " to " + cores);
            }
        }
    }

    /** Asks it to end, by closing its standard input and by SIGTERM, and waits until it has. */
    @Override
    public void close() throws IOException {
        boolean _ = Runtime.getRuntime().removeShutdownHook(end);
        process.getOutputStream().close();
        process.destroy();
        try {
            var _ = process.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(name + " does not end", e);
        } finally {
            process.destroyForcibly();
        }
    }
}

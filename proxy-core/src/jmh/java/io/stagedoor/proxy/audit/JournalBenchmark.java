package io.stagedoor.proxy.audit;

import io.stagedoor.proxy.audit.journal.Journal;
import io.stagedoor.proxy.audit.journal.JournalSettings;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a group of records takes until all of it is on disk: one caller hands them over at once
 * and waits for the last.
 */
@State(Scope.Benchmark)
@BenchmarkMode({Mode.AverageTime, Mode.SampleTime})
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class JournalBenchmark {
    @Param({"1", "8", "64", "512"})
    int group;

    @Param({"0", "4194304"})
    long stride;

    private Path directory = Path.of(".");
    private List<Journal> journal = List.of();

    @Setup
    public void open() throws IOException {
        directory = Files.createTempDirectory("journal");
        JournalSettings settings = JournalSettings.of(directory, "node-1").withStrideBytes(stride);
        journal = List.of(Journal.open(settings, InstantSource.system()));
    }

    @TearDown
    public void close() throws IOException {
        journal.getFirst().close();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }

    @Benchmark
    public void untilDurable() {
        CompletableFuture<?>[] receipts =
                IntStream.range(0, group)
                        .mapToObj(i -> journal.getFirst().append(SomeEvents.denied("request-" + i)))
                        .map(stage -> stage.toCompletableFuture())
                        .toArray(CompletableFuture<?>[]::new);
        CompletableFuture.allOf(receipts).join();
    }
}

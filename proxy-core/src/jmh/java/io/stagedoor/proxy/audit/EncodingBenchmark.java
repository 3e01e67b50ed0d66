package io.stagedoor.proxy.audit;

import io.stagedoor.proxy.audit.codec.HashedLine;
import io.stagedoor.proxy.audit.codec.RecordEncoder;
import io.stagedoor.proxy.audit.decode.RecordDecoder;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.testing.SomeEvents;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What one record costs the writer thread, and a reader. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class EncodingBenchmark {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.008009010Z");

    private final RecordEncoder encoder = new RecordEncoder("node-1");
    private final AuditEvent event = SomeEvents.permitted("request-1");
    private final byte[] line = line();

    @Benchmark
    public String encodeAndHash() {
        return encoder.encode(1, AuditRecord.NO_PREVIOUS, NOW, event);
    }

    @Benchmark
    public Optional<HashedLine> checkHash() {
        return HashedLine.read(line);
    }

    @Benchmark
    public AuditRecord decode() throws IOException {
        return RecordDecoder.decode(line);
    }

    private byte[] line() {
        encoder.encode(1, AuditRecord.NO_PREVIOUS, NOW, event);
        return Arrays.copyOf(encoder.buffer(), encoder.length() - 1);
    }
}

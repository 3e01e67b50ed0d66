package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.WarmJourney;
import io.stagedoor.proxy.WarmJourney.Asked;
import io.stagedoor.proxy.audit.codec.RecordEncoder;
import io.stagedoor.proxy.audit.fact.RequestFacts.ClientFacts;
import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.body.JobIds;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What the {@code decided} record of a permitted read costs: the event loop, which makes the event,
 * and the journal's thread, which makes a line of it. The caller has asked the same before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadRecordBenchmark {
    private static final Instant NOW = Instant.parse("2026-03-04T05:06:07.008009010Z");
    private static final JobIds NO_JOBS = new JobIds(List.of(), List.of(), false);

    private final WarmJourney warm = new WarmJourney();
    private final Asked read = warm.ask("GET /pipelines/nightly");
    private final DecisionRecords decisions = new DecisionRecords("0.1.0");
    private final RecordEncoder encoder = new RecordEncoder("node-1");
    private final ExchangeId id =
            new ExchangeId(
                    ExchangeId.fresh(),
                    "GET",
                    WarmJourney.targetOf("/pipelines/nightly"),
                    new ClientFacts(
                            "127.0.0.1",
                            Optional.of("azsdk-python-synapse-artifacts/0.20.0 Python/3.12.3"),
                            Optional.of("0b1f7e3c-0000-4000-8000-000000000001")));
    private final AuditEvent.Decided made = event();

    /** Stops all parts. */
    @TearDown
    public void stop() {
        warm.close();
    }

    /** Puts the decision in the words of the record. */
    @Benchmark
    public AuditEvent.Decided event() {
        return decisions.permitted(id, read.trace(), read.permit(), NO_JOBS);
    }

    /** Writes the event as a line, and chains it. */
    @Benchmark
    public String line() {
        return encoder.encode(1, AuditRecord.NO_PREVIOUS, NOW, made);
    }
}

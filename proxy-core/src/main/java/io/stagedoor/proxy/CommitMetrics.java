package io.stagedoor.proxy;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.stagedoor.proxy.audit.journal.CommitListener;
import io.stagedoor.proxy.audit.segment.PlacedRecord;
import java.time.Duration;

/** Measures the commits of the audit journal. */
final class CommitMetrics implements CommitListener {

    private final Timer commits;
    private final DistributionSummary records;

    CommitMetrics(MeterRegistry registry) {
        this.commits =
                Timer.builder("stagedoor.audit.commit")
                        .description("time from the encoding of audit records to the disk")
                        .serviceLevelObjectives(
                                Duration.ofMillis(1),
                                Duration.ofMillis(5),
                                Duration.ofMillis(25),
                                Duration.ofMillis(100),
                                Duration.ofSeconds(1))
                        .register(registry);
        this.records =
                DistributionSummary.builder("stagedoor.audit.commit.records")
                        .description("audit records written by one commit")
                        .register(registry);
    }

    @Override
    public void committed(PlacedRecord record) {
        // the commit counts, not its records
    }

    @Override
    public void committed(int count, Duration took) {
        commits.record(took);
        records.record(count);
    }
}

package io.stagedoor.proxy.bench;

import java.time.Duration;
import picocli.CommandLine.Option;

/** How long and how hard is measured; filled by the command line. */
final class BenchSettings {

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "how often each peer is measured, in turns (default ${DEFAULT-VALUE})")
    private int rounds;

    @Option(
            names = "--window",
            defaultValue = "PT2.5S",
            description = "how long each measurement is (default ${DEFAULT-VALUE})")
    private Duration window = Duration.ZERO;

    @Option(
            names = "--warm-up",
            defaultValue = "PT20S",
            description =
                    "processor time that each peer spends on each scenario before anything is"
                            + " measured (default ${DEFAULT-VALUE})")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--connections",
            defaultValue = "64",
            description = "keep-alive connections of the client (default ${DEFAULT-VALUE})")
    private int connections;

    @Option(
            names = "--rate",
            defaultValue = "500",
            description = "requests per second when latency is measured (default ${DEFAULT-VALUE})")
    private int rate;

    int rounds() {
        return rounds;
    }

    Duration window() {
        return window;
    }

    Duration warmUp() {
        return warmUp;
    }

    int connections() {
        return connections;
    }

    int rate() {
        return rate;
    }
}

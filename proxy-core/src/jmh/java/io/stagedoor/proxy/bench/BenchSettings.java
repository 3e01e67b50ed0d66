package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.Scenario;
import io.stagedoor.proxy.bench.client.Wire;
import io.stagedoor.proxy.bench.peer.PeerKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;

/** Who is measured, with what, how long and how hard; filled by the command line. */
final class BenchSettings {

    @Option(
            names = "--peers",
            split = ",",
            defaultValue = "bare,nginx,haproxy,apache,stagedoor",
            description =
                    "who is measured, of bare, nginx, haproxy, apache, scg, stagedoor (default"
                            + " ${DEFAULT-VALUE})")
    private List<String> peers = List.of();

    @Option(
            names = "--scenarios",
            split = ",",
            defaultValue = "get,createRun,get-tls,get-new-token",
            description =
                    "what is measured, of get, createRun, get-tls, get-h2, get-new-token (default"
                            + " ${DEFAULT-VALUE})")
    private List<String> scenarios = List.of();

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
                    "processor time that each Java peer spends on each scenario before anything is"
                            + " measured (default ${DEFAULT-VALUE})")
    private Duration warmUp = Duration.ZERO;

    @Option(
            names = "--warm-up-scg",
            defaultValue = "PT150S",
            description =
                    "the same for Spring Cloud Gateway, shared by its scenarios (default"
                            + " ${DEFAULT-VALUE})")
    private Duration warmUpOfScg = Duration.ZERO;

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

    @Option(
            names = "--new-tokens",
            defaultValue = "4000",
            description =
                    "requests of a run in which every token is new (default ${DEFAULT-VALUE})")
    private int newTokens;

    /** Returns who is measured, in order. */
    List<PeerKind> peers() {
        return chosen(peers, PeerKind.values(), PeerKind::label);
    }

    /** Returns what is measured, in order. */
    List<Scenario> scenarios() {
        return chosen(scenarios, Scenario.values(), Scenario::label);
    }

    private static <T> List<T> chosen(List<String> names, T[] all, Function<T, String> name) {
        return names.stream()
                .map(
                        wanted ->
                                Arrays.stream(all)
                                        .filter(each -> name.apply(each).equals(wanted))
                                        .findFirst()
                                        .orElseThrow(
                                                () ->
                                                        new IllegalArgumentException(
                                                                "there is no `" + wanted + "`")))
                .toList();
    }

    /** Returns whether anything is asked over TLS. */
    boolean hasTls() {
        return scenarios().stream().anyMatch(each -> each.wire() != Wire.PLAIN);
    }

    /** Returns whether the latency of a scenario is measured at the constant rate. */
    boolean isTimed(Scenario scenario) {
        return scenario == Scenario.GET || scenario == Scenario.CREATE_RUN;
    }

    int rounds() {
        return rounds;
    }

    Duration window() {
        return window;
    }

    /** Returns the processor time that a peer spends on a scenario before it is measured. */
    Duration warmUp(PeerKind kind) {
        return switch (kind) {
            case SCG -> warmUpOfScg.dividedBy(2);
            case BARE, STAGEDOOR -> warmUp;
            case NGINX, HAPROXY, APACHE -> Duration.ofSeconds(1);
        };
    }

    int connections() {
        return connections;
    }

    int rate() {
        return rate;
    }

    int newTokens() {
        return newTokens;
    }
}

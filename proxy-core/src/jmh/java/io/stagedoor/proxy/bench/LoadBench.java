package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadClient;
import io.stagedoor.proxy.bench.peer.BenchOrigin;
import io.stagedoor.proxy.bench.peer.Peer;
import io.stagedoor.proxy.bench.peer.PeerKind;
import io.stagedoor.proxy.bench.peer.PeerStarter;
import io.stagedoor.proxy.bench.peer.Probe;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What {@code proxy-core/bench/run} runs, from the root of the repository. */
@Command(
        name = "proxy-core/bench/run",
        description = "Measures what a request through Stagedoor costs, beside other proxies.",
        mixinStandardHelpOptions = true)
public final class LoadBench implements Callable<Integer> {

    private static final Path WORK = Path.of("proxy-core", "target", "bench").toAbsolutePath();
    private static final Path DOCUMENTS = Path.of("proxy-core", "docs", "benchmarks");

    @Spec private CommandSpec command = CommandSpec.create();
    @Mixin private BenchSettings settings = new BenchSettings();

    @Option(
            names = "--publish",
            description =
                    "name of the page and the JSON file to write to proxy-core/docs/benchmarks; by"
                            + " default they are written to proxy-core/target/bench")
    private @Nullable String publish;

    @Option(
            names = "--profile",
            description = "instead of measuring, find out where the processor time goes")
    private boolean profile;

    /** Measures, and ends the process with 0 if there is a result. */
    public static void main(String[] arguments) {
        System.exit(new CommandLine(new LoadBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Path folder = Files.createTempDirectory(Files.createDirectories(WORK), "run-");
        try (BenchScenery scenery = BenchScenery.set(folder);
                BenchOrigin origin = BenchOrigin.start(folder);
                LoadClient client = new LoadClient(scenery.file("ca.pem"))) {
            if (profile) {
                profile(new Stage(folder, scenery, origin, client, out));
            } else {
                measure(new Stage(folder, scenery, origin, client, out));
            }
        } catch (IOException | RuntimeException failure) {
            out.println("no result: " + failure);
            out.println("logs and journal are kept in " + folder);
            throw failure;
        }
        remove(folder);
        return 0;
    }

    /** What is there before the peers. */
    private record Stage(
            Path folder,
            BenchScenery scenery,
            BenchOrigin origin,
            LoadClient client,
            PrintWriter out) {}

    private void measure(Stage stage) throws IOException {
        Instant begun = InstantSource.system().instant();
        List<Double> loadBefore = ProcFiles.loadAverages();
        List<String> missing = missing(stage.out());
        Map<String, Footprint> footprints = new LinkedHashMap<>();
        Bench bench;
        try (RunningPeers running = start(stage, footprints)) {
            bench = bench(stage, running.peers());
            bench.warmUp();
            bench.measure();
        }
        Circumstances circumstances =
                new Circumstances(
                        begun,
                        String.join(" ", command.commandLine().getParseResult().originalArgs()),
                        loadBefore,
                        ProcFiles.loadAverages(),
                        footprints,
                        missing,
                        journals(stage.folder(), bench.answersOfStagedoor()));
        report(bench, circumstances, stage.out());
    }

    private Bench bench(Stage stage, List<Peer> peers) {
        return new Bench(
                settings,
                stage.origin(),
                peers,
                stage.client(),
                new BenchTokens(stage.scenery(), settings),
                stage.out());
    }

    private List<String> missing(PrintWriter out) {
        List<String> missing =
                settings.peers().stream()
                        .flatMap(
                                kind ->
                                        kind.missing().stream()
                                                .map(why -> kind.label() + ": " + why))
                        .toList();
        missing.forEach(each -> out.println("not measured: " + each));
        return missing;
    }

    /** Peers that end together, the last first. */
    private record RunningPeers(List<Peer> peers) implements AutoCloseable {

        @Override
        public void close() throws IOException {
            for (Peer peer : peers.reversed()) {
                peer.close();
            }
        }
    }

    private RunningPeers start(Stage stage, Map<String, Footprint> footprints) throws IOException {
        PeerStarter starter = new PeerStarter(stage.folder(), stage.scenery(), stage.origin());
        Probe probe = new Probe(stage.scenery().trust());
        RefusalCheck check = new RefusalCheck(stage.scenery());
        RunningPeers running = new RunningPeers(new ArrayList<>());
        try {
            for (PeerKind kind : settings.peers()) {
                if (kind.missing().isEmpty()) {
                    ProcFiles.awaitCalm(Duration.ofSeconds(10));
                    Peer peer = starter.start(kind, settings.hasTls());
                    running.peers().add(peer);
                    if (!profile) {
                        footprints.put(
                                peer.name(),
                                Footprint.of(peer, probe, stage.scenery().goodToken()));
                    }
                    check.run(peer);
                    note(peer, footprints, stage.out());
                }
            }
            return running;
        } catch (IOException | RuntimeException failure) {
            running.close();
            throw failure;
        }
    }

    private static void note(Peer peer, Map<String, Footprint> footprints, PrintWriter out) {
        Optional.ofNullable(footprints.get(peer.name()))
                .ifPresent(
                        each ->
                                out.println(
                                        peer.name()
                                                + ": first answer after "
                                                + each.startup().toMillis()
                                                + " ms; resident "
                                                + each.idle()
                                                + " MiB idle, "
                                                + each.connected()
                                                + " MiB with "
                                                + Footprint.CONNECTIONS
                                                + " connections"));
        out.flush();
    }

    private static long journals(Path folder, long answers) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            List<Path> journals =
                    entries.filter(Files::isDirectory)
                            .filter(each -> each.getFileName().toString().startsWith("stagedoor"))
                            .toList();
            return journals.isEmpty() ? 0 : JournalCheck.run(journals, answers);
        }
    }

    private void report(Bench bench, Circumstances circumstances, PrintWriter out)
            throws IOException {
        Summary summary = new Summary(bench.measurements(), settings.rate());
        Page page = new Page(circumstances, summary, settings);
        String name = publish == null ? "load" : publish;
        Path target = Files.createDirectories(publish == null ? WORK : DOCUMENTS);
        new Report(circumstances, summary, bench.measurements())
                .write(target.resolve(name + ".json"));
        Files.writeString(target.resolve(name + ".md"), page.markdown("Load bench: " + name));
        out.println();
        out.print(page.tables());
        out.flush();
    }

    private void profile(Stage stage) throws IOException {
        missing(stage.out());
        try (RunningPeers running = start(stage, new LinkedHashMap<>())) {
            Bench bench = bench(stage, running.peers());
            bench.warmUp();
            new Profile(stage.folder(), bench, settings, stage.out()).run(running.peers());
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}

package io.stagedoor.proxy.bench;

import io.stagedoor.proxy.bench.client.LoadClient;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
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
        description = "Measures what a request through Stagedoor costs, beside bare forwarding.",
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
        System.setProperty("jdk.httpclient.allowRestrictedHeaders", "host");
        System.exit(new CommandLine(new LoadBench()).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = command.commandLine().getOut();
        Path folder = Files.createTempDirectory(Files.createDirectories(WORK), "run-");
        try {
            if (profile) {
                profile(folder, out);
            } else {
                measure(folder, out);
            }
        } catch (IOException | RuntimeException failure) {
            out.println("no result: " + failure);
            out.println("logs and journal are kept in " + folder);
            throw failure;
        }
        remove(folder);
        return 0;
    }

    private void measure(Path folder, PrintWriter out) throws IOException {
        Instant begun = InstantSource.system().instant();
        List<Double> loadBefore = ProcFiles.loadAverages();
        Bench bench;
        List<Long> memory;
        Duration startup;
        try (BenchScenery scenery = BenchScenery.set(folder);
                BenchProcesses processes = BenchProcesses.start(folder, scenery);
                LoadClient client = new LoadClient(scenery.file("ca.pem"), scenery.tokens())) {
            RefusalCheck.run(scenery, processes.stagedoor().port());
            bench = new Bench(settings, processes, client, out);
            bench.warmUp();
            bench.measure();
            startup = processes.startup();
            memory =
                    processes.peers().stream()
                            .map(peer -> ProcFiles.residentMebibytes(peer.process().pid()))
                            .toList();
        }
        long records = JournalCheck.run(folder.resolve("audit"), bench.answersOfStagedoor());
        Circumstances circumstances =
                new Circumstances(
                        begun,
                        String.join(" ", command.commandLine().getParseResult().originalArgs()),
                        loadBefore,
                        ProcFiles.loadAverages(),
                        memory,
                        startup,
                        records);
        report(bench, circumstances, out);
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
        out.print(page.table());
        out.flush();
    }

    private void profile(Path folder, PrintWriter out) throws IOException {
        try (BenchScenery scenery = BenchScenery.set(folder);
                BenchProcesses processes = BenchProcesses.start(folder, scenery);
                LoadClient client = new LoadClient(scenery.file("ca.pem"), scenery.tokens())) {
            Bench bench = new Bench(settings, processes, client, out);
            bench.warmUp();
            new Profile(folder, bench, settings, out).run(processes.peers());
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

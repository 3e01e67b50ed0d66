package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.LoadResult;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.text.ConfigProblem;
import io.stagedoor.proxy.Diagnosis;
import io.stagedoor.proxy.doctor.Check;
import io.stagedoor.proxy.doctor.Doctor;
import io.stagedoor.proxy.doctor.Finding;
import io.stagedoor.proxy.doctor.Finding.Level;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: the whole chain from the configuration, live. */
@Command(
        name = "doctor",
        description = {
            "Examine the whole chain live: certificates, issuers, clocks, upstreams, credentials,",
            "role assignments, the audit folder, the running proxy, and what clients will ask for."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final String CONFIGURATION = "configuration";

    @Mixin private Configuration configuration = new Configuration();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        LoadResult result = configuration.result();
        List<Finding> findings = new ArrayList<>();
        result.warnings().forEach(warning -> findings.add(warning(warning)));
        return switch (result) {
            case LoadResult.Bad bad -> {
                bad.problems().forEach(problem -> findings.add(problem(problem)));
                print(findings);
                yield ExitCodes.USAGE;
            }
            case LoadResult.Ok ok -> {
                findings.addFirst(
                        Finding.ok(CONFIGURATION, "`" + configuration.file() + "` is good"));
                findings.addAll(examined(ok.config()));
                print(findings);
                yield exitCode(findings);
            }
        };
    }

    private static List<Finding> examined(StagedoorConfig config) throws InterruptedException {
        try {
            return new Doctor(LIMIT).examine(checks(config));
        } catch (IOException unreadable) {
            return List.of(
                    Finding.fail(
                            CONFIGURATION,
                            String.valueOf(unreadable.getMessage()),
                            "check `credentials.trusted_certificates`"));
        }
    }

    private static List<Check> checks(StagedoorConfig config) throws IOException {
        List<Check> checks = new ArrayList<>();
        checks.addAll(
                Diagnosis.of(
                        config,
                        name -> Optional.ofNullable(System.getenv(name)),
                        InstantSource.system()));
        checks.add(new RunningProxyCheck(config.admin()));
        return checks;
    }

    private static Finding problem(ConfigProblem problem) {
        return Finding.fail(CONFIGURATION, place(problem), problem.help());
    }

    private static Finding warning(ConfigProblem problem) {
        return Finding.warn(CONFIGURATION, place(problem), problem.help());
    }

    private static String place(ConfigProblem problem) {
        return problem.file()
                + ":"
                + problem.line()
                + ":"
                + problem.column()
                + ": "
                + problem.message();
    }

    private static int exitCode(List<Finding> findings) {
        if (findings.stream().anyMatch(finding -> finding.level() == Level.UNREACHABLE)) {
            return ExitCodes.UNREACHABLE;
        }
        return findings.stream().anyMatch(finding -> finding.level() == Level.FAIL)
                ? ExitCodes.FINDING
                : ExitCodes.OK;
    }

    private void print(List<Finding> findings) {
        List<String> lines = new ArrayList<>();
        ObjectNode document = Output.MAPPER.createObjectNode();
        ArrayNode array = document.putArray("findings");
        for (Finding finding : findings) {
            String level = word(finding.level());
            lines.add(
                    level
                            + " ".repeat(6 - level.length())
                            + finding.subject()
                            + ": "
                            + finding.sentence());
            finding.help().ifPresent(help -> lines.add("        help: " + help));
            ObjectNode each =
                    array.addObject()
                            .put("level", level)
                            .put("subject", finding.subject())
                            .put("sentence", finding.sentence());
            finding.help().ifPresent(help -> each.put("help", help));
        }
        output.print(lines, document);
    }

    /** What does not answer fails too; the exit code tells the two apart. */
    private static String word(Level level) {
        return level == Level.UNREACHABLE ? "fail" : level.name().toLowerCase(Locale.ROOT);
    }
}

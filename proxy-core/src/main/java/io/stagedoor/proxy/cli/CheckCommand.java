package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.LoadResult;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.text.ConfigProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code check}: reads the configuration and lists every problem; starts and asks nothing. */
@Command(
        name = "check",
        description =
                "Read the configuration and list every problem, each with its place. Nothing is"
                        + " asked of anybody: that is `doctor`.",
        mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
    @Mixin private Configuration configuration = new Configuration();
    @Mixin private Output output = new Output();

    @Override
    public Integer call() {
        LoadResult result = configuration.result();
        List<ConfigProblem> problems = problems(result);
        List<String> lines = new ArrayList<>();
        problems.forEach(problem -> lines.add(problem.toString()));
        result.warnings().forEach(warning -> lines.add("warning: " + warning));
        if (result instanceof LoadResult.Ok ok) {
            lines.add(configuration.file() + ": " + summary(ok.config()));
        }
        ObjectNode document = Output.MAPPER.createObjectNode().put("ok", problems.isEmpty());
        document.set("problems", json(problems));
        document.set("warnings", json(result.warnings()));
        output.print(lines, document);
        return problems.isEmpty() ? ExitCodes.OK : ExitCodes.USAGE;
    }

    private static List<ConfigProblem> problems(LoadResult result) {
        return switch (result) {
            case LoadResult.Ok _ -> List.of();
            case LoadResult.Bad bad -> bad.problems();
        };
    }

    private static String summary(StagedoorConfig config) {
        return "good: "
                + (config.issuers().size() + " issuer(s), ")
                + (config.services().size() + " workspace(s), ")
                + (config.access().declared().assignments().size() + " declared assignment(s), ")
                + (config.access().declared().guardrails().size() + " guardrail(s)");
    }

    private static ArrayNode json(List<ConfigProblem> problems) {
        ArrayNode array = Output.MAPPER.createArrayNode();
        problems.forEach(
                problem ->
                        array.addObject()
                                .put("file", problem.file())
                                .put("line", problem.line())
                                .put("column", problem.column())
                                .put("message", problem.message())
                                .put("help", problem.help()));
        return array;
    }
}

package io.stagedoor.proxy.cli;

import io.stagedoor.proxy.audit.search.Exchange;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code explain}: one decision with its reasons, and what would have changed it. */
@Command(
        name = "explain",
        description = "Explain a decision: who asked for what, why, and the smallest remedy.",
        mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

    @Mixin private Trail trail = new Trail();
    @Mixin private Output output = new Output();

    @Parameters(
            paramLabel = "DECISION-ID",
            description = "The id in the answer's field X-Stagedoor-Decision-Id.")
    private String decisionId = "";

    @Override
    public Integer call() {
        Optional<Exchange> exchange = trail.ask(queries -> queries.explain(decisionId));
        output.print(printer -> printer.explanation(decisionId, exchange));
        return exchange.isPresent() ? ExitCodes.OK : ExitCodes.FINDING;
    }
}

package io.stagedoor.proxy.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.gaps.Gap;
import io.stagedoor.proxy.gaps.GapJson;
import io.stagedoor.proxy.gaps.GapReport;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code gaps}: what callers ask for that no catalogue permits anybody. */
@Command(
        name = "gaps",
        description = {
            "Tell which calls were refused since they are not catalogued, or no role covers them,",
            "the most frequent first, with ids masked."
        },
        mixinStandardHelpOptions = true)
final class GapsCommand implements Callable<Integer> {

    @Mixin private Trail trail = new Trail();
    @Mixin private Output output = new Output();

    @Option(
            names = "-n",
            defaultValue = "20",
            paramLabel = "CALLS",
            description = "How many calls to list; default: 20.")
    private int most;

    @Option(
            names = "--days",
            paramLabel = "DAYS",
            description = "Of the last days alone; default: all the trail.")
    private @Nullable Integer days;

    @Override
    public Integer call() {
        TimeRange range = range(InstantSource.system().instant());
        GapReport report = trail.ask(queries -> GapReport.of(queries, range, Math.max(1, most)));
        output.print(lines(report), document(report));
        return report.gaps().isEmpty() ? ExitCodes.OK : ExitCodes.FINDING;
    }

    private TimeRange range(Instant now) {
        return days == null
                ? TimeRange.ALWAYS
                : new TimeRange(now.minus(Duration.ofDays(days)), TimeRange.ALWAYS.to());
    }

    private static List<String> lines(GapReport report) {
        List<String> lines = new ArrayList<>();
        for (Gap gap : report.gaps()) {
            Gap.Call call = gap.call();
            String why = call.operation().map(name -> "  (" + name + ": no role)").orElse("");
            lines.add(
                    String.format(
                            Locale.ROOT,
                            "%7d  %-12s %-6s %s",
                            gap.count(),
                            call.service(),
                            call.method(),
                            call.shape() + why));
        }
        if (report.gaps().isEmpty()) {
            lines.add("nothing was refused for want of a catalogued operation");
        }
        if (report.others() > 0) {
            lines.add(String.format(Locale.ROOT, "%7d  others", report.others()));
        }
        if (!report.complete()) {
            lines.add("only the newest " + GapReport.MOST_REFUSALS + " of each kind were counted");
        }
        return lines;
    }

    private static JsonNode document(GapReport report) {
        try (TokenBuffer buffer = new TokenBuffer(Output.MAPPER, false)) {
            JsonGenerator json = buffer;
            GapJson.write(report, json);
            return Output.MAPPER.readTree(buffer.asParser());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

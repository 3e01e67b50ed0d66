package io.stagedoor.policy.operation;

import io.stagedoor.policy.scope.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What finding the operation of a request costs, and binding it to its workspace. */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class CatalogueBenchmark {

    private final OperationCatalogue catalogue = OperationCatalogue.synapse();
    private final Scope root = Scope.workspace("ws1");

    /** The request: short, with a name, backtracking, long, with a tail, and no operation. */
    @Param({
        "GET /pipelines",
        "POST /pipelines/daily/createRun",
        "POST /notebooks/runs/rename",
        "POST /livyApi/versions/1/sparkPools/small/sessions/3/statements/4/cancel",
        "GET /sparkhistory/api/v1/sparkpools/p/livyid/1/applications/a/driverlog/stderr",
        "POST /pipelines/daily/createRun/extra"
    })
    public String request = "";

    private String method = "";
    private List<String> segments = List.of();

    /** Splits the request as the canonical target would have. */
    @Setup
    public void split() {
        int space = request.indexOf(' ');
        method = request.substring(0, space);
        segments = List.of(request.substring(space + 2).split("/"));
    }

    /** Finds the operation. */
    @Benchmark
    public Optional<MatchedOperation> resolve() {
        return catalogue.resolve(method, segments);
    }

    /** Finds the operation and binds it. */
    @Benchmark
    public Optional<BoundOperation> resolveAndBind() {
        return catalogue.resolve(method, segments).map(match -> match.bind(root));
    }
}

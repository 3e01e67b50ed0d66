package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What every request pays for its target and its head, whoever asks and whatever is decided. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 10, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 40, time = 100, timeUnit = TimeUnit.MILLISECONDS)
@Fork(1)
@SuppressWarnings("NullAway.Init")
public class CanonicalTargetBenchmark {

    private static final String PLAIN = "/pipelines/daily/createRun?api-version=2020-12-01";
    private static final String ESCAPED =
            "/pipelines/caf%C3%A9%20daily/createRun?api-version=2020-12-01";
    private static final String LIVY =
            "/livyApi/versions/2019-11-01-preview/sparkPools/pool1/batches/42?detailed=true&from=0";

    /** The target that is read. */
    @Param({PLAIN, ESCAPED, LIVY})
    public String target = PLAIN;

    private Fields fields = Fields.none();
    private RequestHead head;
    private Onward onward;

    /** Makes the head of an ordinary SDK call. */
    @Setup
    public void setUp() throws RefusedException {
        fields =
                Fields.of(
                        "Host", "ws1.dev.synapse.proxy.example",
                        "User-Agent", "azsdk-java-core/1.55.3 (25; Linux; 6.18)",
                        "Accept", "application/json",
                        "Accept-Encoding", "gzip, deflate",
                        "Connection", "keep-alive",
                        "Authorization", "Bearer " + "x".repeat(2_800),
                        "x-ms-client-request-id", "0550e787-0000-0000-0000-000000000001",
                        "Content-Type", "application/json",
                        "Content-Length", "2");
        head = RequestHead.parse("POST", target, fields);
        onward =
                new Onward(
                        "ws1.dev.azuresynapse.net",
                        new Fields.Field("Authorization", "Bearer " + "y".repeat(2_000)),
                        new IdentityFields("t/alice", java.util.Optional.empty(), "d-1"),
                        Optional.empty(),
                        "192.0.2.7",
                        true);
    }

    /** Reads the target alone. */
    @Benchmark
    public CanonicalTarget parseTarget() throws RefusedException {
        return CanonicalTarget.parse(target);
    }

    /** Checks the whole head. */
    @Benchmark
    public RequestHead parseHead() throws RefusedException {
        return RequestHead.parse("POST", target, fields);
    }

    /** Makes the head that goes upstream. */
    @Benchmark
    public UpstreamHead makeUpstreamHead() {
        return UpstreamHead.of(head, head.target(), onward);
    }
}

package io.stagedoor.proxy.assertion;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.authn.keys.SignatureProvider;
import java.security.Provider;
import java.time.Duration;
import java.time.InstantSource;
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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What it costs to tell an upstream under a signature who is calling, made anew and sent again. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AssertionBenchmark {

    private static final AssertedCaller CALLER =
            new AssertedCaller(
                    PrincipalId.of(
                            "5a9d1f60-0000-4000-8000-000000000001",
                            "5a9d1f60-0000-4000-8000-0000000000e1"),
                    Optional.of("04b07795-8ddb-461a-bbee-02f9e1bf7b46"),
                    List.of(),
                    "ws1");

    /** Who computes signatures. */
    @Param({"native", "runtime"})
    public String provider = "native";

    private final IdentityAssertions lasting = made(Duration.ofHours(1), SignatureProvider.FASTEST);

    private IdentityAssertions passing = lasting;

    private static IdentityAssertions made(Duration lifetime, Optional<Provider> provider) {
        return new IdentityAssertions(
                new IdentityAssertions.Setting(
                        "https://proxy.example",
                        Optional.empty(),
                        lifetime,
                        AssertionKey.generate(),
                        Optional.empty(),
                        provider),
                InstantSource.system());
    }

    /** Makes one whose assertions are over as soon as they are made. */
    @Setup
    public void choose() {
        passing =
                made(
                        Duration.ZERO,
                        provider.equals("native") ? SignatureProvider.FASTEST : Optional.empty());
    }

    /** A caller that came before. */
    @Benchmark
    public String again() {
        return lasting.assertion(CALLER, "https://ws1.dev.azuresynapse.net");
    }

    /** A caller that comes for the first time. */
    @Benchmark
    public String signed() {
        return passing.assertion(CALLER, "https://ws1.dev.azuresynapse.net");
    }
}

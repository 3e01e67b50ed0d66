package io.stagedoor.proxy.journey;

import io.stagedoor.policy.decision.Authorizer;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.proxy.WarmJourney;
import io.stagedoor.proxy.WarmJourney.Asked;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.authn.VerifiedToken;
import io.stagedoor.proxy.credential.CallerProof;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.route.Route;
import io.stagedoor.proxy.route.RouteTable;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a request costs between its head and the right to be forwarded, stage by stage and in all,
 * when nothing has to be waited for. Each stage gets what the stages before it made of the request.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class JourneyBenchmark {

    /** A read, and a call that starts a run and needs two actions. */
    @Param({"GET /pipelines/nightly", "POST /pipelines/nightly/createRun"})
    public String request = "GET /pipelines/nightly";

    private final WarmJourney warm = new WarmJourney();
    private final RouteTable routes = warm.routes();
    private final Stages stages = warm.stages();
    private final Destination destination = warm.destination();
    private final Authorizer authorizer = new Authorizer();
    private final Fields fields = warm.fields();
    private Asked asked = warm.ask(request);
    private String target = "";

    /** Has the request admitted, so that all is known that it needs. */
    @Setup
    public void ask() {
        asked = warm.ask(request);
        target = WarmJourney.targetOf(request.substring(request.indexOf(' ') + 1));
    }

    /** Stops all parts. */
    @TearDown
    public void stop() {
        warm.close();
    }

    /** The structural rules of the head, before the journey. */
    @Benchmark
    public RequestHead head() throws RefusedException {
        return RequestHead.parse(asked.head().method(), target, fields);
    }

    /** Finds the route. */
    @Benchmark
    public List<Route> route() throws RefusedException {
        return routes.match(asked.head());
    }

    /** Finds the token among those that were verified before. */
    @Benchmark
    public Optional<VerifiedToken> authenticate() throws RefusedException {
        return stages.authenticator()
                .tryAuthenticate(
                        asked.head().authorization(), destination.audiences(), new LastToken());
    }

    /** Says who the principal is, and in which groups. */
    @Benchmark
    public Optional<Principal> principal() throws RefusedException {
        VerifiedToken token = asked.trace().token().orElseThrow();
        return stages.directory()
                .principalAtHand(
                        token.principal(), token.kind(), token.clientApplication(), token.groups());
    }

    /** Finds the documented operation. */
    @Benchmark
    public Optional<MatchedOperation> resolve() {
        Route route = asked.trace().route().orElseThrow();
        return destination
                .operations()
                .calls()
                .resolve(asked.head().method(), route.target().segments(), route.target()::query);
    }

    /** Finds out at which scopes it must be allowed. */
    @Benchmark
    public BoundOperation bind() throws RefusedException, NotYet {
        return stages.binder()
                .bind(
                        Attempt.first(asked.head(), asked.trace(), new LastToken()),
                        asked.trace().matched().orElseThrow(),
                        destination);
    }

    /** Decides. */
    @Benchmark
    public Decision decide() {
        return authorizer.decide(
                asked.trace().snapshot().orElseThrow(),
                asked.trace().principal().orElseThrow(),
                asked.trace().operation().orElseThrow(),
                warm.clock().instant());
    }

    /** Gets the upstream's credential. */
    @Benchmark
    public Optional<UpstreamCredential> credential() {
        return stages.credentials()
                .atHand(
                        new CredentialDemand(
                                asked.trace().route().orElseThrow().service(),
                                new CallerProof(
                                        asked.trace().token().orElseThrow().principal(),
                                        asked.trace().token().orElseThrow().label(),
                                        ""),
                                Set.of()));
    }

    /** The whole journey of a checked head. */
    @Benchmark
    public Admitted admit() throws RefusedException, NotYet {
        return warm.admit(asked.head(), new AdmissionTrace(warm.clock().instant()));
    }
}

package io.stagedoor.policy.peers;

import com.cedarpolicy.model.exception.CacheException;

import org.casbin.jcasbin.main.CachedEnforcer;
import org.casbin.jcasbin.main.Enforcer;
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

import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one decision costs the authorizer, jCasbin and Cedar, on the same assignments and the same
 * questions. Every answer of every engine is checked before anything is timed.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class PeersBenchmark {

    /** How many role assignments the workspace has. */
    @Param({"10000", "100000"})
    public int assignments;

    /** The answer to all questions. */
    @Param({"permit", "deny"})
    public String answer = "";

    /** Who answers. */
    @Param public Peer engine = Peer.STAGEDOOR;

    private Engine asked = _ -> false;
    private int questions;
    private int next;

    /** The engines, and the ways they can be asked. */
    public enum Peer {
        /** The authorizer, asked by callers whom the snapshot remembers. */
        STAGEDOOR,
        /** The authorizer, asked by callers who are new to the snapshot. */
        STAGEDOOR_NEW_CALLER,
        /** jCasbin's enforcer. */
        JCASBIN,
        /** jCasbin's enforcer that remembers decisions, asked what it remembers. */
        JCASBIN_REMEMBERED,
        /** Cedar, given the policies of the user and its groups with each request. */
        CEDAR_OWN,
        /** Cedar, with the policies of the user and its groups parsed before. */
        CEDAR_OWN_PARSED,
        /** Cedar, with all policies parsed before. */
        CEDAR_ALL_PARSED;

        private Engine load(Workload workload) throws CacheException {
            return switch (this) {
                case STAGEDOOR -> new StagedoorEngine(workload, 1);
                case STAGEDOOR_NEW_CALLER -> new StagedoorEngine(workload, 2);
                case JCASBIN -> CasbinEngine.load(new Enforcer(CasbinEngine.model()), workload);
                case JCASBIN_REMEMBERED ->
                        CasbinEngine.load(new CachedEnforcer(CasbinEngine.model()), workload);
                case CEDAR_OWN -> CedarEngine.ofOwnPolicies(workload);
                case CEDAR_OWN_PARSED -> CedarEngine.ofOwnPolicies(workload).parsed();
                case CEDAR_ALL_PARSED -> CedarEngine.ofAllPolicies(workload).parsed();
            };
        }
    }

    /**
     * Loads the engine and checks all its answers.
     *
     * @throws CacheException if Cedar does not take the policies
     */
    @Setup
    public void load() throws CacheException {
        Workload workload = Workload.of(assignments, answer.equals("permit"));
        asked = engine.load(workload);
        questions = workload.questions().size();
        check(workload.questions());
    }

    private void check(List<Question> all) {
        for (int number = 0; number < all.size(); number++) {
            if (asked.allows(number) != all.get(number).allowed()) {
                throw new IllegalStateException(engine + " is wrong about " + all.get(number));
            }
        }
    }

    /** Answers the next question. */
    @Benchmark
    public boolean decide() {
        next = next + 1 == questions ? 0 : next + 1;
        return asked.allows(next);
    }
}

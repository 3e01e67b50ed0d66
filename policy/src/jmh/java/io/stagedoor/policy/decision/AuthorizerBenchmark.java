package io.stagedoor.policy.decision;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a decision costs for a principal in 30 groups, all of which hold assignments, beside a growing
 * number of assignments in the workspace.
 */
@State(org.openjdk.jmh.annotations.Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class AuthorizerBenchmark {

    private static final int GROUPS_OF_PRINCIPAL = 30;
    private static final int ITEMS = 500;
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Scope ROOT = Scope.workspace("ws1");
    private static final Scope SYSTEM_IDENTITY =
            ROOT.item(ItemType.CREDENTIAL, "WorkspaceSystemIdentity");
    private static final String SECRET_USER = "Synapse Credential User";

    /** How many role assignments the workspace has. */
    @Param({"100", "10000", "100000"})
    public int assignments;

    private final Authorizer authorizer = new Authorizer();
    private Workload workload = Workload.of(1);

    /** The snapshot and the questions. */
    private record Workload(
            List<RoleAssignment> assignments,
            AccessSnapshot snapshot,
            Principal principal,
            BoundOperation run,
            BoundOperation grant) {

        static Workload of(int size) {
            List<RoleAssignment> all = assignments(size);
            Set<PrincipalId> own =
                    IntStream.range(0, GROUPS_OF_PRINCIPAL)
                            .mapToObj(Workload::group)
                            .collect(Collectors.toSet());
            return new Workload(
                    all,
                    snapshot(all),
                    new Principal(
                            id("829ae9c5", 0),
                            PrincipalKind.USER,
                            Optional.empty(),
                            GroupMembership.known(own)),
                    bound("POST", Map.of(), "pipelines", "daily", "createRun"),
                    bound(
                            "PUT",
                            Map.of(
                                    new ScopeInput.BodyField("/scope"),
                                    ScopeValue.text(ROOT.text()),
                                    new ScopeInput.StoredAssignment("roleAssignmentId"),
                                    ScopeValue.absent()),
                            "roleAssignments",
                            "5a9e0000-0000-4000-8000-000000000001"));
        }

        /** One group may use the system identity; all groups hold roles that neither answer needs. */
        private static List<RoleAssignment> assignments(int size) {
            Random random = new Random(42);
            int groups = Math.max(GROUPS_OF_PRINCIPAL, size / 100);
            List<RoleDefinition> others =
                    BuiltInRoles.all().stream()
                            .filter(role -> !role.name().equals("Synapse Administrator"))
                            .filter(role -> !role.name().equals(SECRET_USER))
                            .toList();
            List<RoleAssignment> all = new ArrayList<>();
            all.add(assignment(0, SECRET_USER, group(0), SYSTEM_IDENTITY));
            for (int i = 1; i < size; i++) {
                RoleDefinition role = others.get(random.nextInt(others.size()));
                Scope scope = random.nextInt(10) == 0 ? ROOT : pool(random.nextInt(ITEMS));
                all.add(assignment(i, role.name(), group(i % groups), scope));
            }
            return all;
        }

        static AccessSnapshot snapshot(List<RoleAssignment> all) {
            return AccessSnapshot.builder(ROOT).id("s").takenAt(NOW).assignments(all).build();
        }

        private static RoleAssignment assignment(
                int number, String role, PrincipalId holder, Scope scope) {
            String roleId = BuiltInRoles.byName(role).orElseThrow().id();
            return new RoleAssignment("a" + number, roleId, holder, scope, "live");
        }

        private static PrincipalId group(int number) {
            return id("6f0e5b1a", number);
        }

        private static PrincipalId id(String start, int number) {
            return PrincipalId.of(
                    "0b1f7e3c-0000-4000-8000-0000000000aa",
                    String.format(Locale.ROOT, "%s-0000-4000-8000-%012d", start, number));
        }

        private static Scope pool(int number) {
            return ROOT.item(ItemType.BIG_DATA_POOL, "pool" + number);
        }

        private static BoundOperation bound(
                String method, Map<ScopeInput, ScopeValue> inputs, String... segments) {
            return OperationCatalogue.synapse()
                    .resolve(method, List.of(segments))
                    .orElseThrow()
                    .bind(ROOT, inputs);
        }
    }

    /** Builds the snapshot and checks that the answers are what the methods say. */
    @Setup(Level.Trial)
    public void build() {
        workload = Workload.of(assignments);
        if (!(permit() instanceof Permit) || !(deny() instanceof Deny.MissingPermission)) {
            throw new IllegalStateException("the questions have other answers");
        }
    }

    /** Permits a pipeline run: any role at all, and the use of the system identity by one group. */
    @Benchmark
    public Decision permit() {
        return authorizer.decide(workload.snapshot, workload.principal, workload.run, NOW);
    }

    /** Denies a role assignment, and finds the smallest roles that would allow it. */
    @Benchmark
    public Decision deny() {
        return authorizer.decide(workload.snapshot, workload.principal, workload.grant, NOW);
    }

    /** Builds the snapshot, which happens off the path of requests. */
    @Benchmark
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public AccessSnapshot buildSnapshot() {
        return Workload.snapshot(workload.assignments);
    }
}

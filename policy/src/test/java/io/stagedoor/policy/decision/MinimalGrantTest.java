package io.stagedoor.policy.decision;

import static io.stagedoor.policy.testing.Scenario.holding;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.BoundRequirement;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.RoleAssignment;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.policy.testing.RandomAccess;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MinimalGrantTest {

    private static final int QUESTIONS = 4;
    private static final String WSI = "workspaces/w/credentials/WorkspaceSystemIdentity";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET|/sqlPools|Synapse User at workspaces/w",
                "POST|/pipelines/a/createRun|Synapse Credential User at " + WSI,
                "GET|/pipelines|Synapse Artifact User at workspaces/w; Synapse SQL Administrator at"
                        + " workspaces/w; Apache Spark Administrator at workspaces/w",
                "POST|/livyApi/versions/v/sparkPools/p/batches|Synapse Compute Operator at"
                        + " workspaces/w/bigDataPools/p; Apache Spark Administrator at workspaces/w",
                "DELETE|/managedVirtualNetworks/v/managedPrivateEndpoints/e|Synapse Linked Data"
                        + " Manager at workspaces/w"
            })
    void suggestsTheSmallestRolesAtTheSmallestScopes(String method, String path, String expected) {
        Deny.MissingPermission deny = (Deny.MissingPermission) holding().decide(method, path, "{}");

        assertThat(deny.minimalGrants().stream().map(MinimalGrant::text))
                .startsWith(expected.split("; ")[0])
                .contains(expected.split("; "));
    }

    @Test
    void joinsTwoRolesWhereTheyAreSmallerThanOne() {
        Deny.MissingPermission deny =
                (Deny.MissingPermission) holding().decide("POST", "/triggers/t/start");

        assertThat(deny.minimalGrants().getFirst().text())
                .isEqualTo(
                        "Synapse Artifact Publisher at workspaces/w and Synapse Credential User at "
                                + WSI);
    }

    @Test
    void asksOnlyForWhatIsMissing() {
        Deny.MissingPermission deny =
                (Deny.MissingPermission)
                        holding("Synapse Contributor @ {W}").decide("POST", "/triggers/t/start");

        assertThat(deny.minimalGrants())
                .extracting(MinimalGrant::text)
                .containsExactly("Synapse Credential User at " + WSI);
    }

    @Test
    void grantsAreNeverAtAScopeTheRoleIsNotMeantFor() {
        Deny.MissingPermission deny =
                (Deny.MissingPermission)
                        holding().decide("POST", "/livyApi/versions/v/sparkPools/p/batches", "{}");

        assertThat(deny.minimalGrants().stream().flatMap(grant -> grant.parts().stream()))
                .allMatch(part -> part.role().assignableAt().contains(part.scope().type()));
    }

    static LongStream seeds() {
        return LongStream.range(1000, 1080);
    }

    /** A denial of a random world, and whether some assignments to the principal would flip it. */
    private record Denied(
            RandomAccess world,
            Principal principal,
            BoundOperation operation,
            Deny.MissingPermission deny) {

        static List<Denied> of(long seed) {
            RandomAccess world = new RandomAccess(seed);
            AccessSnapshot snapshot = world.snapshot(world.assignments());
            List<Denied> found = new ArrayList<>();
            for (int i = 0; i < QUESTIONS; i++) {
                Principal who = world.principal();
                BoundOperation what = world.operation();
                Decision decision = new Authorizer().decide(snapshot, who, what, RandomAccess.NOW);
                if (decision instanceof Deny.MissingPermission deny) {
                    found.add(new Denied(world, who, what, deny));
                }
            }
            return found;
        }

        boolean flips(List<MinimalGrant.Part> parts) {
            List<RoleAssignment> all = new ArrayList<>(world.assignments());
            for (MinimalGrant.Part part : parts) {
                all.add(
                        new RoleAssignment(
                                "new-" + all.size(),
                                part.role().id(),
                                principal.id(),
                                part.scope(),
                                "live"));
            }
            return new Authorizer()
                            .decide(world.snapshot(all), principal, operation, RandomAccess.NOW)
                    instanceof Permit;
        }

        /** All roles at all places the operation speaks of, where they may be assigned. */
        List<MinimalGrant.Part> candidates() {
            return world.roles().stream()
                    .flatMap(role -> scopes().map(scope -> new MinimalGrant.Part(role, scope)))
                    .filter(part -> part.role().assignableAt().contains(part.scope().type()))
                    .toList();
        }

        private Stream<Scope> scopes() {
            Stream<Scope> needed =
                    deny.missing().stream()
                            .filter(BoundRequirement.At.class::isInstance)
                            .map(BoundRequirement.At.class::cast)
                            .map(BoundRequirement.At::scope);
            return Stream.concat(Stream.of(RandomAccess.ROOT), needed).distinct();
        }
    }

    private static final List<Scope> PLACES =
            List.of(
                    RandomAccess.ROOT,
                    RandomAccess.ROOT.item(ItemType.LINKED_SERVICE, "unnamed"),
                    RandomAccess.ROOT.item(ItemType.BIG_DATA_POOL, "p"),
                    RandomAccess.ROOT.item(ItemType.BIG_DATA_POOL, "p2"),
                    RandomAccess.ROOT.item(ItemType.INTEGRATION_RUNTIME, "p"),
                    RandomAccess.ROOT.item(ItemType.CREDENTIAL, "WorkspaceSystemIdentity"));

    /** The (action, scope) pairs of some assignments, among these places, as numbers. */
    private static BitSet power(List<MinimalGrant.Part> parts) {
        BitSet pairs = new BitSet();
        for (MinimalGrant.Part part : parts) {
            for (Action action : part.role().actions().actions()) {
                IntStream.range(0, PLACES.size())
                        .filter(place -> part.scope().covers(PLACES.get(place)))
                        .forEach(place -> pairs.set(action.index() * PLACES.size() + place));
            }
        }
        return pairs;
    }

    private static boolean isStrictlyLess(
            List<MinimalGrant.Part> less, List<MinimalGrant.Part> more) {
        return isWithin(less, more) && !isWithin(more, less);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySuggestionFlipsTheDecision(long seed) {
        for (Denied denied : Denied.of(seed)) {
            assertThat(denied.deny.minimalGrants())
                    .doesNotHaveDuplicates()
                    .allMatch(grant -> denied.flips(grant.parts()));
        }
    }

    /** One suggestion of one denial. */
    private record Suggestion(Denied denied, MinimalGrant grant) {

        static List<Suggestion> of(long seed) {
            return Denied.of(seed).stream()
                    .flatMap(
                            denied ->
                                    denied.deny.minimalGrants().stream()
                                            .map(grant -> new Suggestion(denied, grant)))
                    .toList();
        }

        List<MinimalGrant.Part> without(MinimalGrant.Part left) {
            return grant.parts().stream().filter(part -> !part.equals(left)).toList();
        }

        /** All candidates, alone and in twos, that together have strictly less power. */
        Stream<List<MinimalGrant.Part>> strictlySmaller() {
            List<MinimalGrant.Part> within =
                    denied.candidates().stream()
                            .filter(one -> isWithin(List.of(one), grant.parts()))
                            .toList();
            return IntStream.range(0, within.size())
                    .boxed()
                    .flatMap(
                            first ->
                                    within.subList(first, within.size()).stream()
                                            .map(second -> List.of(within.get(first), second)))
                    .filter(pair -> isStrictlyLess(pair, grant.parts()));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noPartOfASuggestionCanBeLeftOut(long seed) {
        for (Suggestion suggestion : Suggestion.of(seed)) {
            assertThat(suggestion.grant.parts())
                    .noneMatch(part -> suggestion.denied.flips(suggestion.without(part)));
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noStrictlySmallerOneOrTwoAssignmentsFlipTheDecision(long seed) {
        for (Suggestion suggestion : Suggestion.of(seed)) {
            assertThat(suggestion.strictlySmaller().filter(suggestion.denied::flips))
                    .as("%s", suggestion.grant)
                    .isEmpty();
        }
    }

    private static boolean isWithin(List<MinimalGrant.Part> less, List<MinimalGrant.Part> more) {
        BitSet beyond = power(less);
        beyond.andNot(power(more));
        return beyond.isEmpty();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everySingleAssignmentThatFlipsIsAsStrongAsSomeSuggestion(long seed) {
        for (Denied denied : Denied.of(seed)) {
            for (MinimalGrant.Part part : denied.candidates()) {
                if (denied.flips(List.of(part))) {
                    assertThat(denied.deny.minimalGrants())
                            .anyMatch(grant -> isWithin(grant.parts(), List.of(part)));
                }
            }
        }
    }

    @Test
    void theWorldsHoldSuggestionsOfSeveralParts() {
        assertThat(
                        seeds().boxed()
                                .flatMap(seed -> Denied.of(seed).stream())
                                .flatMap(denied -> denied.deny.minimalGrants().stream())
                                .map(grant -> grant.parts().size())
                                .distinct())
                .contains(1, 2, 3);
    }
}

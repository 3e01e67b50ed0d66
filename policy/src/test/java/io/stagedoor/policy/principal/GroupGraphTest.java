package io.stagedoor.policy.principal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GroupGraphTest {

    private static final int DEEP = 1_000_000;
    private static final int LONG = 100_000;

    private static PrincipalId id(int number) {
        return PrincipalId.of("t", "p" + number);
    }

    private static Set<PrincipalId> ids(int... numbers) {
        return IntStream.of(numbers).mapToObj(GroupGraphTest::id).collect(Collectors.toSet());
    }

    @DisplayName("S28: groups count at any depth")
    @Test
    void countsGroupsOfGroups() {
        GroupGraph graph =
                GroupGraph.of(
                        Map.of(id(1), ids(2, 3), id(2), ids(4), id(3), ids(4), id(4), ids(5)));

        assertThat(graph.groupsOf(id(1))).isEqualTo(ids(2, 3, 4, 5));
        assertThat(graph.groupsOf(id(4))).isEqualTo(ids(5));
        assertThat(graph.groupsOf(id(5))).isEmpty();
        assertThat(graph.groupsOf(id(6))).isEmpty();
    }

    @Test
    void closesOverDirectGroups() {
        GroupGraph graph = GroupGraph.of(Map.of(id(2), ids(3), id(3), ids(4), id(8), ids(9)));

        assertThat(graph.closureOf(List.of(id(2), id(7)))).isEqualTo(ids(2, 3, 4, 7));
        assertThat(graph.closureOf(List.of())).isEmpty();
    }

    @DisplayName("S28: circles of any length end, and make each group a group of itself")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5})
    void goesRoundInCirclesOnce(int length) {
        Map<PrincipalId, Set<PrincipalId>> memberOf = new HashMap<>();
        for (int i = 0; i < length; i++) {
            memberOf.put(id(i), ids((i + 1) % length));
        }
        memberOf.put(id(100), ids(0));
        memberOf.merge(id(length - 1), ids(200), GroupGraphTest::union);
        GroupGraph graph = GroupGraph.of(memberOf);

        Set<PrincipalId> circleAndExit = union(ids(IntStream.range(0, length).toArray()), ids(200));
        assertThat(graph.groupsOf(id(100))).isEqualTo(circleAndExit);
        for (int i = 0; i < length; i++) {
            assertThat(graph.groupsOf(id(i))).isEqualTo(circleAndExit);
        }
        assertThat(graph.groupsOf(id(200))).isEmpty();
    }

    @Test
    void followsCirclesThatShareAGroup() {
        GroupGraph graph =
                GroupGraph.of(
                        Map.of(id(0), ids(1, 3), id(1), ids(2), id(2), ids(0), id(3), ids(0, 4)));

        assertThat(graph.groupsOf(id(2))).isEqualTo(ids(0, 1, 2, 3, 4));
    }

    @Test
    void walksAChainOfAMillionGroups() {
        PrincipalId[] chain =
                IntStream.rangeClosed(0, DEEP)
                        .mapToObj(GroupGraphTest::id)
                        .toArray(PrincipalId[]::new);
        Map<PrincipalId, Set<PrincipalId>> memberOf = new HashMap<>();
        for (int i = 0; i < DEEP; i++) {
            memberOf.put(chain[i], Set.of(chain[i + 1]));
        }

        GroupGraph graph = GroupGraph.of(memberOf);

        assertThat(graph.groupsOf(chain[0]).size()).isEqualTo(DEEP);
        assertThat(graph.groupsOf(chain[DEEP - 1])).isEqualTo(ids(DEEP));
    }

    @Test
    void walksACircleOfAHundredThousandGroups() {
        Map<PrincipalId, Set<PrincipalId>> memberOf = new HashMap<>();
        for (int i = 0; i < LONG; i++) {
            memberOf.put(id(i), Set.of(id((i + 1) % LONG)));
        }

        assertThat(GroupGraph.of(memberOf).groupsOf(id(LONG / 2))).hasSize(LONG);
    }

    @Test
    void theEmptyGraphSpeaksOfNobody() {
        assertThat(GroupGraph.empty().isEmpty()).isTrue();
        assertThat(GroupGraph.empty().principals()).isEmpty();
        assertThat(GroupGraph.empty().groupsOf(id(1))).isEmpty();
        assertThat(GroupGraph.empty().closureOf(ids(1))).isEqualTo(ids(1));
    }

    @Test
    void namesMembersAndGroups() {
        assertThat(GroupGraph.of(Map.of(id(1), ids(2), id(3), ids())).principals())
                .containsExactlyInAnyOrder(id(1), id(2), id(3));
    }

    static List<Long> seeds() {
        return IntStream.range(0, 200).mapToObj(Long::valueOf).toList();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void reachesWhatAWalkFromEachPrincipalReaches(long seed) {
        Map<PrincipalId, Set<PrincipalId>> memberOf = randomGraph(new Random(seed));

        GroupGraph graph = GroupGraph.of(memberOf);

        for (int i = 0; i < 40; i++) {
            assertThat(graph.groupsOf(id(i))).isEqualTo(reachable(memberOf, id(i)));
        }
        Set<PrincipalId> some = ids(0, 5, 39);
        assertThat(graph.closureOf(some)).isEqualTo(closure(memberOf, some));
    }

    private static Map<PrincipalId, Set<PrincipalId>> randomGraph(Random random) {
        int nodes = 1 + random.nextInt(40);
        int edges = random.nextInt(nodes * 3);
        Map<PrincipalId, Set<PrincipalId>> memberOf = new HashMap<>();
        for (int i = 0; i < edges; i++) {
            memberOf.computeIfAbsent(id(random.nextInt(nodes)), _ -> new HashSet<>())
                    .add(id(random.nextInt(nodes)));
        }
        return memberOf;
    }

    private static Set<PrincipalId> closure(
            Map<PrincipalId, Set<PrincipalId>> memberOf, Set<PrincipalId> direct) {
        Set<PrincipalId> all = new HashSet<>(direct);
        direct.forEach(group -> all.addAll(reachable(memberOf, group)));
        return all;
    }

    private static Set<PrincipalId> reachable(
            Map<PrincipalId, Set<PrincipalId>> memberOf, PrincipalId start) {
        Set<PrincipalId> seen = new HashSet<>();
        Deque<PrincipalId> open = new ArrayDeque<>(memberOf.getOrDefault(start, Set.of()));
        while (!open.isEmpty()) {
            PrincipalId next = open.pop();
            if (seen.add(next)) {
                open.addAll(memberOf.getOrDefault(next, Set.of()));
            }
        }
        return seen;
    }

    private static Set<PrincipalId> union(Set<PrincipalId> one, Set<PrincipalId> other) {
        Set<PrincipalId> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}

package io.stagedoor.proxy.upstream.endpoint;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointsTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final OutlierRules RULES =
            new OutlierRules(
                    3, Duration.ofSeconds(30), Duration.ofSeconds(10), Duration.ofSeconds(25), 50);

    private static List<Endpoint> endpoints(int count) {
        return IntStream.range(0, count).mapToObj(EndpointsTest::endpoint).toList();
    }

    private static Endpoint endpoint(int port) {
        return new Endpoint(
                new EndpointAddress("ws.example", port, true),
                InetSocketAddress.createUnresolved("ws.example", port));
    }

    private static void fail(Endpoints set, Endpoint endpoint, int times, long now) {
        for (int i = 0; i < times; i++) {
            set.report(endpoint, Verdict.NO_ANSWER, now);
        }
    }

    @Test
    void endpointIsEjectedAfterFailuresInARowAndComesBack() {
        List<Endpoint> two = endpoints(2);
        Endpoints set = new Endpoints(two, RULES);

        fail(set, two.getFirst(), 2, 0);
        set.report(two.getFirst(), Verdict.ANSWERED, 0);
        fail(set, two.getFirst(), 2, 0);
        assertThat(two.getFirst().state(0)).isEqualTo(EndpointState.HEALTHY);

        fail(set, two.getFirst(), 1, 0);
        assertThat(two.getFirst().state(0)).isEqualTo(EndpointState.EJECTED);
        assertThat(two.getFirst().state(10 * SECOND)).isEqualTo(EndpointState.HEALTHY);
    }

    @Test
    void failuresFarApartAreNoRow() {
        List<Endpoint> two = endpoints(2);
        Endpoints set = new Endpoints(two, RULES);

        fail(set, two.getFirst(), 2, 0);
        fail(set, two.getFirst(), 2, 31 * SECOND);

        assertThat(two.getFirst().state(31 * SECOND)).isEqualTo(EndpointState.HEALTHY);
    }

    @Test
    void firstFailureAfterItsReturnEjectsItLongerButNotForEver() {
        List<Endpoint> two = endpoints(2);
        Endpoints set = new Endpoints(two, RULES);
        fail(set, two.getFirst(), 3, 0);

        fail(set, two.getFirst(), 1, 11 * SECOND);
        assertThat(two.getFirst().state(30 * SECOND)).isEqualTo(EndpointState.EJECTED);
        fail(set, two.getFirst(), 1, 32 * SECOND);
        assertThat(two.getFirst().state(56 * SECOND)).isEqualTo(EndpointState.EJECTED);
        assertThat(two.getFirst().state(57 * SECOND)).isEqualTo(EndpointState.HEALTHY);
    }

    @Test
    void longGoodTimeIsForgiven() {
        List<Endpoint> two = endpoints(2);
        Endpoints set = new Endpoints(two, RULES);
        fail(set, two.getFirst(), 3, 0);
        set.report(two.getFirst(), Verdict.ANSWERED, 100 * SECOND);

        fail(set, two.getFirst(), 1, 101 * SECOND);

        assertThat(two.getFirst().state(101 * SECOND)).isEqualTo(EndpointState.HEALTHY);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "2, 1", "3, 1", "4, 2", "9, 4"})
    void noMoreThanTheShareIsEjectedHoweverManyFail(int count, int ejected) {
        List<Endpoint> all = endpoints(count);
        Endpoints set = new Endpoints(all, RULES);

        all.forEach(endpoint -> fail(set, endpoint, 5, 0));

        assertThat(set.count(EndpointState.EJECTED, 0)).isEqualTo(ejected);
    }

    @Test
    void theLastOneIsNeverEjectedWhateverTheShare() {
        List<Endpoint> all = endpoints(3);
        Endpoints set =
                new Endpoints(
                        all,
                        new OutlierRules(
                                1,
                                Duration.ofSeconds(1),
                                Duration.ofSeconds(9),
                                Duration.ofHours(1),
                                100));

        all.forEach(endpoint -> fail(set, endpoint, 2, 0));

        assertThat(set.count(EndpointState.HEALTHY, 0)).isEqualTo(1);
    }

    @Test
    void ejectedOneIsNotChosenNorOneThatFailsItsChecks() {
        List<Endpoint> all = endpoints(4);
        Endpoints set = new Endpoints(all, RULES);
        fail(set, all.get(1), 3, 0);
        all.get(2).setDown(true);

        assertThat(chosen(set, 200)).containsOnly(all.get(0), all.get(3));
    }

    @Test
    void whenNoneIsUsableAllAre() {
        List<Endpoint> all = endpoints(3);
        Endpoints set = new Endpoints(all, RULES);
        all.forEach(endpoint -> endpoint.setDown(true));

        assertThat(chosen(set, 200)).containsExactlyInAnyOrderElementsOf(all);
    }

    @Test
    void ofTwoTheLessBusyIsChosenSoTheBusiestOfAllNever() {
        List<Endpoint> all = endpoints(3);
        Endpoints set = new Endpoints(all, RULES);
        all.getFirst().begin();

        assertThat(chosen(set, 300)).contains(all.get(1), all.get(2));
        long busiest =
                IntStream.range(0, 3000)
                        .filter(_ -> set.choose(Optional.empty(), 0) == all.getFirst())
                        .count();
        assertThat(busiest).isZero();
    }

    @Test
    void theOneThatJustFailedIsAvoidedIfThereIsAnother() {
        List<Endpoint> two = endpoints(2);
        Endpoints pair = new Endpoints(two, RULES);
        Endpoints single = new Endpoints(two.subList(0, 1), RULES);
        Optional<Endpoint> failed = Optional.of(two.getFirst());

        assertThat(IntStream.range(0, 100).mapToObj(_ -> pair.choose(failed, 0)))
                .containsOnly(two.getLast());
        assertThat(single.choose(failed, 0)).isSameAs(two.getFirst());
    }

    @Test
    void thoseThatVanishAreGone() {
        List<Endpoint> all = endpoints(3);
        Endpoints set = new Endpoints(all, RULES);

        set.replace(all.subList(1, 3));

        assertThat(all).extracting(Endpoint::isGone).containsExactly(true, false, false);
        assertThat(set.list()).containsExactlyElementsOf(all.subList(1, 3));
    }

    private static List<Endpoint> chosen(Endpoints set, int times) {
        return IntStream.range(0, times)
                .mapToObj(_ -> set.choose(Optional.empty(), 0))
                .distinct()
                .toList();
    }
}

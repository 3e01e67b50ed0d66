package io.stagedoor.proxy.upstream.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CircuitTest {

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final Circuit circuit =
            new Circuit(new CircuitRules(3, Duration.ofSeconds(2), Duration.ofSeconds(6)));

    @BeforeEach
    void open() {
        for (int i = 0; i < 3; i++) {
            assertThat(circuit.admits(0)).isTrue();
            circuit.failed(0);
        }
    }

    @Test
    void nothingIsAdmittedUntilTheTimeIsOver() {
        assertThat(circuit.isClosed()).isFalse();
        assertThat(circuit.admits(2 * SECOND - 1)).isFalse();
        assertThat(circuit.admits(2 * SECOND)).isTrue();
    }

    @Test
    void oneFindsOutAndTheOthersWait() {
        assertThat(circuit.admits(2 * SECOND)).isTrue();
        assertThat(circuit.admits(2 * SECOND)).isFalse();

        circuit.answered();

        assertThat(circuit.admits(2 * SECOND)).isTrue();
        assertThat(circuit.isClosed()).isTrue();
    }

    @Test
    void eachFailedProbeDoublesTheTimeUpToTheLongest() {
        assertThat(circuit.admits(2 * SECOND)).isTrue();
        circuit.failed(2 * SECOND);
        assertThat(circuit.admits(6 * SECOND - 1)).isFalse();
        assertThat(circuit.admits(6 * SECOND)).isTrue();
        circuit.failed(6 * SECOND);
        assertThat(circuit.admits(12 * SECOND - 1)).isFalse();
        assertThat(circuit.admits(12 * SECOND)).isTrue();
    }

    @Test
    void probeThatIsNeverHeardOfIsFollowedByAnother() {
        assertThat(circuit.admits(2 * SECOND)).isTrue();

        assertThat(circuit.admits(4 * SECOND - 1)).isFalse();
        assertThat(circuit.admits(4 * SECOND)).isTrue();
    }

    @Test
    void anyAnswerEndsTheRow() {
        Circuit fresh =
                new Circuit(new CircuitRules(2, Duration.ofSeconds(2), Duration.ofSeconds(6)));

        fresh.failed(0);
        fresh.answered();
        fresh.failed(0);

        assertThat(fresh.isClosed()).isTrue();
    }
}

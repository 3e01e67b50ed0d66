package io.stagedoor.proxy.authn.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.authn.proof.SeenProofs.Sight;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SeenProofsTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final SeenProofs seen = new SeenProofs(16);

    @Test
    void remembersAProofForAsLongAsItCouldBeGood() {
        assertThat(seen.note("key", "id", NOW)).isEqualTo(Sight.FIRST);
        assertThat(seen.note("key", "id", NOW)).isEqualTo(Sight.AGAIN);
        assertThat(seen.note("key", "id", NOW.plus(SeenProofs.HELD))).isEqualTo(Sight.AGAIN);
        assertThat(seen.note("key", "id", NOW.plus(SeenProofs.HELD).plusNanos(1)))
                .isEqualTo(Sight.FIRST);
        assertThat(SeenProofs.HELD).isGreaterThan(ProofVerifier.WINDOW.multipliedBy(2));
    }

    @Test
    void twoKeysMayUseTheSameId() {
        assertThat(seen.note("key", "id", NOW)).isEqualTo(Sight.FIRST);
        assertThat(seen.note("other", "id", NOW)).isEqualTo(Sight.FIRST);
    }

    @Test
    void oneKeyCannotCrowdOutOthers() {
        assertThat(seen.note("greedy", "1", NOW)).isEqualTo(Sight.FIRST);
        assertThat(seen.note("greedy", "2", NOW)).isEqualTo(Sight.FIRST);
        assertThat(seen.note("greedy", "3", NOW)).isEqualTo(Sight.NO_ROOM);
        assertThat(seen.note("modest", "1", NOW)).isEqualTo(Sight.FIRST);
    }

    @Test
    void whatDoesNotFitIsRefusedUntilThereIsRoom() {
        for (int key = 0; key < 16; key++) {
            assertThat(seen.note("key-" + key, "id", NOW)).isEqualTo(Sight.FIRST);
        }

        assertThat(seen.note("late", "id", NOW)).isEqualTo(Sight.NO_ROOM);
        assertThat(seen.note("key-0", "id", NOW)).isEqualTo(Sight.AGAIN);
        assertThat(seen.note("late", "id", NOW.plus(SeenProofs.HELD).plusSeconds(1)))
                .isEqualTo(Sight.FIRST);
    }
}

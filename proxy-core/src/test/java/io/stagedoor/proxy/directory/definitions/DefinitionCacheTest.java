package io.stagedoor.proxy.directory.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.directory.synapse.ArtifactKind;
import io.stagedoor.proxy.directory.synapse.ArtifactPool;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DefinitionCacheTest {

    private final TestClock clock = new TestClock();
    private final List<Runnable> duringRead = new ArrayList<>();
    private String pool = "p1";
    private final DefinitionCache<ArtifactKind, ArtifactPool> cache =
            new DefinitionCache<>((_, _, _) -> read(), _ -> true, clock, Duration.ofMinutes(30));

    @Test
    void doesNotKeepWhatWasReadWhileAWritePassedThrough() throws Exception {
        duringRead.add(() -> cache.written(ArtifactKind.NOTEBOOK, "n"));

        ArtifactPool read = cache.lookup(ArtifactKind.NOTEBOOK, "n");

        assertThat(read.pool()).isEqualTo(ScopeValue.text("p1"));
        clock.advance(DefinitionCache.WRITES_SETTLE.plusSeconds(1));
        assertThat(cache.known(ArtifactKind.NOTEBOOK, "n")).isEmpty();
    }

    @Test
    void keepsWhatWasReadWhileNothingElseHappened() throws Exception {
        cache.lookup(ArtifactKind.NOTEBOOK, "n");
        pool = "p2";

        assertThat(cache.lookup(ArtifactKind.NOTEBOOK, "n").pool())
                .isEqualTo(ScopeValue.text("p1"));
    }

    @Test
    void tellsKindsApart() throws Exception {
        cache.lookup(ArtifactKind.NOTEBOOK, "n");

        assertThat(cache.known(ArtifactKind.JOB_DEFINITION, "n")).isEmpty();
    }

    @Test
    void countsAgeFromTheAskingNotFromTheAnswer() throws Exception {
        duringRead.add(() -> clock.advance(Duration.ofMinutes(29)));
        cache.lookup(ArtifactKind.NOTEBOOK, "n");

        clock.advance(Duration.ofMinutes(1));

        assertThat(cache.known(ArtifactKind.NOTEBOOK, "n")).isEmpty();
    }

    private ArtifactPool read() {
        ArtifactPool read = new ArtifactPool(ScopeValue.text(pool), Optional.empty());
        duringRead.forEach(Runnable::run);
        return read;
    }
}

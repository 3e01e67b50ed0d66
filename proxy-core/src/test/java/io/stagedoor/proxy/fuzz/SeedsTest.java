package io.stagedoor.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every target holds for what its fuzzing begins with, and for what fuzzing has found before. */
class SeedsTest {

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource
    void holdsForItsSeeds(Targets target) throws Exception {
        List<byte[]> seeds = Seeds.of(target, folder);

        for (byte[] seed : seeds) {
            assertThatCode(() -> target.take(seed)).doesNotThrowAnyException();
        }
    }
}

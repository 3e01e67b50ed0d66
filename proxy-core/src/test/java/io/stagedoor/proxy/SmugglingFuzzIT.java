package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.testing.GuardedServices;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** No stream of octets makes the proxy forward what it did not decide, or something else. */
class SmugglingFuzzIT {

    @Test
    void nothingIsSmuggledOrAltered() throws Exception {
        fuzz(1, 2_000);
    }

    /** The long run; its seed and its number of tries are settings. */
    @Test
    @Tag("fuzz")
    void nothingIsSmuggledOrAlteredInManyTries() throws Exception {
        fuzz(
                Long.getLong("stagedoor.fuzz.seed", 20261122),
                Integer.getInteger("stagedoor.fuzz.tries", 50_000));
    }

    private static void fuzz(long seed, int tries) throws Exception {
        try (GuardedServices scene = GuardedServices.start()) {
            SmugglingFuzz fuzz = new SmugglingFuzz(scene, seed);

            fuzz.run(tries);

            SmugglingFuzz.Report report = fuzz.compare();
            assertThat(report.forwarded()).isGreaterThan(tries);
            assertThat(report.malformed()).isGreaterThan(tries / 4);
            LoggerFactory.getLogger(SmugglingFuzzIT.class)
                    .atWarn()
                    .addKeyValue("seed", seed)
                    .addKeyValue("tries", tries)
                    .addKeyValue("report", report)
                    .log("fuzzed");
        }
    }
}

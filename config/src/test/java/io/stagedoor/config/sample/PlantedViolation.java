package io.stagedoor.config.sample;

import org.assertj.core.api.Assertions;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** Breaks the import rules on purpose, to show that they are watched. */
public final class PlantedViolation {

    private PlantedViolation() {}

    public static boolean isBroken(LoadSettings settings) {
        Assertions.assertThat(settings).isNotNull();
        return true;
    }
}

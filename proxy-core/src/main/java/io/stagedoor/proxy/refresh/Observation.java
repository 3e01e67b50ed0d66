package io.stagedoor.proxy.refresh;

import java.time.Instant;

/**
 * A finding, by whom and when.
 *
 * @param check the name of the check, such as {@code warehouse/pipeline ws1/nightly}
 * @param finding what it found
 * @param at when it looked
 */
public record Observation(String check, Finding finding, Instant at) {

    /** Returns how the source was. */
    public Verdict verdict() {
        return finding.verdict();
    }
}

package io.stagedoor.proxy.audit.verify;

import java.util.ArrayList;
import java.util.List;

/** Gathers findings, of which it keeps the first hundred and counts the rest; for one thread. */
final class Findings {
    private static final int KEPT = 100;

    private final List<Finding> kept = new ArrayList<>();
    private long count;

    void add(Place place, String problem) {
        count++;
        if (kept.size() < KEPT) {
            kept.add(new Finding(place, problem));
        }
    }

    Verdict verdict() {
        return new Verdict(kept, count);
    }
}

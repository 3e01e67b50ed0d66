package io.stagedoor.proxy.body;

import java.util.ArrayList;
import java.util.List;

/** What is taken out of the text of a list, and how many items that is. Confined to one thread. */
final class ListCuts {

    private record Cut(int from, int to) {}

    private final List<Cut> cuts = new ArrayList<>();
    private int removed;

    /** Takes out a span, which begins where or after the last one ended. */
    void cut(int from, int to) {
        cuts.add(new Cut(from, to));
    }

    /** Counts one item more that is taken out. */
    void count() {
        removed++;
    }

    int removed() {
        return removed;
    }

    String applyTo(String text) {
        StringBuilder kept = new StringBuilder(text.length());
        int copied = 0;
        for (Cut cut : cuts) {
            kept.append(text, copied, cut.from());
            copied = cut.to();
        }
        return kept.append(text, copied, text.length()).toString();
    }
}

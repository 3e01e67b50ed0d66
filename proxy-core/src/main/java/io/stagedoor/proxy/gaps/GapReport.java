package io.stagedoor.proxy.gaps;

import io.stagedoor.proxy.audit.fact.RequestFacts;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.search.AuditQueries;
import io.stagedoor.proxy.audit.search.Exchange;
import io.stagedoor.proxy.audit.search.History;
import io.stagedoor.proxy.refusal.Code;
import java.io.IOException;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was asked for and is not mapped, the most frequent first.
 *
 * @param gaps the calls, at most as many as were asked for
 * @param others how many refusals of other calls there were besides
 * @param complete whether all refusals of the time were counted, and not only the newest
 */
public record GapReport(List<Gap> gaps, long others, boolean complete) {

    /** How many refusals of each kind are looked at, the newest: 10,000. */
    public static final int MOST_REFUSALS = 10_000;

    private static final Comparator<Gap> MOST_FREQUENT =
            Comparator.comparingLong(Gap::count)
                    .reversed()
                    .thenComparing(Gap::last, Comparator.reverseOrder())
                    .thenComparing(gap -> gap.call().toString());

    /** Copies the list. */
    public GapReport {
        gaps = List.copyOf(gaps);
    }

    /**
     * Counts.
     *
     * @param most how many calls to list
     * @throws IOException if the trail cannot be read
     */
    public static GapReport of(AuditQueries queries, TimeRange range, int most) throws IOException {
        History unknown = queries.code(Code.UNKNOWN_OPERATION.text(), range, MOST_REFUSALS);
        History unmapped = queries.code(Code.UNMAPPED_OPERATION.text(), range, MOST_REFUSALS);
        Map<Gap.Call, Gap> counted = new HashMap<>();
        unknown.exchanges().forEach(one -> count(one, counted));
        unmapped.exchanges().forEach(one -> count(one, counted));
        List<Gap> sorted = counted.values().stream().sorted(MOST_FREQUENT).toList();
        List<Gap> listed = sorted.subList(0, Math.min(most, sorted.size()));
        long others = sorted.stream().skip(listed.size()).mapToLong(Gap::count).sum();
        return new GapReport(listed, others, !unknown.more() && !unmapped.more());
    }

    private static void count(Exchange exchange, Map<Gap.Call, Gap> counted) {
        RequestFacts request = exchange.decided().request();
        Instant time = exchange.begin().time();
        Gap.Call call =
                new Gap.Call(
                        request.route().orElse(""),
                        request.method(),
                        request.operation().isPresent()
                                ? request.path()
                                : PathShape.of(request.path()),
                        request.operation());
        counted.merge(call, new Gap(call, 1, time, request.id()), GapReport::joined);
    }

    private static Gap joined(Gap one, Gap other) {
        Gap later = one.last().isBefore(other.last()) ? other : one;
        return new Gap(one.call(), one.count() + other.count(), later.last(), later.example());
    }
}

package io.stagedoor.proxy.audit.search;

import io.stagedoor.proxy.audit.fact.DecisionFacts.Verdict;
import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.audit.index.DecisionFilter;
import io.stagedoor.proxy.audit.index.IndexQueries;
import io.stagedoor.proxy.audit.index.TimeRange;
import io.stagedoor.proxy.audit.record.AuditRecord;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the refreshes that were held back before one of the same content was let through: they have no
 * job, and belong to the story of the one that came of it.
 */
record HeldRefreshes(IndexQueries queries) {

    private static final int MOST = 50;

    /** Adds them to exchanges, in order of time. */
    List<Exchange> before(List<Exchange> exchanges) throws IOException {
        Map<String, Exchange> all = new LinkedHashMap<>();
        exchanges.forEach(exchange -> all.put(exchange.id(), exchange));
        for (Exchange exchange : exchanges) {
            Optional<RefreshFacts> refresh = exchange.decided().decision().refresh();
            if (refresh.flatMap(RefreshFacts::subject).isPresent()) {
                held(exchange, refresh.get()).forEach(each -> all.putIfAbsent(each.id(), each));
            }
        }
        return all.size() == exchanges.size()
                ? exchanges
                : all.values().stream()
                        .sorted(Comparator.comparing((Exchange each) -> each.begin().time()))
                        .toList();
    }

    /** The newest come first: those after the last one that was let through are meant. */
    private List<Exchange> held(Exchange passed, RefreshFacts refresh) throws IOException {
        var filter =
                new DecisionFilter.ByResource(refresh.site(), RefreshFacts.KIND, refresh.subject());
        TimeRange earlier = new TimeRange(Instant.EPOCH, passed.begin().time());
        List<Exchange> found = new ArrayList<>();
        for (List<AuditRecord> records : queries.exchanges(filter, earlier, MOST)) {
            Exchange.of(records)
                    .filter(each -> !each.id().equals(passed.id()))
                    .ifPresent(found::add);
        }
        return found.stream()
                .takeWhile(each -> each.decided().decision().verdict() == Verdict.DENY)
                .filter(HeldRefreshes::isHeld)
                .toList();
    }

    private static boolean isHeld(Exchange exchange) {
        return exchange.decided().decision().refresh().filter(RefreshFacts::isHeld).isPresent();
    }
}

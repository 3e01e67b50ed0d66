package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.audit.fact.RefreshFacts;
import io.stagedoor.proxy.journey.AdmissionTrace;
import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.GuardFinding;
import io.stagedoor.proxy.refresh.Observation;
import java.util.Locale;
import java.util.Optional;

/** Writes down what was seen of the sources of a refresh, in the words of the audit record. */
final class RefreshRecords {

    private RefreshRecords() {}

    static Optional<RefreshFacts> of(AdmissionTrace trace) {
        return trace.refresh()
                .filter(GuardFinding::isEvidence)
                .flatMap(finding -> trace.route().map(route -> facts(route.service(), finding)));
    }

    private static RefreshFacts facts(String site, GuardFinding finding) {
        return new RefreshFacts(
                site,
                finding.content().map(Content::luid),
                finding.target().task(),
                finding.observed().stream().map(RefreshRecords::check).toList(),
                finding.held().map(GuardFinding.Held::nextTry));
    }

    private static RefreshFacts.Check check(Observation seen) {
        return new RefreshFacts.Check(
                seen.check(),
                seen.verdict().name().toLowerCase(Locale.ROOT),
                seen.finding().value(),
                seen.at());
    }
}

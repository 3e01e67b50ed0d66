package io.stagedoor.proxy.audit.verify;

import io.stagedoor.proxy.audit.record.AuditEvent;
import io.stagedoor.proxy.audit.record.AuditRecord;
import io.stagedoor.proxy.audit.record.JournalEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Looks for what is not there: sequence numbers, the ends of exchanges, signs of life; for one
 * thread. Remembers only the exchanges that are open.
 */
final class CompletenessCheck {
    private final Findings findings = new Findings();
    private final Map<String, Place> open = new LinkedHashMap<>();
    private Optional<AuditRecord> last = Optional.empty();
    private Optional<Place> lastPlace = Optional.empty();
    private long nextSeq = 1;

    Verdict verdict() {
        return findings.verdict();
    }

    int open() {
        return open.size();
    }

    Optional<AuditRecord> last() {
        return last;
    }

    void record(Place place, AuditRecord record) {
        if (record.seq() > nextSeq) {
            findings.add(
                    place,
                    String.format(
                            Locale.ROOT,
                            "records %d to %d are missing",
                            nextSeq,
                            record.seq() - 1));
        }
        nextSeq = record.seq() + 1;
        switch (record.body()) {
            case AuditEvent.Decided decided when decided.opensExchange() ->
                    opens(place, decided.request().id());
            case AuditEvent.Completed completed -> ends(place, completed.requestId());
            case JournalEvent.SegmentOpened opened when last.isEmpty() ->
                    opened.open().forEach(id -> open.put(id, place));
            default -> {
                // Neither opens nor ends an exchange.
            }
        }
        last = Optional.of(record);
        lastPlace = Optional.of(place);
    }

    /** Counts a damaged line as the record it was: it is there, though not to be believed. */
    void damaged() {
        nextSeq++;
    }

    void anchorIsMissing(Place place, Anchor anchor) {
        findings.add(
                place,
                String.format(
                        Locale.ROOT, "record %d, which was seen before, is missing", anchor.seq()));
    }

    /** Takes the end of a journal that nobody is writing. */
    void endOfClosedJournal(Instant now, Duration mostSilence) {
        open.forEach((id, place) -> findings.add(place, "exchange `" + id + "` has no end"));
        if (!isClosedWell()) {
            endOfJournalInUse(now, mostSilence);
        }
    }

    /** Takes the end of a journal that a proxy is writing. */
    void endOfJournalInUse(Instant now, Duration mostSilence) {
        if (last.isPresent()) {
            Duration silence = Duration.between(last.get().time(), now);
            if (silence.compareTo(mostSilence) > 0) {
                findings.add(
                        lastPlace.orElseThrow(),
                        String.format(
                                Locale.ROOT,
                                "the last record is from %s, and says nothing of a close",
                                last.get().time()));
            }
        }
    }

    boolean isClosedWell() {
        return last.isPresent()
                && last.get().body() instanceof JournalEvent.Checkpoint(var reason, _)
                && reason == JournalEvent.Reason.CLOSED;
    }

    private void opens(Place place, String id) {
        if (open.putIfAbsent(id, place) != null) {
            findings.add(place, "exchange `" + id + "` was decided twice");
        }
    }

    private void ends(Place place, String id) {
        if (open.remove(id) == null) {
            findings.add(place, "exchange `" + id + "` ends without having begun");
        }
    }
}

package io.stagedoor.proxy.refresh;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Holds the refreshes of one site back while what they read from is not well.
 *
 * <p>All checks of all sources of the content must be well. Content that cannot be told may read from
 * any declared source. What does not tell counts as the rules say, by default against the refresh.
 * Safe for any thread.
 */
public final class RefreshGuard {

    private final GuardRules rules;
    private final List<RefreshSource> sources;
    private final ContentLookup contents;
    private final SourceFinder finder;
    private final InstantSource clock;

    /**
     * Makes a guard.
     *
     * @param contents tells what content paths lead to
     * @param finder tells what content reads from that no declared source covers
     */
    public RefreshGuard(
            GuardRules rules,
            List<RefreshSource> sources,
            ContentLookup contents,
            SourceFinder finder,
            InstantSource clock) {
        this.rules = rules;
        this.sources = List.copyOf(sources);
        this.contents = contents;
        this.finder = finder;
        this.clock = clock;
    }

    /** Returns what becomes of a refresh, if that can be said without asking anybody. */
    public Optional<GuardFinding> atHand(RefreshTarget target) {
        Optional<ContentLookup.Answer> content = named(target).or(() -> contents.atHand(target));
        Optional<List<WatchedCheck>> checks = content.flatMap(this::checksAtHand);
        if (checks.isEmpty()) {
            return Optional.empty();
        }
        List<Observation> seen = new ArrayList<>();
        for (WatchedCheck check : checks.get()) {
            Optional<Observation> known = check.atHand();
            if (known.isEmpty()) {
                return Optional.empty();
            }
            seen.add(known.get());
        }
        return Optional.of(finding(target, content.orElseThrow(), seen));
    }

    /** Returns what becomes of a refresh; asks what is not known, and waits within bounds. */
    public GuardFinding look(RefreshTarget target) {
        ContentLookup.Answer content = named(target).orElseGet(() -> contents.find(target));
        List<WatchedCheck> declared = declared(content);
        List<WatchedCheck> checks =
                declared.isEmpty() && content.content().isPresent()
                        ? finder.find(content.content().get())
                        : declared;
        checks.forEach(WatchedCheck::begin);
        return finding(target, content, checks.stream().map(WatchedCheck::observe).toList());
    }

    /**
     * Requires that a refresh may go on.
     *
     * @throws RefusedException if it is held back
     */
    public void require(GuardFinding finding) throws RefusedException {
        if (finding.held().isPresent()) {
            throw new RefusedException(refusal(finding, finding.held().get()));
        }
    }

    private Refusal refusal(GuardFinding finding, GuardFinding.Held held) {
        Observation by = held.by();
        Code code =
                switch (rules.answer()) {
                    case CONFLICT -> Code.REFRESH_HELD;
                    case UNAVAILABLE -> Code.REFRESH_UNAVAILABLE;
                };
        String what = finding.content().map(each -> each.kind().word() + " ").orElse("");
        String luid = finding.content().map(Content::luid).orElse(finding.target().id());
        return Refusal.of(
                        code,
                        "the refresh of "
                                + what
                                + "`"
                                + luid
                                + "` is held back: at "
                                + by.at()
                                + " the check `"
                                + by.check()
                                + "` "
                                + (by.verdict() == Verdict.UNKNOWN ? "could not tell" : "found")
                                + ": "
                                + by.finding().value(),
                        "nothing was started; try again after " + held.nextTry())
                .after(rules.retryAfter());
    }

    /** Returns the content of a refresh, as far as it is known without asking. */
    public Optional<Content> contentAtHand(RefreshTarget target) {
        return contents.atHand(target).flatMap(ContentLookup.Answer::content).or(target::content);
    }

    /** Where no project matters, the path says enough. */
    private Optional<ContentLookup.Answer> named(RefreshTarget target) {
        boolean enough =
                !finder.looks() && sources.stream().allMatch(source -> source.names(target.id()));
        return enough ? target.content().map(ContentLookup.Answer::of) : Optional.empty();
    }

    private Optional<List<WatchedCheck>> checksAtHand(ContentLookup.Answer content) {
        List<WatchedCheck> declared = declared(content);
        return declared.isEmpty() && content.content().isPresent()
                ? finder.atHand(content.content().get())
                : Optional.of(declared);
    }

    private List<WatchedCheck> declared(ContentLookup.Answer content) {
        return sources.stream()
                .filter(source -> source.covers(content.content()))
                .flatMap(source -> source.checks().stream())
                .toList();
    }

    private GuardFinding finding(
            RefreshTarget target, ContentLookup.Answer content, List<Observation> seen) {
        Instant now = clock.instant();
        List<Observation> all = new ArrayList<>(seen);
        if (content.content().isEmpty()) {
            all.addFirst(new Observation("content", Finding.unknown(content.failure()), now));
        }
        Optional<GuardFinding.Held> held =
                Stream.concat(
                                all.stream().filter(each -> each.verdict() == Verdict.UNWELL),
                                all.stream().filter(each -> each.verdict() == Verdict.UNKNOWN))
                        .filter(
                                each ->
                                        each.verdict() == Verdict.UNWELL
                                                || rules.holdsWhenUnknown())
                        .findFirst()
                        .map(by -> new GuardFinding.Held(by, now.plus(rules.retryAfter())));
        return new GuardFinding(target, content.content(), all, held);
    }
}

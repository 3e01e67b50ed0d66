package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.principal.GroupOrigin;
import io.stagedoor.proxy.audit.fact.CallerFacts;
import io.stagedoor.proxy.audit.fact.DecisionFacts;
import io.stagedoor.proxy.authn.VerifiedToken;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Remembers how permits were put into words, for those who ask the same again and again: the same
 * token, with groups from the same answer, for the same operation at the same scopes, on the same
 * snapshot.
 *
 * <p>Safe for any thread without locks: what is remembered is immutable, and whatever a race loses
 * is put into words again. Bounded: a newcomer takes the place of another.
 */
final class PermitMemo {
    private static final int PLACES = 2048;

    private final @Nullable Entry[] entries = new Entry[PLACES];

    /**
     * What the record of a permit says that is the same each time.
     *
     * @param caller who asked
     * @param explanation why it was permitted
     * @param basis the requirements and what met them
     */
    record Words(CallerFacts caller, String explanation, DecisionFacts.Basis basis) {}

    private record Entry(
            VerifiedToken token,
            GroupOrigin groups,
            String snapshot,
            BoundOperation operation,
            Words words) {
        @SuppressWarnings("ReferenceEquality") // another object costs only making the words anew
        boolean fits(VerifiedToken asking, GroupOrigin known, Permit permit) {
            return token == asking
                    && groups == known
                    && operation.operation() == permit.operation().operation()
                    && snapshot.equals(permit.snapshotId())
                    && operation.requirements().equals(permit.operation().requirements());
        }
    }

    /** Returns the words for a permit, made anew if they are not known. */
    Words of(VerifiedToken token, GroupOrigin groups, Permit permit, Supplier<Words> made) {
        int place = placeOf(token, permit.operation());
        Entry known = entries[place];
        if (known != null && known.fits(token, groups, permit)) {
            return known.words();
        }
        Words words = made.get();
        entries[place] = new Entry(token, groups, permit.snapshotId(), permit.operation(), words);
        return words;
    }

    private static int placeOf(VerifiedToken token, BoundOperation operation) {
        int hash =
                System.identityHashCode(token) * 31
                        + System.identityHashCode(operation.operation());
        return (hash ^ hash >>> 15) & (PLACES - 1);
    }
}

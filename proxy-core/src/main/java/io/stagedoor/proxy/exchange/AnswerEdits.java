package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.decision.VisibleItems;
import io.stagedoor.proxy.body.BodyRewriter;
import io.stagedoor.proxy.body.ListNarrowing;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is changed in the body of an answer that is held until it is whole: the items that the caller
 * may not see are taken out, the links that are left lead back to the proxy. For one exchange, and
 * confined to the event loop of its client's connection.
 */
final class AnswerEdits {

    /** The upstream answers with a part of the list: of what the rest is cannot be told. */
    private static final int PARTIAL_CONTENT = 206;

    private final Optional<ListNarrowing> narrowing;
    private final BodyRewriter rewriter;
    private OptionalInt removed = OptionalInt.empty();

    AnswerEdits(Admitted admitted, BodyRewriter rewriter) {
        this.narrowing = admitted.permit().visible().map(AnswerEdits::narrowing);
        this.rewriter = rewriter;
    }

    private static ListNarrowing narrowing(VisibleItems visible) {
        return new ListNarrowing(visible.filter(), visible::includes);
    }

    /** Returns whether the body behind this head is changed, so that it has to be held. */
    boolean applyTo(ResponseHead head) {
        return narrows(head) || rewriter.appliesTo(head);
    }

    private boolean narrows(ResponseHead head) {
        return narrowing.isPresent() && head.isSuccess();
    }

    /**
     * Returns the head that the client gets for such a body.
     *
     * @throws RefusedException if the body cannot be changed as it must be
     */
    ResponseHead headOf(ResponseHead head) throws RefusedException {
        if (!narrows(head)) {
            return head;
        }
        if (head.status() == PARTIAL_CONTENT) {
            throw ListNarrowing.unreadable();
        }
        return head.forSome();
    }

    /** Returns the refusal of an answer that has grown beyond the bound. */
    RefusedException tooLong() {
        return narrowing.isPresent() ? ListNarrowing.unreadable() : rewriter.tooLong();
    }

    /**
     * Changes a whole body.
     *
     * @throws RefusedException if it cannot be read, or a link in it leads elsewhere
     */
    byte[] change(ResponseHead head, byte[] body) throws RefusedException {
        byte[] kept = body;
        if (narrows(head)) {
            ListNarrowing.Narrowed narrowed = narrowing.orElseThrow().narrow(head, body);
            removed = OptionalInt.of(narrowed.removed());
            kept = narrowed.body();
        }
        return rewriter.appliesTo(head) ? rewriter.rewrite(head, kept) : kept;
    }

    /** Returns how many items were taken out; empty if the answer was not narrowed. */
    OptionalInt removed() {
        return removed;
    }
}

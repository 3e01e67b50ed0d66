package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.refusal.Refusal;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.function.Consumer;

/**
 * Gets another credential for one exchange whose upstream did not take the first: once, since an
 * upstream that refuses a fresh credential will refuse the next. Confined to the event loop of the
 * client's connection.
 */
final class CredentialRenewal {

    private final ExchangeContext context;
    private final Admitted admitted;
    private UpstreamCredential used;
    private boolean tried;

    CredentialRenewal(ExchangeContext context, Admitted admitted) {
        this.context = context;
        this.admitted = admitted;
        this.used = admitted.credential().orElseThrow();
    }

    /**
     * Says that the one used last was refused, acquires another on a thread that may wait, and says on
     * the event loop what to do next.
     *
     * @param then takes the other one
     * @param otherwise takes the reason why there is none; also if there was another before
     */
    void acquire(Consumer<UpstreamCredential> then, Consumer<Refusal> otherwise) {
        context.parts()
                .setting()
                .threads()
                .execute(
                        () -> {
                            Runnable next = next(then, otherwise);
                            context.client().eventLoop().execute(next);
                        });
    }

    private Runnable next(Consumer<UpstreamCredential> then, Consumer<Refusal> otherwise) {
        try {
            UpstreamCredential other =
                    context.parts().journey().credentialInPlaceOf(used, admitted);
            return tried
                    ? () -> otherwise.accept(NoAnswer.credentialRefused())
                    : taken(other, then);
        } catch (RefusedException none) {
            return () -> otherwise.accept(none.refusal());
        }
    }

    private Runnable taken(UpstreamCredential other, Consumer<UpstreamCredential> then) {
        return () -> {
            tried = true;
            used = other;
            then.accept(other);
        };
    }
}

package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.journey.Admitted;
import java.util.Optional;
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
     * Says that the one used last was refused, acquires another on a thread that may wait, and hands it
     * over on the event loop: nothing if there is none, or if one was handed over before.
     */
    void acquire(Consumer<Optional<UpstreamCredential>> then) {
        UpstreamCredential refused = used;
        context.parts()
                .setting()
                .threads()
                .execute(
                        () -> {
                            Optional<UpstreamCredential> other =
                                    context.parts()
                                            .effects()
                                            .credentialInPlaceOf(refused, admitted);
                            context.client().eventLoop().execute(() -> then.accept(firstOf(other)));
                        });
    }

    private Optional<UpstreamCredential> firstOf(Optional<UpstreamCredential> other) {
        Optional<UpstreamCredential> first = tried ? Optional.empty() : other;
        tried = true;
        used = first.orElse(used);
        return first;
    }
}

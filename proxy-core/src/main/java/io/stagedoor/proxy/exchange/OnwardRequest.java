package io.stagedoor.proxy.exchange;

import io.stagedoor.policy.operation.Operation;
import io.stagedoor.proxy.assertion.AssertedCaller;
import io.stagedoor.proxy.body.BodyUse;
import io.stagedoor.proxy.credential.UpstreamCredential;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.IdentityFields;
import io.stagedoor.proxy.http.Onward;
import io.stagedoor.proxy.http.UpstreamHead;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.trace.UpstreamTrace;
import java.util.Optional;

/**
 * An admitted request in the form in which it goes upstream: with the proxy's credential, and the
 * caller named beside it.
 *
 * @param context whose client it comes from
 * @param admitted what was admitted
 * @param identity who is named
 * @param service where it goes
 */
record OnwardRequest(
        ExchangeContext context, Admitted admitted, IdentityFields identity, Service service) {

    /**
     * Makes the request.
     *
     * @param body the body, if it was read whole before
     * @param span gives the fields of the trace, if there is one
     */
    Forwarding.Request carrying(Optional<byte[]> body, UpstreamTrace span) {
        return carrying(body, span, admitted.credential().orElseThrow());
    }

    /** Makes the request with another credential than the one it was admitted with. */
    Forwarding.Request carrying(
            Optional<byte[]> body, UpstreamTrace span, UpstreamCredential credential) {
        Operation operation = admitted.operation().operation();
        Onward onward =
                new Onward(
                        service.upstream().authority(),
                        new Fields.Field(credential.field(), credential.value()),
                        identity,
                        assertion(),
                        context.id().client().address(),
                        readsAnswer(operation));
        UpstreamHead head = traced(onward, span);
        return new Forwarding.Request(
                body.isPresent() ? head.withLength(body.get().length) : head,
                body,
                body.isEmpty() && admitted.head().framing().hasBody(),
                !operation.effect().isStateChanging());
    }

    private boolean readsAnswer(Operation operation) {
        return BodyUse.ofResponse(operation, service.rules().links()).reads()
                || admitted.permit().visible().isPresent();
    }

    private Optional<String> assertion() {
        return context.parts()
                .announcements()
                .assertions()
                .map(
                        made ->
                                made.assertion(
                                        new AssertedCaller(
                                                admitted.permit().principal(),
                                                admitted.token().clientApplication(),
                                                admitted.token().actorChain(),
                                                admitted.route().service()),
                                        service.rules().names().getFirst().toString()));
    }

    private UpstreamHead traced(Onward onward, UpstreamTrace span) {
        UpstreamHead head = UpstreamHead.of(admitted.head(), admitted.route().target(), onward);
        Optional<UpstreamTrace.Propagated> trace = span.propagated();
        return trace.isEmpty() ? head : head.withTrace(trace.get().parent(), trace.get().state());
    }
}

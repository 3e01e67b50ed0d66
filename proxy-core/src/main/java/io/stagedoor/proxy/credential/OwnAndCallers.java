package io.stagedoor.proxy.credential;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The means of a service that callers enter with credentials of their own, while the proxy reads it
 * with its own.
 */
final class OwnAndCallers implements CredentialMeans {

    private final Optional<CredentialMeans> own;
    private final CredentialMeans callers;

    OwnAndCallers(Optional<CredentialMeans> own, CredentialMeans callers) {
        this.own = own;
        this.callers = callers;
    }

    @Override
    public Optional<UpstreamCredential> atHand(CredentialDemand demand) {
        return isProxys(demand)
                ? own.flatMap(means -> means.atHand(demand))
                : callers.atHand(demand);
    }

    @Override
    public UpstreamCredential acquire(CredentialDemand demand) throws TokenUnavailableException {
        if (!isProxys(demand)) {
            return callers.acquire(demand);
        }
        return own.orElseThrow(
                        () ->
                                new TokenUnavailableException(
                                        "nothing is configured with which the proxy itself could"
                                                + " enter the service"))
                .acquire(demand);
    }

    /** Only the proxy has the very object: no caller can be named so that it is taken for it. */
    @SuppressWarnings("ReferenceEquality")
    private static boolean isProxys(CredentialDemand demand) {
        return demand.caller() == CallerProof.PROXY;
    }

    @Override
    public void refused(UpstreamCredential credential) {
        own.ifPresent(means -> means.refused(credential));
        callers.refused(credential);
    }

    /** They are well if the proxy's own credential is; a failure of either is told. */
    @Override
    public CredentialHealth health() {
        CredentialHealth ofCallers = callers.health();
        CredentialHealth ofOwn = own.map(CredentialMeans::health).orElse(ofCallers);
        CredentialHealth told = ofOwn.lastFailure().isPresent() ? ofOwn : ofCallers;
        return new CredentialHealth(
                ofCallers.upstream(),
                ofCallers.kind(),
                own.isEmpty() || ofOwn.isUsable(),
                ofOwn.usableUntil(),
                told.failures(),
                told.lastFailure(),
                told.lastFailureAt());
    }

    @Override
    public List<SecretExpiry> expiries() {
        return Stream.concat(
                        own.stream().flatMap(means -> means.expiries().stream()),
                        callers.expiries().stream())
                .distinct()
                .toList();
    }

    @Override
    public boolean takesToken() {
        return callers.takesToken();
    }

    @Override
    public void renewDue() {
        own.ifPresent(CredentialMeans::renewDue);
        callers.renewDue();
    }

    @Override
    public void close() {
        own.ifPresent(CredentialMeans::close);
        callers.close();
    }
}

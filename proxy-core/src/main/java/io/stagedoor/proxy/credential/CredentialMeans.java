package io.stagedoor.proxy.credential;

import java.util.List;
import java.util.Optional;

/**
 * One way of getting credentials for one service: shared by all callers, or one for each of them.
 *
 * <p>All methods may be called from any thread.
 */
public interface CredentialMeans extends AutoCloseable {

    /** Returns a credential that is usable now, if one is held; never waits. */
    Optional<UpstreamCredential> atHand(CredentialDemand demand);

    /**
     * Returns a usable credential, getting one if none is held; may wait. Demands that one credential
     * serves share one acquisition.
     *
     * @throws TokenUnavailableException if none can be had now
     */
    UpstreamCredential acquire(CredentialDemand demand) throws TokenUnavailableException;

    /**
     * Learns that the upstream answered 401 to a credential of these means: it is not handed out again,
     * unless these means know better.
     */
    void refused(UpstreamCredential credential);

    /** Returns how these means are doing. */
    CredentialHealth health();

    /** Returns when that stops working which credentials are got with, as far as it is known. */
    default List<SecretExpiry> expiries() {
        return List.of();
    }

    /**
     * Returns whether these means need the caller's own token. Where they do not, demands come without
     * it.
     */
    default boolean takesToken() {
        return false;
    }

    /** Begins in the background what is due; called about every second and never waits. */
    default void renewDue() {}

    /** Gives up what is held at the upstream, if that is worth telling it; may wait a little. */
    @Override
    void close();
}

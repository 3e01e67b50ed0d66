package io.stagedoor.proxy.authn.keys;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import com.nimbusds.jose.JOSEException;
import java.security.Provider;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who computes signatures: Amazon Corretto's native provider where it runs and proves right, and the
 * Java runtime's own providers everywhere else.
 *
 * <p>The native one checks an ES256 signature about seven times as fast, which is what a flood of
 * forged tokens is paid in. It is asked for by name and never registered for the whole runtime.
 */
public final class SignatureProvider {

    private static final Logger LOG = LoggerFactory.getLogger(SignatureProvider.class);

    /** The native provider; empty if the runtime's own have to do. */
    public static final Optional<Provider> FASTEST = find();

    private SignatureProvider() {}

    private static Optional<Provider> find() {
        try {
            AmazonCorrettoCryptoProvider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
            corretto.assertHealthy();
            KnownSignatures.requireToldApart(Optional.of(corretto));
            LOG.atInfo().addKeyValue("provider", corretto.getName()).log("signatures are checked");
            return Optional.of(corretto);
        } catch (RuntimeException | JOSEException | LinkageError unusable) {
            LOG.atWarn()
                    .addKeyValue("provider", "the Java runtime's own")
                    .addKeyValue("reason", String.valueOf(unusable.getMessage()))
                    .log("signatures are checked; ES256 at a seventh of the speed");
            return Optional.empty();
        }
    }
}

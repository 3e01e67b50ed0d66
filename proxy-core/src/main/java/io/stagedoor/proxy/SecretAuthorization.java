package io.stagedoor.proxy;

import io.stagedoor.config.value.SecretUnavailableException;
import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.function.Supplier;

/** Lets a service be asked with a secret that somebody else keeps current, read each time. */
final class SecretAuthorization implements UpstreamAuthorization {

    private final String scheme;
    private final Supplier<String> secret;

    SecretAuthorization(String scheme, Supplier<String> secret) {
        this.scheme = scheme;
        this.secret = secret;
    }

    @Override
    public String value() throws RefusedException {
        try {
            return scheme + " " + secret.get();
        } catch (SecretUnavailableException missing) {
            throw RefusedException.of(
                    Code.CREDENTIAL_UNAVAILABLE, String.valueOf(missing.getMessage()));
        }
    }

    @Override
    public boolean refused(String value) {
        try {
            return !value().equals(value);
        } catch (RefusedException _) {
            return false;
        }
    }
}

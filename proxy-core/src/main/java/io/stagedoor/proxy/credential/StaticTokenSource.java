package io.stagedoor.proxy.credential;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Reads a bearer token that somebody else keeps current.
 *
 * <p>Its true expiry is unknown, so what was read counts as valid for five minutes and is read
 * again every ten seconds: a rotated file is used within seconds, a file that cannot be read stops
 * being used after minutes instead of never.
 */
final class StaticTokenSource implements TokenSource {

    static final Duration TRUSTED_FOR = Duration.ofMinutes(5);
    static final Duration READ_EVERY = Duration.ofSeconds(10);

    /** The {@code b64token} of RFC 6750, section 2.1. */
    private static final Pattern BEARER = Pattern.compile("[A-Za-z0-9._~+/-]+=*");

    private final Supplier<String> token;
    private final InstantSource clock;

    StaticTokenSource(Supplier<String> token, InstantSource clock) {
        this.token = token;
        this.clock = clock;
    }

    @Override
    public AcquiredToken acquire(CredentialDemand demand) throws TokenUnavailableException {
        String text = read();
        if (!BEARER.matcher(text).matches()) {
            throw new TokenUnavailableException(
                    "the configured secret is not a bearer token (RFC 6750): it is empty or holds"
                            + " a character that none may hold");
        }
        Instant now = clock.instant();
        return AcquiredToken.renewedAt(
                UpstreamCredential.bearer(text, now.plus(TRUSTED_FOR)), now, now.plus(READ_EVERY));
    }

    private String read() throws TokenUnavailableException {
        try {
            return token.get().strip();
        } catch (RuntimeException failure) {
            throw new TokenUnavailableException(
                    "the configured secret could not be read: "
                            + SecretFreeText.of(failure, Optional.empty()));
        }
    }
}

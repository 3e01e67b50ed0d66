package io.stagedoor.proxy.credential;

import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/** Gives tokens named by their number, each for an hour, fails when told to, and waits to be let. */
final class ScriptedTokens implements TokenSource {

    static final Duration LIFE = Duration.ofHours(1);

    final AtomicInteger asked = new AtomicInteger();
    final Semaphore mayAnswer = new Semaphore(Integer.MAX_VALUE / 2);
    volatile String failure = "";

    private final InstantSource clock;

    ScriptedTokens(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public AcquiredToken acquire(CredentialDemand demand) throws TokenUnavailableException {
        int number = asked.incrementAndGet();
        mayAnswer.acquireUninterruptibly();
        if (!failure.isEmpty()) {
            throw new TokenUnavailableException(failure);
        }
        return AcquiredToken.of(
                UpstreamCredential.bearer("t" + number, clock.instant().plus(LIFE)),
                clock.instant());
    }
}

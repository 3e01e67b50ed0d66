package io.stagedoor.proxy.credential;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A credential as it came from its source, with the times at which it is renewed and given up.
 *
 * @param credential the credential
 * @param renewAt from when on a newer one is fetched in the background
 * @param usableUntil the first instant at which it is no longer handed out: a little before its
 *     expiry, so that it does not expire between the proxy and the upstream
 */
record AcquiredToken(UpstreamCredential credential, Instant renewAt, Instant usableUntil) {

    private static final Duration RENEWAL_LEAD = Duration.ofMinutes(5);
    private static final Duration TRANSIT_MARGIN = Duration.ofSeconds(30);

    /**
     * Makes one whose renewal follows from its remaining life: a fifth of it ahead of expiry but at
     * least five minutes, and never in the first half. A source that answers with the same token
     * again is thereby asked again at ever shorter distances until it gives a newer one.
     */
    static AcquiredToken of(UpstreamCredential credential, Instant now) {
        Duration life = Duration.between(now, credential.expiresAt());
        Duration lead = longer(RENEWAL_LEAD, life.dividedBy(5));
        Instant renewAt = later(now.plus(life.dividedBy(2)), credential.expiresAt().minus(lead));
        return new AcquiredToken(credential, renewAt, usableUntil(credential, life));
    }

    /** Makes one that is renewed at a time its source names. */
    static AcquiredToken renewedAt(UpstreamCredential credential, Instant now, Instant renewAt) {
        Duration life = Duration.between(now, credential.expiresAt());
        return new AcquiredToken(credential, renewAt, usableUntil(credential, life));
    }

    boolean usableAt(Instant now) {
        return now.isBefore(usableUntil);
    }

    private static Instant usableUntil(UpstreamCredential credential, Duration life) {
        Duration tenth = life.dividedBy(10);
        return credential
                .expiresAt()
                .minus(tenth.compareTo(TRANSIT_MARGIN) < 0 ? tenth : TRANSIT_MARGIN);
    }

    private static Instant later(Instant one, Instant other) {
        return Stream.of(one, other).max(Comparator.naturalOrder()).orElse(one);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }
}

package io.stagedoor.proxy.credential.vault;

import io.stagedoor.proxy.credential.SecretSource;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One secret in a vault. What was read is used for a while without asking again, asked for anew in the
 * background after that, and used up to its greatest age while the vault cannot be read.
 *
 * <p>One question is asked at a time; a failed one is not repeated for {@link #COOL_DOWN}. Safe for any
 * thread.
 */
final class VaultSecret implements SecretSource {

    static final Duration COOL_DOWN = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(VaultSecret.class);

    private record Held(Value value, Instant readAt) {}

    private record Failure(String reason, Instant at) {}

    private final String name;
    private final VaultReader reader;
    private final VaultTimes times;
    private final InstantSource clock;
    private final ReentrantLock asking = new ReentrantLock();
    private final AtomicBoolean renewing = new AtomicBoolean();

    /** Written under the lock; read without it. */
    private volatile Optional<Held> held = Optional.empty();

    /** Written under the lock; read without it. */
    private volatile Optional<Failure> failure = Optional.empty();

    /** When it was last said that the value is refused; any thread's. */
    private volatile Instant doubtedAt = Instant.MIN;

    VaultSecret(String name, VaultReader reader, VaultTimes times, InstantSource clock) {
        this.name = name;
        this.reader = reader;
        this.times = times;
        this.clock = clock;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Value read() {
        Optional<Held> usable = usable();
        if (usable.isEmpty() || isDoubted(usable.get())) {
            return asked();
        }
        if (isOlder(usable.get(), times.refresh()) && renewing.compareAndSet(false, true)) {
            Thread.ofVirtual().name("vault-renewal").start(this::renew);
        }
        return usable.get().value();
    }

    /** What was read just now is not read again: a wrong secret is not asked for at any rate. */
    @Override
    public void refused() {
        if (held.filter(each -> isOlder(each, COOL_DOWN)).isPresent()) {
            doubtedAt = clock.instant();
        }
    }

    private Optional<Held> usable() {
        return held.filter(each -> !isOlder(each, times.maxAge()));
    }

    private boolean isDoubted(Held value) {
        return !value.readAt().isAfter(doubtedAt);
    }

    private boolean isOlder(Held value, Duration age) {
        return !clock.instant().isBefore(value.readAt().plus(age));
    }

    private void renew() {
        try {
            ask();
        } finally {
            renewing.set(false);
        }
    }

    /** Asks, and goes on with what is held if there is no answer. */
    private Value asked() {
        ask();
        return usable().map(Held::value)
                .orElseThrow(
                        () ->
                                new UnreadableSecretException(
                                        "the secret `"
                                                + name
                                                + "` cannot be read: "
                                                + failure.map(Failure::reason).orElse("")));
    }

    private void ask() {
        Instant arrived = clock.instant();
        asking.lock();
        try {
            boolean answered = held.filter(each -> each.readAt().isAfter(arrived)).isPresent();
            if (!answered && !isCoolingDown()) {
                askNow();
            }
        } finally {
            asking.unlock();
        }
    }

    private boolean isCoolingDown() {
        return failure.filter(last -> clock.instant().isBefore(last.at().plus(COOL_DOWN)))
                .isPresent();
    }

    private void askNow() {
        try {
            Value value = reader.read();
            held = Optional.of(new Held(value, clock.instant()));
            failure = Optional.empty();
        } catch (RuntimeException e) {
            Failure said = new Failure(VaultFailures.describe(e), clock.instant());
            failure = Optional.of(said);
            LOG.atWarn()
                    .addKeyValue("secret", name)
                    .addKeyValue("reason", said.reason())
                    .addKeyValue("usable", usable().isPresent())
                    .log("the vault does not give the secret");
        }
    }
}

package io.stagedoor.proxy.credential;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secrets of one application, of which any may be the valid one while they are changed.
 *
 * <p>The one that was taken last is tried first. One that is refused is read again, past whatever is
 * remembered of it; then the next is tried. Safe for any thread.
 */
final class RotatingSecret {

    private static final Logger LOG = LoggerFactory.getLogger(RotatingSecret.class);

    private final String failure;
    private final List<SecretSource> sources;
    private final Map<String, SecretExpiry> expiries = new ConcurrentHashMap<>();

    /** Which was taken last; of two that are taken at once, either may stay. */
    private volatile int preferred;

    /**
     * Makes one.
     *
     * @param failure what a failure says in front of its reasons
     * @param sources where the secrets are, at least one
     */
    RotatingSecret(String failure, List<SecretSource> sources) {
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("an application has at least one secret");
        }
        this.failure = failure;
        this.sources = List.copyOf(sources);
    }

    /** What came of using a secret. */
    sealed interface Outcome<T> {

        /** It was taken. */
        record Taken<T>(T result) implements Outcome<T> {}

        /**
         * It was refused, which another need not be.
         *
         * @param why the reason, without the secret
         */
        record Refused<T>(String why) implements Outcome<T> {}
    }

    /** One use of a secret. */
    @FunctionalInterface
    interface Use<T> {

        /**
         * Uses a secret.
         *
         * @throws TokenUnavailableException if it failed for a reason that another secret would not
         *     change
         */
        Outcome<T> with(String secret) throws TokenUnavailableException;
    }

    /**
     * Uses the secret that is valid now; may block.
     *
     * @throws TokenUnavailableException if none is, or the use failed otherwise
     */
    <T> T use(Use<T> use) throws TokenUnavailableException {
        List<String> refusals = new ArrayList<>();
        int first = preferred;
        for (int i = 0; i < sources.size(); i++) {
            int index = (first + i) % sources.size();
            switch (tried(sources.get(index), use)) {
                case Outcome.Taken<T>(T result) -> {
                    prefer(index);
                    return result;
                }
                case Outcome.Refused<T>(String why) ->
                        refusals.add("`" + sources.get(index).name() + "`: " + why);
            }
        }
        throw new TokenUnavailableException(failure + ": " + String.join("; ", refusals));
    }

    /** Returns when the secrets read so far stop working, as far as that is known. */
    List<SecretExpiry> expiries() {
        return sources.stream()
                .flatMap(source -> Optional.ofNullable(expiries.get(source.name())).stream())
                .toList();
    }

    private void prefer(int index) {
        if (index != preferred) {
            preferred = index;
            LOG.atInfo()
                    .addKeyValue("secret", sources.get(index).name())
                    .log("the other secret is valid now; it is used from here on");
        }
    }

    private <T> Outcome<T> tried(SecretSource source, Use<T> use) throws TokenUnavailableException {
        Outcome<String> before = read(source);
        if (!(before instanceof Outcome.Taken<String>(String secret))) {
            return unread(before);
        }
        Outcome<T> outcome = use.with(secret);
        if (outcome instanceof Outcome.Taken<T>) {
            return outcome;
        }
        source.refused();
        return read(source) instanceof Outcome.Taken<String>(String now) && !now.equals(secret)
                ? use.with(now)
                : outcome;
    }

    private static <T> Outcome<T> unread(Outcome<String> failure) {
        return new Outcome.Refused<>(
                failure instanceof Outcome.Refused<String>(String why) ? why : "");
    }

    private Outcome<String> read(SecretSource source) {
        try {
            SecretSource.Value value = source.read();
            remember(source.name(), value);
            return new Outcome.Taken<>(value.text().strip());
        } catch (RuntimeException unreadable) {
            return new Outcome.Refused<>(
                    "it could not be read: " + SecretFreeText.of(unreadable, Optional.empty()));
        }
    }

    private void remember(String name, SecretSource.Value value) {
        if (value.expiresAt().isPresent()) {
            expiries.put(name, new SecretExpiry(name, value.expiresAt().get()));
        } else {
            expiries.remove(name);
        }
    }
}

package io.stagedoor.proxy.refresh.book;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.refresh.ContentKind;
import io.stagedoor.proxy.refresh.site.SiteJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Takes the events that a Tableau site sends by webhook. Whoever knows the secret may send them, so
 * that they are hints: they change what is told of freshness and what is remembered of content, and
 * never a decision. Safe for any thread; waits for nothing.
 */
public final class TableauEvents {

    private static final int MOST_AT_ONCE = 100;
    private static final long REFILL_MILLIS = 20;
    private static final Pattern LUID =
            Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final String REFRESH_SUCCEEDED = "refreshsucceeded";
    private static final String REFRESH_FAILED = "refreshfailed";

    private final SiteRefreshes refreshes;
    private final Supplier<String> secret;
    private final InstantSource clock;
    private long tokens = MOST_AT_ONCE;
    private long refilledAt;

    /** What became of an event. */
    public enum Receipt {
        /** It was understood, or is of a sort that does not matter. */
        TAKEN,
        /** The sender does not know the secret. */
        STRANGER,
        /** It is no event of Tableau. */
        MALFORMED,
        /** There are too many. */
        TOO_MANY
    }

    private record Event(String type, String luid) {}

    /**
     * Takes the events of a site.
     *
     * @param secret gives what the sender must know, as it is now
     */
    public TableauEvents(SiteRefreshes refreshes, Supplier<String> secret, InstantSource clock) {
        this.refreshes = refreshes;
        this.secret = secret;
        this.clock = clock;
        this.refilledAt = clock.millis();
    }

    /** Takes one event. */
    public Receipt take(String shown, byte[] document) {
        if (!MessageDigest.isEqual(digest(shown), digest(secret.get()))) {
            return Receipt.STRANGER;
        }
        if (!isInTime()) {
            return Receipt.TOO_MANY;
        }
        Optional<Event> event = event(document);
        event.ifPresent(this::learn);
        return event.isPresent() ? Receipt.TAKEN : Receipt.MALFORMED;
    }

    private static Optional<Event> event(byte[] document) {
        try {
            JsonNode tree = SiteJson.object(document);
            JsonNode type = tree.path("event_type");
            JsonNode luid = tree.path("resource_luid");
            boolean good = type.isTextual() && LUID.matcher(luid.asText("")).matches();
            return good
                    ? Optional.of(
                            new Event(type.textValue().toLowerCase(Locale.ROOT), luid.textValue()))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private void learn(Event event) {
        Optional<ContentKind> kind =
                Stream.of(ContentKind.values())
                        .filter(each -> event.type().startsWith(each.word()))
                        .findFirst();
        if (kind.isPresent()) {
            learn(kind.get(), event.type().substring(kind.get().word().length()), event.luid());
        }
    }

    private void learn(ContentKind kind, String what, String luid) {
        switch (what) {
            case REFRESH_SUCCEEDED -> ended(kind, luid, true);
            case REFRESH_FAILED -> ended(kind, luid, false);
            case "updated", "created" -> refreshes.changed(kind.word(), luid, false);
            case "deleted" -> refreshes.changed(kind.word(), luid, true);
            default -> {
                // that a refresh has begun, and labels, say nothing new
            }
        }
    }

    /** The time of the sender is not relied on: what it says could be any. */
    private void ended(ContentKind kind, String luid, boolean success) {
        Instant now = clock.instant();
        refreshes.ended(refreshes.contentOf(kind, luid), success, now);
    }

    private synchronized boolean isInTime() {
        long now = clock.millis();
        long grown = Math.max(0, (now - refilledAt) / REFILL_MILLIS);
        tokens = Math.min(MOST_AT_ONCE, tokens + grown);
        refilledAt += grown * REFILL_MILLIS;
        if (tokens == 0) {
            return false;
        }
        tokens--;
        return true;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256")
                    .digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

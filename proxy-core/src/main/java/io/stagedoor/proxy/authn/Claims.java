package io.stagedoor.proxy.authn;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Typed reading of a token's claims (RFC 7519, section 4): a claim has the right type, or the token is
 * refused with {@code token_malformed}.
 *
 * @param payload the claims
 */
record Claims(ObjectNode payload) {

    /** The last second of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    /** Returns whether the claim is there, whatever it is. */
    boolean has(String name) {
        return payload.has(name);
    }

    /** Returns a claim that is a text. */
    Optional<String> text(String name) throws RefusedException {
        if (!payload.has(name)) {
            return Optional.empty();
        }
        return Optional.of(text(payload.path(name), name));
    }

    /** Returns a claim that is one text or a list of texts; without the claim, nothing. */
    Set<String> texts(String name) throws RefusedException {
        JsonNode claim = payload.path(name);
        if (claim.isMissingNode()) {
            return Set.of();
        }
        return claim.isArray() ? list(name) : Set.of(text(claim, name));
    }

    /** Returns a claim that is a list of texts; without the claim, nothing. */
    Set<String> list(String name) throws RefusedException {
        JsonNode claim = payload.path(name);
        if (claim.isMissingNode()) {
            return Set.of();
        }
        if (!claim.isArray()) {
            throw malformed(name);
        }
        Set<String> texts = new HashSet<>();
        for (JsonNode element : claim) {
            texts.add(text(element, name));
        }
        return texts;
    }

    /**
     * Returns a claim that is a NumericDate: seconds since 1970, before the year 10000. A fraction is
     * allowed, as RFC 7519 has it, and rounded to the whole second that makes the token good for less
     * time.
     */
    Optional<Instant> date(String name, RoundingMode rounding) throws RefusedException {
        JsonNode claim = payload.path(name);
        if (claim.isMissingNode()) {
            return Optional.empty();
        }
        double seconds = claim.isNumber() ? claim.doubleValue() : Double.NaN;
        if (!(seconds >= 0 && seconds <= LAST_SECOND)) {
            throw malformed(name);
        }
        double whole = rounding == RoundingMode.CEILING ? Math.ceil(seconds) : Math.floor(seconds);
        return Optional.of(Instant.ofEpochSecond((long) whole));
    }

    private static String text(JsonNode value, String name) throws RefusedException {
        if (!value.isTextual()) {
            throw malformed(name);
        }
        return value.textValue();
    }

    /** Returns the refusal of a claim of the wrong form. */
    static RefusedException malformed(String name) {
        return RefusedException.of(
                Code.TOKEN_MALFORMED, "the token's claim `" + name + "` has the wrong form");
    }

    /** Names no claim's value. */
    @Override
    public String toString() {
        return "Claims[" + payload.size() + "]";
    }
}

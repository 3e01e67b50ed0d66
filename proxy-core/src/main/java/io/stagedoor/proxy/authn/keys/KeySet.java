package io.stagedoor.proxy.authn.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import java.io.IOException;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The fit keys of one issuer at one moment.
 *
 * <p>No two keys in it share a key id: where an issuer publishes two different keys under one id, both
 * are ignored, since nobody can tell which one is meant. Immutable.
 */
final class KeySet {

    private static final int MAX_KEYS = 256;

    /** What a look-up comes to. */
    sealed interface Match {
        /** Exactly this key. */
        record Found(TrustedKey key) implements Match {}

        /** No such key, but a newer key set may have it. */
        record Unknown() implements Match {}

        /** The key is there and does not fit, or more than one key fits. */
        record Unfit() implements Match {}
    }

    private final Set<TrustedKey> keys;
    private final Map<String, TrustedKey> byId;
    private final Map<KeyFault, Integer> ignored;

    private KeySet(
            Set<TrustedKey> keys, Map<String, TrustedKey> byId, Map<KeyFault, Integer> ignored) {
        this.keys = Set.copyOf(keys);
        this.byId = Map.copyOf(byId);
        this.ignored = Map.copyOf(ignored);
    }

    /**
     * Reads a key set document (RFC 7517, section 5). A set without one fit key is a set all the same:
     * its issuer vouches for nothing, so nothing verifies.
     *
     * @throws IOException if it is no key set, or has more than {@value #MAX_KEYS} keys
     */
    static KeySet of(ObjectNode document, KeyFilter filter) throws IOException {
        JsonNode published = document.path("keys");
        if (!published.isArray()) {
            throw new IOException("the document is no key set");
        }
        if (published.size() > MAX_KEYS) {
            throw new IOException("the key set has more than " + MAX_KEYS + " keys");
        }
        Set<TrustedKey> fit = new HashSet<>();
        Map<KeyFault, Integer> ignored = new EnumMap<>(KeyFault.class);
        for (JsonNode key : published) {
            switch (filter.judge(key)) {
                case KeyFilter.Verdict.Fit(TrustedKey trusted) -> fit.add(trusted);
                case KeyFilter.Verdict.Unfit(KeyFault fault) ->
                        ignored.merge(fault, 1, Integer::sum);
            }
        }
        return withoutAmbiguousIds(fit, ignored);
    }

    private static KeySet withoutAmbiguousIds(Set<TrustedKey> fit, Map<KeyFault, Integer> ignored) {
        Map<String, TrustedKey> byId = new HashMap<>();
        Set<String> ambiguous = new HashSet<>();
        for (TrustedKey key : fit) {
            key.keyId().filter(id -> byId.put(id, key) != null).ifPresent(ambiguous::add);
        }
        Set<TrustedKey> keys = new HashSet<>(fit);
        keys.removeIf(key -> key.keyId().filter(ambiguous::contains).isPresent());
        byId.keySet().removeAll(ambiguous);
        if (keys.size() < fit.size()) {
            ignored.put(KeyFault.AMBIGUOUS, fit.size() - keys.size());
        }
        return new KeySet(keys, byId, ignored);
    }

    /** Finds the key for a token; without a key id, the only one that fits the algorithm. */
    Match find(SignatureAlgorithm algorithm, Optional<String> keyId) {
        return keyId.isPresent() ? named(algorithm, keyId.get()) : only(algorithm);
    }

    private Match named(SignatureAlgorithm algorithm, String keyId) {
        TrustedKey key = byId.get(keyId);
        if (key == null) {
            return new Match.Unknown();
        }
        return key.fits(algorithm) ? new Match.Found(key) : new Match.Unfit();
    }

    private Match only(SignatureAlgorithm algorithm) {
        List<TrustedKey> fitting = keys.stream().filter(key -> key.fits(algorithm)).toList();
        return switch (fitting.size()) {
            case 0 -> new Match.Unknown();
            case 1 -> new Match.Found(fitting.getFirst());
            default -> new Match.Unfit();
        };
    }

    /** Returns whether the key is (still) one of these. */
    boolean contains(TrustedKey key) {
        return keys.contains(key);
    }

    /** Returns the number of fit keys. */
    int size() {
        return keys.size();
    }

    /** Returns how many of the published keys are left out, by the reason; a copy is no other key. */
    Map<KeyFault, Integer> ignored() {
        return ignored;
    }
}

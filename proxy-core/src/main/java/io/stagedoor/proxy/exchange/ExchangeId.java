package io.stagedoor.proxy.exchange;

import io.stagedoor.proxy.audit.fact.RequestFacts.ClientFacts;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What is known of a request before any of it has been checked.
 *
 * @param id the request id, which is the decision id too: 128 random bits in hexadecimal digits
 * @param method the method as sent
 * @param target the request target as sent, without its query
 * @param client where it came from
 */
record ExchangeId(String id, String method, String target, ClientFacts client) {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final ThreadLocal<Source> SOURCES = ThreadLocal.withInitial(Source::new);

    /** Makes a fresh id. Ids are unguessable, and cost no system call each. */
    static String fresh() {
        return SOURCES.get().next();
    }

    /** Draws random octets in bulk; one for each thread. */
    private static final class Source {

        private static final int OCTETS = 16;

        private final byte[] pool = new byte[OCTETS * 64];
        private int used = pool.length;

        private String next() {
            if (used == pool.length) {
                RANDOM.nextBytes(pool);
                used = 0;
            }
            String id = HexFormat.of().formatHex(pool, used, used + OCTETS);
            used += OCTETS;
            return id;
        }
    }
}

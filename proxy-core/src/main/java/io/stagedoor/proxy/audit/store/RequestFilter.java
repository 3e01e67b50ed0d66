package io.stagedoor.proxy.audit.store;

import java.util.Collection;

/**
 * A Bloom filter over request ids: says surely that a block has no record of a request, or that it
 * probably has one (wrong about once in a thousand times).
 */
public final class RequestFilter {
    private static final int BITS_AN_ID = 16;
    private static final int PROBES = 6;
    private static final long MIX = 0x9e3779b97f4a7c15L;

    private RequestFilter() {}

    /** Makes the filter of some ids. */
    static byte[] of(Collection<String> ids) {
        byte[] filter = new byte[Math.max(1, ids.size() * BITS_AN_ID / Byte.SIZE)];
        for (String id : ids) {
            long hash = hash(id);
            for (int i = 0; i < PROBES; i++) {
                int bit = bit(hash, i, filter);
                filter[bit / Byte.SIZE] |= (byte) (1 << (bit % Byte.SIZE));
            }
        }
        return filter;
    }

    /** Tells whether an id may be among those that the filter was made of. */
    public static boolean mayHold(byte[] filter, String id) {
        long hash = hash(id);
        for (int i = 0; i < PROBES; i++) {
            int bit = bit(hash, i, filter);
            if ((filter[bit / Byte.SIZE] & (1 << (bit % Byte.SIZE))) == 0) {
                return false;
            }
        }
        return true;
    }

    private static int bit(long hash, int probe, byte[] filter) {
        long step = hash >>> 32 | 1;
        return (int) Long.remainderUnsigned(hash + probe * step, filter.length * (long) Byte.SIZE);
    }

    private static long hash(String id) {
        long hash = id.length();
        for (int i = 0; i < id.length(); i++) {
            hash = (hash ^ id.charAt(i)) * MIX;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}

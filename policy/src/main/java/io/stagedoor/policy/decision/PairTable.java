package io.stagedoor.policy.decision;

/**
 * Numbers for pairs of numbers: 0, 1, 2 and so on, in the order in which pairs are first added.
 *
 * <p>An open-addressed table of longs with a mixed hash, without boxing and at most half full.
 * Building is for one thread; a finished one is read by any.
 */
final class PairTable {

    static final int ABSENT = -1;
    private static final int FIRST_CAPACITY = 16;

    private long[] keys = new long[FIRST_CAPACITY];
    private int[] numbers = new int[FIRST_CAPACITY];
    private int size;

    int size() {
        return size;
    }

    /** Returns the number of the pair of two numbers from 0, or {@link #ABSENT}. */
    int find(int first, int second) {
        long key = keyOf(first, second);
        int slot = slotOf(key);
        return keys[slot] == key ? numbers[slot] : ABSENT;
    }

    /** Returns the number of the pair, which is new if the pair is. */
    int add(int first, int second) {
        long key = keyOf(first, second);
        int slot = slotOf(key);
        if (keys[slot] == key) {
            return numbers[slot];
        }
        keys[slot] = key;
        numbers[slot] = size;
        if (++size * 2 > keys.length) {
            grow();
        }
        return size - 1;
    }

    // INVARIANT: no pair has the key 0, which marks an empty slot
    private static long keyOf(int first, int second) {
        return ((first + 1L) << Integer.SIZE) | second;
    }

    private int slotOf(long key) {
        int slot = mixed(key) & (keys.length - 1);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[oldKeys.length * 2];
        numbers = new int[keys.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slotOf(oldKeys[i]);
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private static int mixed(long key) {
        long hash = (key ^ (key >>> 33)) * 0xFF51AFD7ED558CCDL;
        hash = (hash ^ (hash >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return (int) (hash ^ (hash >>> 33));
    }
}

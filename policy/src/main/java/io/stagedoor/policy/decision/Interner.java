package io.stagedoor.policy.decision;

import org.jspecify.annotations.Nullable;

/**
 * Numbers for values: 0, 1, 2 and so on, in the order in which they are first added.
 *
 * <p>An open-addressed table with a mixed hash, without boxing. Building is for one thread; a
 * finished one is read by any.
 */
final class Interner<T> {

    static final int ABSENT = -1;
    private static final int FIRST_CAPACITY = 16;
    private static final int MIX = 0x9E3779B9;

    private @Nullable Object[] values;
    private int[] hashes;
    private int[] numbers;
    private int size;

    Interner() {
        values = new Object[FIRST_CAPACITY];
        hashes = new int[FIRST_CAPACITY];
        numbers = new int[FIRST_CAPACITY];
    }

    int size() {
        return size;
    }

    /** Returns the number of the value, or {@link #ABSENT}. */
    int find(T value) {
        int slot = slotOf(value, mixed(value));
        return values[slot] == null ? ABSENT : numbers[slot];
    }

    /** Returns the number of the value, which is new if the value is. */
    int add(T value) {
        int hash = mixed(value);
        int slot = slotOf(value, hash);
        if (values[slot] != null) {
            return numbers[slot];
        }
        values[slot] = value;
        hashes[slot] = hash;
        numbers[slot] = size;
        if (++size * 2 > values.length) {
            grow();
        }
        return size - 1;
    }

    private int slotOf(Object value, int hash) {
        int slot = hash & (values.length - 1);
        while (values[slot] != null && !(hashes[slot] == hash && values[slot].equals(value))) {
            slot = (slot + 1) & (values.length - 1);
        }
        return slot;
    }

    private void grow() {
        Object[] oldValues = values;
        int[] oldHashes = hashes;
        int[] oldNumbers = numbers;
        values = new Object[oldValues.length * 2];
        hashes = new int[values.length];
        numbers = new int[values.length];
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null) {
                int slot = slotOf(oldValues[i], oldHashes[i]);
                values[slot] = oldValues[i];
                hashes[slot] = oldHashes[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private static int mixed(Object value) {
        int hash = value.hashCode() * MIX;
        return hash ^ (hash >>> 15);
    }
}

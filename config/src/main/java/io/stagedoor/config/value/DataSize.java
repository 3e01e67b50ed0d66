package io.stagedoor.config.value;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An amount of data, a whole number of bytes.
 *
 * @param bytes the number of bytes, not negative
 */
public record DataSize(long bytes) implements Comparable<DataSize> {

    private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(B|KiB|MiB|GiB)");
    private static final long STEP = 1024;

    /**
     * Checks the number.
     *
     * @throws IllegalArgumentException if it is negative
     */
    public DataSize {
        if (bytes < 0) {
            throw new IllegalArgumentException("a size of data is not negative: `" + bytes + "`");
        }
    }

    /** Returns so many times 1,024 bytes. */
    public static DataSize ofKibibytes(long count) {
        return new DataSize(Math.multiplyExact(count, STEP));
    }

    /** Returns so many times 1,048,576 bytes. */
    public static DataSize ofMebibytes(long count) {
        return new DataSize(Math.multiplyExact(count, STEP * STEP));
    }

    /** Reads a number with the unit {@code B}, {@code KiB}, {@code MiB} or {@code GiB}. */
    public static Optional<DataSize> find(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long unit =
                switch (matcher.group(2)) {
                    case "B" -> 1;
                    case "KiB" -> STEP;
                    case "MiB" -> STEP * STEP;
                    default -> STEP * STEP * STEP;
                };
        return Optional.of(new DataSize(Long.parseLong(matcher.group(1)) * unit));
    }

    /**
     * Returns the number of bytes for a length that is an {@code int}.
     *
     * @throws ArithmeticException if it is more than 2 GiB - 1
     */
    public int toIntExact() {
        return Math.toIntExact(bytes);
    }

    @Override
    public int compareTo(DataSize other) {
        return Long.compare(bytes, other.bytes);
    }

    /** Returns the number with the largest unit that divides it, in the form that is read. */
    @Override
    public String toString() {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        long count = bytes;
        int unit = 0;
        while (count != 0 && count % STEP == 0 && unit < units.length - 1) {
            count /= STEP;
            unit++;
        }
        return count + units[unit];
    }
}

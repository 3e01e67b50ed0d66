package io.stagedoor.proxy.bench;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/** A median with the smallest and the largest of the values it was taken of. */
record Spread(double median, double smallest, double largest) {

    /**
     * Takes the median.
     *
     * @throws IllegalArgumentException when there is no value
     */
    static Spread of(DoubleStream values) {
        double[] sorted = values.sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalArgumentException("there is no value to take the median of");
        }
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], Arrays.stream(sorted).max().orElse(median));
    }
}

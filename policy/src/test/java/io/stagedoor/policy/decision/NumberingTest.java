package io.stagedoor.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The two open-addressed tables, against a map of the library. */
class NumberingTest {

    private record Colliding(int value) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Colliding(int others) && others == value;
        }

        @Override
        public int hashCode() {
            return value % 3;
        }
    }

    @Test
    void numbersValuesInTheOrderOfTheirComing() {
        Interner<String> interner = new Interner<>();

        assertThat(interner.add("a")).isZero();
        assertThat(interner.add("b")).isEqualTo(1);
        assertThat(interner.add("a")).isZero();
        assertThat(interner.find("b")).isEqualTo(1);
        assertThat(interner.find("c")).isEqualTo(Interner.ABSENT);
        assertThat(interner.size()).isEqualTo(2);
    }

    @Test
    void tellsValuesWithOneHashApart() {
        Interner<Colliding> interner = new Interner<>();
        for (int i = 0; i < 500; i++) {
            assertThat(interner.add(new Colliding(i))).isEqualTo(i);
        }

        for (int i = 0; i < 500; i++) {
            assertThat(interner.find(new Colliding(i))).isEqualTo(i);
        }
        assertThat(interner.find(new Colliding(500))).isEqualTo(Interner.ABSENT);
    }

    @Test
    void numbersPairsAsAMapWould() {
        Random random = new Random(7);
        PairTable table = new PairTable();
        Map<Long, Integer> expected = new HashMap<>();
        for (int i = 0; i < 50_000; i++) {
            int first = random.nextInt(300);
            int second = random.nextInt(300);
            Integer known = expected.putIfAbsent(first * 1000L + second, expected.size());
            assertThat(table.add(first, second))
                    .isEqualTo(known == null ? expected.size() - 1 : known);
        }

        assertThat(table.size()).isEqualTo(expected.size());
        for (int first = 0; first < 310; first++) {
            for (int second = 290; second < 310; second++) {
                assertThat(table.find(first, second))
                        .isEqualTo(expected.getOrDefault(first * 1000L + second, PairTable.ABSENT));
            }
        }
    }

    @Test
    void keepsTheExtremesApart() {
        PairTable table = new PairTable();

        table.add(0, 0);
        table.add(Integer.MAX_VALUE, Integer.MAX_VALUE);

        assertThat(table.find(0, 0)).isZero();
        assertThat(table.find(Integer.MAX_VALUE, Integer.MAX_VALUE)).isEqualTo(1);
        assertThat(table.find(Integer.MAX_VALUE, 0)).isEqualTo(PairTable.ABSENT);
    }
}

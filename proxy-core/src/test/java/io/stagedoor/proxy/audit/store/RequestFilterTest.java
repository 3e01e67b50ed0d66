package io.stagedoor.proxy.audit.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestFilterTest {

    private final Random random = new Random(31);

    @Test
    void neverMissesAnIdAndSeldomTakesAnother() {
        List<String> ids = Stream.generate(this::id).limit(1024).toList();
        byte[] filter = RequestFilter.of(ids);

        assertThat(ids).allMatch(id -> RequestFilter.mayHold(filter, id));
        long wrong =
                IntStream.range(0, 100_000)
                        .filter(_ -> RequestFilter.mayHold(filter, id()))
                        .count();
        assertThat(wrong).isLessThan(300);
    }

    @Test
    void ofNothingHoldsNothing() {
        assertThat(RequestFilter.mayHold(RequestFilter.of(List.of()), "r1")).isFalse();
    }

    private String id() {
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        return HexFormat.of().formatHex(octets);
    }
}

package io.stagedoor.proxy.reload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PartListTest {

    private final List<String> closed = new ArrayList<>();

    private final class Part implements AutoCloseable {

        private final String name;

        Part(String name) {
            this.name = name;
        }

        @Override
        public void close() {
            closed.add(name);
        }
    }

    private Part take(PartList list, String settings) throws IOException {
        return list.take(Part.class, settings, () -> new Part(settings));
    }

    @Test
    void equalSettingsGiveTheVerySamePart() throws IOException {
        PartList first = PartList.first();
        Part made = take(first, "a");
        PartList next = first.next();

        assertThat(take(next, "a")).isSameAs(made);
        assertThat(take(next, "b")).isNotSameAs(made);
        assertThat(next.made()).isEqualTo(1);
        assertThat(next.size()).isEqualTo(2);
    }

    @Test
    void partIsClosedWhenTheLastListLetsGo() throws IOException {
        PartList first = PartList.first();
        take(first, "kept");
        take(first, "dropped");
        PartList next = first.next();
        take(next, "kept");

        first.close();
        assertThat(closed).containsExactly("dropped");

        next.close();
        assertThat(closed).containsExactly("dropped", "kept");
    }

    @Test
    void oldestListMayEndLast() throws IOException {
        PartList first = PartList.first();
        take(first, "a");
        PartList second = first.next();
        take(second, "a");
        PartList third = second.next();
        take(third, "b");

        second.close();
        assertThat(closed).isEmpty();

        first.close();
        assertThat(closed).containsExactly("a");
    }

    @Test
    void takingAPartTwiceHoldsItOnce() throws IOException {
        PartList list = PartList.first();
        take(list, "a");
        take(list, "a");

        list.close();

        assertThat(closed).containsExactly("a");
    }

    @Test
    void partsAreClosedInReverse() throws IOException {
        PartList list = PartList.first();
        take(list, "first");
        take(list, "second");

        list.close();

        assertThat(closed).containsExactly("second", "first");
    }

    @Test
    void partThatDoesNotCloseKeepsNoneOfTheOthersOpen() throws IOException {
        PartList list = PartList.first();
        take(list, "good");
        list.take(
                AutoCloseable.class,
                "bad",
                () ->
                        () -> {
                            throw new IllegalStateException("stuck");
                        });

        list.close();

        assertThat(closed).containsExactly("good");
    }
}

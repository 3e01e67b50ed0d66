package io.stagedoor.policy.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActionSetTest {

    private static final Action READ = Action.read();
    private static final Action WRITE = Action.ofShort("notebooks/write");
    private static final Action DELETE = Action.ofShort("notebooks/delete");

    @Test
    void holdsWhatItWasMadeOf() {
        ActionSet set = ActionSet.of(WRITE, READ, WRITE);

        assertThat(set.contains(READ)).isTrue();
        assertThat(set.contains(WRITE)).isTrue();
        assertThat(set.contains(DELETE)).isFalse();
        assertThat(set.size()).isEqualTo(2);
        assertThat(set.actions()).containsExactly(WRITE, READ);
        assertThat(set).hasToString("[notebooks/write, read]");
    }

    @Test
    void joinsAndSubtracts() {
        ActionSet both = ActionSet.of(READ).union(ActionSet.of(WRITE));

        assertThat(both).isEqualTo(ActionSet.of(List.of(READ, WRITE)));
        assertThat(both.minus(ActionSet.of(WRITE, DELETE))).isEqualTo(ActionSet.of(READ));
        assertThat(both.minus(both).isEmpty()).isTrue();
    }

    @Test
    void tellsWhetherAnotherIsPartOfIt() {
        assertThat(ActionSet.all().containsAll(ActionSet.of(READ, DELETE))).isTrue();
        assertThat(ActionSet.of(READ).containsAll(ActionSet.of(READ, DELETE))).isFalse();
        assertThat(ActionSet.NONE.containsAll(ActionSet.NONE)).isTrue();
    }

    @Test
    void allHoldsEveryAction() {
        assertThat(ActionSet.all().actions()).isEqualTo(Action.all());
    }

    @Test
    void refusesBitsOfNoAction() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ActionSet(1L << 47));
        assertThatIllegalArgumentException().isThrownBy(() -> new ActionSet(-1));
    }
}

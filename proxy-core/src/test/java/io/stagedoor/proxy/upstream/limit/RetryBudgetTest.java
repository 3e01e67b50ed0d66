package io.stagedoor.proxy.upstream.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryBudgetTest {

    @ParameterizedTest
    @CsvSource({"20, 0, 3", "20, 10, 3", "20, 100, 20", "0, 100, 0", "100, 7, 7"})
    void repeatsStayAShareOfTheWork(int share, int underWay, int allowed) {
        RetryBudget budget = new RetryBudget(share);

        assertThat(IntStream.range(0, 200).filter(_ -> budget.tryTake(underWay)).count())
                .isEqualTo(allowed);
    }

    @Test
    void whatIsGivenBackCanBeTakenAgain() {
        RetryBudget budget = new RetryBudget(20);
        IntStream.range(0, 3).forEach(_ -> assertThat(budget.tryTake(0)).isTrue());

        budget.giveBack();

        assertThat(budget.tryTake(0)).isTrue();
        assertThat(budget.tryTake(0)).isFalse();
    }
}

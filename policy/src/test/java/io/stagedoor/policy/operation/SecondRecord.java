package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A catalogue against a second record of the documented calls, line by line. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SecondRecord {

    private final DocumentedCalls calls;
    private final String file;
    private final int size;

    /**
     * @param file the second record
     * @param size how many calls are documented
     */
    SecondRecord(DocumentedCalls calls, String file, int size) {
        this.calls = calls;
        this.file = file;
        this.size = size;
    }

    Stream<Arguments> documented() {
        return TestTable.rows(file).stream()
                .map(row -> Arguments.of(row.get(0), row.get(1), row.get(2), row.get(3)));
    }

    @ParameterizedTest(name = "{0}: {1} needs {3}")
    @MethodSource("documented")
    void listsEachDocumentedCallWithWhatItNeeds(
            String name, String call, String effect, String requires) {
        Operation operation = calls.catalogue().operation(name).orElseThrow();

        assertThat(calls.callOf(operation)).isEqualTo(call);
        assertThat(operation.effect().name()).isEqualToIgnoringCase(effect);
        assertThat(calls.requirementsOf(operation)).isEqualTo(requires);
    }

    @ParameterizedTest(name = "{0} is found by its own path, in any case of its letters")
    @MethodSource("documented")
    void resolvesEachDocumentedCallByItsOwnPath(String name) {
        Operation operation = calls.catalogue().operation(name).orElseThrow();
        Map<String, String> names = DocumentedCalls.namesIn(operation);
        List<String> path = DocumentedCalls.segmentsOf(operation, names);

        assertThat(calls.resolve(operation, path)).contains(new MatchedOperation(operation, names));
        assertThat(calls.resolve(operation, DocumentedCalls.inOtherCase(path)))
                .map(MatchedOperation::operation)
                .contains(operation);
    }

    @Test
    void holdsTheDocumentedCallsAndNoOther() {
        Set<String> documented =
                TestTable.rows(file).stream().map(List::getFirst).collect(Collectors.toSet());

        assertThat(documented).hasSize(size);
        assertThat(calls.catalogue().operations())
                .extracting(Operation::name)
                .containsExactlyInAnyOrderElementsOf(documented);
    }
}

package io.stagedoor.policy.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.policy.testing.Scenario;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The golden matrix, through the catalogue and the authorizer. */
class GoldenMatrixTest {

    record Row(
            int number,
            List<String> assignments,
            String method,
            String path,
            String body,
            boolean permit,
            List<String> missing) {

        static Row parse(String line) {
            String[] columns = line.split(" \\| ");
            assertThat(columns).as(line).hasSize(7);
            assertThat(columns[5]).isIn("permit", "deny");
            return new Row(
                    Integer.parseInt(columns[0].strip()),
                    list(columns[1]),
                    columns[2],
                    columns[3],
                    columns[4],
                    columns[5].equals("permit"),
                    list(columns[6].replace("{W}", Scenario.W.text())));
        }

        private static List<String> list(String column) {
            return column.equals("-") ? List.of() : List.of(column.split("; "));
        }
    }

    static List<Row> rows() {
        try (BufferedReader reader =
                new BufferedReader(
                        new InputStreamReader(
                                Objects.requireNonNull(
                                        GoldenMatrixTest.class.getResourceAsStream(
                                                "/golden-matrix.txt")),
                                StandardCharsets.UTF_8))) {
            return reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(Row::parse)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @MethodSource("rows")
    void decidesEachRowAsTheServiceDoes(Row row) {
        Scenario scenario = Scenario.holding(row.assignments.toArray(String[]::new));

        Decision decision = scenario.decide(row.method, row.path, row.body);

        if (row.permit) {
            assertThat(decision).isInstanceOf(Permit.class);
        } else {
            assertThat(decision)
                    .isInstanceOfSatisfying(
                            Deny.MissingPermission.class,
                            deny ->
                                    assertThat(deny.missing())
                                            .extracting(Object::toString)
                                            .containsExactlyElementsOf(row.missing));
        }
    }

    @Test
    void hasAllRowsOfTheMatrix() {
        assertThat(rows().stream().map(Row::number).distinct())
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 23).boxed().toList());
    }

    @Test
    void asksEveryBuiltInRoleForItsReadOfAssignments() {
        assertThat(rows().stream().filter(row -> row.number == 23).flatMap(this::roles))
                .containsExactlyInAnyOrderElementsOf(
                        BuiltInRoles.all().stream()
                                .map(RoleDefinition::name)
                                .collect(Collectors.toSet()));
    }

    private Stream<String> roles(Row row) {
        return row.assignments.stream().map(text -> Arrays.asList(text.split(" @ ")).getFirst());
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The golden matrix of {@code policy}, decided by the running proxy: the assignments are read from the
 * live workspace, the request goes over TLS with a signed token, nested groups are declared.
 */
class GoldenMatrixIT {

    private static final Path MATRIX = Path.of("../policy/src/test/resources/golden-matrix.txt");
    private static final String W = "workspaces/" + DemoCast.WORKSPACE;

    private static ProxyFixture fixture;

    record Row(
            int index,
            String number,
            List<String> assignments,
            String request,
            String body,
            boolean permit,
            List<String> missing) {

        CastMember caller() {
            return new CastMember(
                    "row" + index, id(index, 0), PrincipalKind.USER, "client", groups());
        }

        /** The token names only the first group of a chain; the nesting is declared in Git. */
        List<PrincipalId> groups() {
            return assignments.stream().anyMatch(text -> text.contains(" via "))
                    ? List.of(id(index, 1))
                    : List.of();
        }
    }

    private static PrincipalId id(int row, int group) {
        return PrincipalId.of(
                DemoCast.TENANT,
                String.format(Locale.ROOT, "5a9e0000-0000-4000-8000-%08x%04x", row, group));
    }

    static List<Row> rows() throws IOException {
        List<Row> rows = new ArrayList<>();
        for (String line : Files.readAllLines(MATRIX)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                rows.add(row(rows.size() + 1, line.replace("{W}", W).split(" +\\| ")));
            }
        }
        return rows;
    }

    private static Row row(int index, String[] columns) {
        return new Row(
                index,
                columns[0],
                list(columns[1]),
                columns[2] + " " + columns[3],
                columns[4],
                columns[5].equals("permit"),
                list(columns[6]));
    }

    private static List<String> list(String column) {
        return column.equals("-") ? List.of() : List.of(column.split("; "));
    }

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start(UnaryOperator.identity(), GoldenMatrixIT::assignAll);
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private static void assignAll(DemoScenery scenery) {
        try {
            Map<PrincipalId, PrincipalId> outerByInner = new LinkedHashMap<>();
            for (Row row : rows()) {
                row.assignments().forEach(text -> assign(scenery, row, text));
                row.groups().forEach(inner -> outerByInner.put(id(row.index(), 2), inner));
            }
            Path access = scenery.folder().path().resolve("access.yaml");
            Files.writeString(access, Files.readString(access) + groups(outerByInner));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void assign(DemoScenery scenery, Row row, String text) {
        boolean viaGroups = text.contains(" via ");
        String[] parts = text.replaceFirst(" via .*", "").split(" @ ");
        PrincipalId holder = viaGroups ? id(row.index(), 2) : id(row.index(), 0);
        String role = BuiltInRoles.byName(parts[0]).orElseThrow().id();
        scenery.workspace().assign(role, holder.objectId(), parts[1]);
    }

    private static String groups(Map<PrincipalId, PrincipalId> outerByInner) {
        StringBuilder yaml = new StringBuilder("groups:\n");
        outerByInner.forEach(
                (outer, inner) ->
                        yaml.append("  - id: ")
                                .append(outer.objectId())
                                .append("\n    tenant: ")
                                .append(outer.tenant())
                                .append("\n    members: [")
                                .append(inner.objectId())
                                .append("]\n"));
        return yaml.toString();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void proxyDecidesEachRowAsTheEngineDoes(Row row) throws Exception {
        int before = seen();

        HttpResponse<String> answer = send(row);

        String decision = answer.headers().firstValue("x-stagedoor-decision-id").orElse("");
        assertThat(decision).hasSize(32);
        if (row.permit()) {
            assertThat(seenFor(decision)).as(answer.body()).isEqualTo(1);
        } else {
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
            assertThat(seenFor(decision)).isZero();
            assertThat(seen()).isEqualTo(before);
            row.missing().forEach(missing -> assertThat(answer.body()).contains(wording(missing)));
        }
    }

    private static HttpResponse<String> send(Row row) throws IOException, InterruptedException {
        String[] request = row.request().split(" ");
        return row.body().equals("-")
                ? fixture.send(row.caller(), request[0], request[1])
                : fixture.send(row.caller(), request[0], request[1], row.body());
    }

    private static String wording(String missing) {
        String[] parts = missing.split(" @ ");
        return "Action: Microsoft.Synapse/workspaces/" + parts[0] + ", Scope: " + parts[1];
    }

    private static int seenFor(String decision) {
        return fixture.workspace()
                .requests(
                        request ->
                                request.field("X-Stagedoor-Decision-Id")
                                        .equals(Optional.of(decision)))
                .size();
    }

    /** What was forwarded, apart from the proxy's own polls. */
    private static int seen() {
        return fixture.workspace()
                .requests(request -> request.field("X-Stagedoor-Decision-Id").isPresent())
                .size();
    }

    @Test
    void allTwentyThreeRowsAreThere() throws IOException {
        assertThat(rows().stream().map(Row::number).distinct())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 23).mapToObj(Integer::toString).toList());
    }
}

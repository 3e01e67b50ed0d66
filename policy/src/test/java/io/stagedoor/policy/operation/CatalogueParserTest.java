package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogueParserTest {

    private static final String HEAD =
            """
            # a comment
            platform synapse
            job-kind run
            job-kind batch in pool
            resource pool {pool}

            """;
    private static final String GOOD = "A | GET /a/{pool} | a | read | 200 | read @ any | - | -";

    @Test
    void readsAnOperationFromALine() {
        OperationCatalogue catalogue =
                parse(
                        HEAD
                                + "Run | POST /p/{pool}/run | run | execute | 200,202 |"
                                + " bigDataPools/useCompute/action @ bigDataPools/{pool}"
                                + " & artifacts/read @ root |"
                                + " starts-run, location |"
                                + " batch response /id & run header X-Run < /id");

        Operation run = catalogue.operation("Run").orElseThrow();
        assertThat(catalogue.platform()).isEqualTo(Platform.SYNAPSE);
        assertThat(run).hasToString("Run (POST /p/{pool}/run)");
        assertThat(run.kind()).isEqualTo("run");
        assertThat(run.effect()).isEqualTo(Effect.EXECUTE);
        assertThat(run.requirements())
                .extracting(Requirement::toString)
                .containsExactly(
                        "bigDataPools/useCompute/action @ bigDataPools/{pool}",
                        "artifacts/read @ root");
        assertThat(run.traits().successStatus()).containsExactlyInAnyOrder(200, 202);
        assertThat(run.traits().startsRun()).isTrue();
        assertThat(run.traits().longRunning()).isFalse();
        assertThat(run.traits().jobIds().getFirst().within()).containsExactly("pool");
        assertThat(run.traits().jobIdEdges()).hasSize(1);
        assertThat(run.traits().resources())
                .containsExactly(new NamedResource("pool", new NameSource.PathParameter("pool")));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "bigDataPools/[body /a else notebook-pool /b else root]",
                "bigDataPools/[job-definition-pool pool else root]",
                "bigDataPools/[recorded-run pool else root]",
                "credentials/WorkspaceSystemIdentity",
                "bigDataPools/[project-of workbook pool else root]",
                "bigDataPools/[project-of {pool} pool else root]",
                "bigDataPools/[project-of extract-task in body /x else root]",
                "[graphql /query else root]",
                "[stored-assignment pool else nothing]",
                "[stored-assignment pool else root]",
                "[body /scope]",
                "root",
            })
    void writesAScopeRuleAsItReadsIt(String scope) {
        OperationCatalogue catalogue =
                parse(HEAD + GOOD.replace("read @ any", "artifacts/read @ " + scope));

        assertThat(catalogue.operations().getFirst().requirements().getFirst())
                .hasToString("artifacts/read @ " + scope);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = ';',
            value = {
                "A | GET /a;                                   expected 8 columns, found 2",
                "1 | GET /a | a | read | 200 | unmapped | - | -; `1` is no name of an operation",
                "A | HEAD /a | a | read | 200 | unmapped | - | -; expected METHOD /path",
                "A | GET a | a | read | 200 | unmapped | - | -; does not start with a slash",
                "A | GET /a/{x | a | read | 200 | unmapped | - | -; has a bad segment `{x`",
                "A | GET /a | a | look | 200 | unmapped | - | -; effect `look` is none of read",
                "A | GET /a |  | read | 200 | unmapped | - | -; no kind is given",
                "A | GET /a | a | read | 2oo | unmapped | - | -; `2oo` is no status code",
                "A | GET /a | a | read | 200 |  | - | -; expected action @ scope",
                "A | GET /a | a | read | 200 | read | - | -; expected action @ scope",
                "A | GET /a | a | read | 200 | reed @ any | - | -; `reed` is not a known action",
                "A | GET /a | a | read | 200 | read @ all | - | -; `all` is no scope rule",
                "A | GET /a | a | read | 200 | artifacts/read @ any | - | -; only read holds",
                "A | GET /a | a | read | 200 | read @ pools/p | - | -; no item of workspaces",
                "A | GET /a | a | read | 200 | read @ projects/p | - | -; no item of workspaces",
                "A | GET /a | a | read | 200 | read @ credentials/{x} | - | -; no placeholder `x`",
                "A | GET /a | a | read | 200 | read @ credentials/a b | - | -; no name of an item",
                "A | GET /a | a | read | 200 | read @ [body /x | - | -; expected [look-up else",
                "A | GET /a | a | read | 200 | read @ [body x] | - | -; not a JSON pointer",
                "A | GET /a | a | read | 200 | read @ [root] | - | -; looks nothing up",
                "A | GET /a | a | read | 200 | read @ [body /x else ask] | - | -; ends with",
                "A | GET /a | a | read | 200 | read @ [bodie /x] | - | -; is no known look-up",
                "A | GET /{x} | a | read | 200 | read @ [project-of book x] | - | -; is none of",
                "A | GET /{x} | a | read | 200 | read @ [project-of flow y] | - | -; placeholder `y`",
                "A | GET /{x} | a | read | 200 | read @ [project-of {y} x] | - | -; placeholder `y`",
                "A | GET /a | a | read | 200 | read @ [project-of flow] | - | -; expected project-of",
                "A | GET /a | a | read | 200 | read @ [project-of flow in body x] | - | -; "
                        + "not a JSON pointer",
                "A | GET /a | a | read | 200 | read @ [graphql query] | - | -; not a JSON pointer",
                "A | GET /a | a | read | 200 | read @ [body /x else root else root] | - | -; "
                        + "goes on after root",
                "A | GET /a | a | read | 200 | read @ [body /x else body /y] | - | -; one look-up",
                "A | GET /a | a | read | 200 | read @ credentials/[body /x] | - | -; "
                        + "does not end with else root",
                "A | GET /a | a | read | 200 | read @ [recorded-run x] | - | -; no placeholder `x`",
                "A | GET /a | a | read | 200 | unmapped | fast | -; `fast` is no known trait",
                "A | GET /a | a | read | 200 | unmapped | list, list | -; stands twice",
                "A | GET /a | a | write | 200 | unmapped | list | -; a list only reads",
                "A | GET /a | a | read | 200 | unmapped | starts-run | -; starts a run does more than read",
                "A | GET /a | a | read | 200 | unmapped | local | -; stand only together",
                "A | GET /a | a | read | 200 | self | - | -; stand only together",
                "A | GET /a | a | read | 200 | unmapped | creates run | -; no such id",
                "A | GET /a | a | read | 200 | unmapped | creates | -; one kind of job id",
                "A | GET /a | a | read | 200 | unmapped | names pool | -; expected names KIND",
                "A | GET /a | a | read | 200 | unmapped | names x [body /x else root] | -; "
                        + "no last resort",
                "A | GET /{pool} | a | read | 200 | unmapped | names pool [body /x] | -; "
                        + "two names of one `pool`",
                "A | GET /a | a | read | 200 | unmapped | - | run; expected kind where place",
                "A | GET /a | a | read | 200 | unmapped | - | run body /x; is none of path, query",
                "A | GET /a | a | read | 200 | unmapped | - | job response /x; is not declared",
                "A | GET /a | a | read | 200 | unmapped | - | run path x; no placeholder `x`",
                "A | GET /a | a | read | 200 | unmapped | - | run response x; not a JSON pointer",
                "A | GET /a | a | read | 200 | unmapped | - | run response /x in; expected kind",
                "A | GET /a | a | read | 200 | unmapped | - | run response /x y; expected kind",
                "A | GET /a | a | read | 200 | unmapped | - | run response /x < /y; no parent at",
                "A | GET /a | a | read | 200 | unmapped | - | run response /x < /x; no parent at",
                "platform tableau;                     expected one `platform NAME`",
                "kind run;                             expected platform, job-kind, resource, base",
                "job-kind;                             expected `job-kind KIND",
                "job-kind x in;                        expected `job-kind KIND",
                "job-kind run;                         `run` is declared twice",
                "job-kind Run!;                        a word of letters and digits",
                "resource x pool;                      expected a {parameter} in braces",
                "resource x {pool};                    `{pool}` is declared twice",
                "base x;                               expected `base NAME /path`",
                "base x y;                             does not start with a slash",
                "base X! /y;                           a word of letters and digits",
                "A | GET @away/a | a | read | 200 | unmapped | - | -; base `away` is not declared",
                "resource x;                           expected `resource KIND {parameter}`",
                "root-id;                              expected `root-id {parameter}`",
                "root-id pool;                         expected a {parameter} in braces",
                "A | GET /{x:} | a | read | 200 | unmapped | - | -; has a bad segment `{x:}`",
                "A | GET /{x:luid} | a | read | 200 | unmapped | - | -; has a bad form `luid`",
                "A | GET /a | a | read | 200 | unmapped | scope x | -; expected one scope, once",
                "A | GET /a | a | read | 200 | unmapped | scope a:b:c, scope a:b:c | -; once",
                "A | GET /a | a | read | 200 | unmapped | twin-of | -; expected one operation",
                "A | GET /b | a | read | 200 | unmapped | twin-of B | -; no `B` stands above",
                "A | GET /b | a | read | 200 | read @ any | twin-of Z | -; is told from `Z",
                "A | GET /a/{x} | a | read | 200 | artifacts/read @ root | twin-of Z | -; "
                        + "twins need the same",
                "A | GET /a/{x} | a | write | 200 | read @ any | twin-of Z | -; twins need the same",
                "A | GET /a/{x} | a | read | 200 | read @ any | twin-of Z, scope a:b:c | -; "
                        + "twins need the same",
                "A | GET @ | a | read | 200 | unmapped | - | -; base `` is not declared",
            })
    void refusesABadLineAndSaysWhere(String line, String complaint) {
        CatalogueFormatException refusal = refusal(HEAD + GOOD.replace("A |", "Z |") + "\n" + line);

        assertThat(refusal.problems()).hasSize(1);
        assertThat(refusal).hasMessageStartingWith("test.operations:8: ");
        assertThat(refusal).hasMessageContaining(complaint);
    }

    @Test
    void complainsOfEveryBadCellOfEveryBadLine() {
        CatalogueFormatException refusal =
                refusal(
                        HEAD
                                + "A | GET /a | a | look | 1 | reed @ any | fast | -\n"
                                + GOOD
                                + "\n\n# fine\nB | GET a | a | read | 200 | - | - | -\n");

        assertThat(refusal.problems())
                .extracting(CatalogueProblem::line)
                .containsExactly(7, 7, 7, 7, 11);
        assertThat(refusal.problems()).allMatch(one -> one.source().equals("test.operations"));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "GET /a/{x},        GET /A/{y}",
        "GET /a/{x*},       GET /a/{y*}",
        "PUT /a/{x}?c=v,    PUT /a/{y}?c=V",
        "PUT /a/{x}?c=v,    PUT /a/{y}?d=v",
    })
    void refusesTwoOperationsThatNoRequestTellsApart(String one, String other) {
        CatalogueFormatException refusal = refusal(HEAD + row("A", one) + row("B", other));

        assertThat(refusal.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.line()).isEqualTo(8))
                .satisfies(
                        problem ->
                                assertThat(problem.message())
                                        .startsWith("`B (")
                                        .contains("cannot be told from `A (")
                                        .endsWith("in line 7"));
    }

    @ParameterizedTest(name = "{0} and {1}")
    @CsvSource({
        "GET /a/{x},        PUT /a/{y}",
        "GET /a/{x},        GET /a/b",
        "GET /a/{x},        GET /a/{x*}",
        "PUT /a/{x}?c=v,    PUT /a/{y}?c=w",
        "PUT /a/{x}?c=v,    PUT /a/{y}",
    })
    void takesTwoOperationsThatARequestTellsApart(String one, String other) {
        assertThat(parse(HEAD + row("A", one) + row("B", other)).operations()).hasSize(2);
    }

    @Test
    void prefersAPlaceholderToATail() {
        OperationCatalogue catalogue =
                parse(HEAD + row("Tail", "GET /a/{x*}") + row("One", "GET /a/{x}"));

        assertThat(catalogue.resolve("GET", List.of("a", "b")))
                .map(match -> match.operation().name())
                .contains("One");
        assertThat(catalogue.resolve("GET", List.of("a", "b", "c")))
                .map(match -> match.operation().name())
                .contains("Tail");
        assertThat(catalogue.resolve("GET", List.of("a"))).isEmpty();
    }

    @Test
    void refusesTwoOperationsOfOneName() {
        CatalogueFormatException refusal = refusal(HEAD + row("A", "GET /a") + row("A", "GET /b"));

        assertThat(refusal).hasMessage("test.operations:8: `A` stands in line 7 already");
    }

    @Test
    void refusesOperationsBeforeTheirPlatform() {
        assertThat(refusal("\n" + GOOD))
                .hasMessage(
                        "test.operations:2: an operation stands before its platform is declared");
        assertThat(refusal("# nothing")).hasMessage("test.operations:1: no platform is declared");
        assertThat(refusal("platform nowhere"))
                .hasMessageContaining("platform `nowhere` is none of synapse, data_factory");
    }

    @Test
    void readsItemsOfOtherPlatforms() {
        OperationCatalogue catalogue =
                parse(
                        "platform tableau\n"
                                + "A | GET /a | a | read | 200 | read @ projects/p | - | -");

        assertThat(catalogue.platform()).isEqualTo(Platform.TABLEAU);
        assertThat(catalogue.decidingParameters()).isEmpty();
    }

    @Test
    void writesOutTheBaseOfAPath() {
        OperationCatalogue catalogue =
                parse(
                        "platform tableau\nbase site /api/{version}/sites/{siteId}\n"
                                + row("A", "GET @site")
                                + row("B", "GET @site/users?mode=x"));

        assertThat(catalogue.operations())
                .extracting(operation -> operation.path().toString())
                .containsExactly(
                        "/api/{version}/sites/{siteId}",
                        "/api/{version}/sites/{siteId}/users?mode=x");
        assertThat(refusal("platform tableau\nbase site /a\nbase site /b"))
                .hasMessageContaining("base `site` is declared twice");
    }

    @Test
    void passesOnThatTheTextCannotBeRead() {
        Reader broken =
                new Reader() {
                    @Override
                    public int read(char[] buffer, int offset, int length) throws IOException {
                        throw new IOException("broken");
                    }

                    @Override
                    public void close() {}
                };

        assertThatThrownBy(() -> OperationCatalogue.parse("broken", broken))
                .isInstanceOf(UncheckedIOException.class);
    }

    private static String row(String name, String call) {
        return name + " | " + call + " | a | read | 200 | read @ any | - | -\n";
    }

    private static CatalogueFormatException refusal(String text) {
        return catchThrowableOfType(CatalogueFormatException.class, () -> parse(text));
    }

    private static OperationCatalogue parse(String text) {
        return OperationCatalogue.parse("test.operations", new StringReader(text));
    }
}

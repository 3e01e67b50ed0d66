package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQlQueryTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{ workbooks { name } } | workbooks",
                "query Q($n: String) { w: workbooks(filter: {name: $n}) { luid } } | workbooks",
                "{ workbooks { name } databaseTablesConnection(first: 2) { nodes { name } } }"
                        + " | workbooks databaseTablesConnection",
                "query A { workbooks { name } } query B { tableauUsers { name } }"
                        + " | workbooks tableauUsers",
                "{ ...F ... on Query { flows { name } } } fragment F on Query { ...G ...G }"
                        + " fragment G on Query { sheets { name } } | sheets flows",
                "{ __schema { types { name } } } | __schema",
            })
    void tellsWhichContentIsAskedFor(String document, String types) throws RefusedException {
        assertThat(GraphQlQuery.parse(document).contentTypes())
                .containsExactlyInAnyOrder(types.split(" "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "workbooks",
                "{ workbooks { name }",
                "{}",
                "mutation { workbooks { name } }",
                "subscription { workbooks { name } }",
                "query A { workbooks { name } } mutation B { x }",
                "type Query { a: String }",
                "{ workbooks { name } } extend type Query { a: String }",
                "fragment F on Query { workbooks { name } }",
                "{ ...F }",
                "{ ...F } fragment F on Query { ...F }",
                "{ ...F } fragment F on Query { ...G } fragment G on Query { ...F }",
                "{ ...F } fragment F on Query { a } fragment F on Query { b }",
            })
    void refusesWhatIsMoreThanAQueryOrNone(String document) {
        assertRefused(document);
    }

    @Test
    void boundsLengthTokensAndDepth() throws RefusedException {
        String fields = "a ".repeat(9_000);

        assertThat(GraphQlQuery.parse("{" + fields + "}").contentTypes()).containsExactly("a");
        assertRefused("{" + "a ".repeat(11_000) + "}");
        assertRefused("{ a(b: \"" + "x".repeat(1 << 18) + "\") }");
        assertRefused("{ a ".repeat(300) + "}".repeat(300));
    }

    @Test
    void entersEveryFragmentOnceHoweverOftenItIsSpread() throws RefusedException {
        StringBuilder document = new StringBuilder("{ ...F0 }");
        for (int i = 0; i < 60; i++) {
            document.append(
                    " fragment F" + i + " on Query { ...F" + (i + 1) + " ...F" + (i + 1) + " }");
        }
        document.append(" fragment F60 on Query { views { name } }");

        assertThat(GraphQlQuery.parse(document.toString()).contentTypes()).containsExactly("views");
    }

    private static void assertRefused(String document) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> GraphQlQuery.parse(document))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(Code.BAD_REQUEST))
                .withMessageNotContaining("graphql.");
    }
}

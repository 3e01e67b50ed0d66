package io.stagedoor.proxy.directory.synapse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AssignmentPageTest {

    private static final String ITEM =
            "{\"id\":\"a\",\"roleDefinitionId\":\"r\",\"principalId\":\"p\",\"scope\":\"s\"}";

    @Test
    void readsTheDocumentedShape() throws Exception {
        byte[] body =
                """
                {"count":2,"value":[
                 {"id":"a","roleDefinitionId":"r","principalId":"p","scope":"s",
                  "principalType":"User"},
                 {"scope":"s2","principalId":"p2","roleDefinitionId":"r2","id":"b"}]}
                """
                        .getBytes(UTF_8);

        assertThat(AssignmentPage.parse(body))
                .containsExactly(
                        new ListedAssignment("a", "r", "p", "s"),
                        new ListedAssignment("b", "r2", "p2", "s2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"Group\"", "\"0\"", "0", "null", "{\"a\":[1]}", "\"Robot\""})
    void takesAnyPrincipalType(String type) throws Exception {
        String item = ITEM.replace("}", ",\"principalType\":" + type + "}");

        assertThat(parse("{\"value\":[" + item + "]}")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"value\":[]}",
                "{\"count\":7,\"value\":[]}",
                "{\"other\":{\"value\":[1]},\"value\":[]}",
                "{\"nextLink\":null,\"value\":[]}"
            })
    void takesAnEmptyPage(String body) throws Exception {
        assertThat(parse(body)).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                  | expected an object",
                "null                                | expected an object",
                "'\"text\"'                          | expected an object",
                "{}                                  | expected a member `value`",
                "{\"Value\":[]}                      | expected a member `value`",
                "{\"value\":null}                    | expected an array as `value`",
                "{\"value\":{}}                      | expected an array as `value`",
                "{\"value\":\"[]\"}                  | expected an array as `value`",
                "{\"value\":[1]}                     | expected an object at index 0",
                "{\"value\":[null]}                  | expected an object at index 0",
                "{\"value\":[[]]}                    | expected an object at index 0",
                "{\"value\":[{}]}                    | expected a member `id` at index 0",
                "{\"value\":[{\"id\":7}]}            | expected a string as `id` at index 0",
                "{\"value\":[{\"scope\":null}]}      | expected a string as `scope` at index 0",
                "{\"value\":[{\"scope\":[\"s\"]}]}   | expected a string as `scope` at index 0",
                "{\"value\":[],\"value\":[]}         | Duplicate field 'value'",
                "{\"value\":[{\"id\":\"a\",\"id\":\"b\"}]} | Duplicate field 'id'",
                "{\"value\":[]}{}                    | something follows the end",
                "{\"value\":[]} x                    | Unrecognized token",
                "{\"value\":[                        | Unexpected end-of-input",
                "{\"value\":[],\"nextLink\":\"https://x/\"} | a `nextLink` is not part",
                "<html></html>                       | Unexpected character"
            })
    void refusesAnyOtherShape(String body, String fault) {
        assertThatThrownBy(() -> parse(body))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(ReadFault.of((IOException) e)).contains(fault));
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "roleDefinitionId", "principalId", "scope"})
    void refusesAnAssignmentThatLacksAPart(String missing) {
        String item = ITEM.replace("\"" + missing + "\"", "\"other\"");

        assertThatThrownBy(() -> parse("{\"value\":[" + item + "]}"))
                .hasMessage("expected a member `" + missing + "` at index 0");
    }

    @Test
    void refusesADuplicateNameInsideAMemberThatIsSkipped() {
        assertThatThrownBy(() -> parse("{\"other\":{\"a\":1,\"a\":2},\"value\":[]}"))
                .hasMessageContaining("Duplicate field");
    }

    @Test
    void refusesBottomlessNesting() {
        String deep = "[".repeat(100_000);

        assertThatThrownBy(() -> parse("{\"other\":" + deep))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void refusesAnEmptyBody() {
        assertThatThrownBy(() -> parse("")).hasMessage("expected an object");
    }

    @Test
    void refusesOctetsThatAreNotText() {
        byte[] body = ("{\"value\":[" + ITEM.replace("\"s\"", "\"#\"") + "]}").getBytes(UTF_8);
        for (int i = 0; i < body.length; i++) {
            if (body[i] == '#') {
                body[i] = (byte) 0xFF;
            }
        }

        assertThatThrownBy(() -> AssignmentPage.parse(body)).isInstanceOf(IOException.class);
    }

    @Test
    void readsOneAssignment() throws Exception {
        assertThat(AssignmentPage.parseOne(ITEM.getBytes(UTF_8)))
                .isEqualTo(new ListedAssignment("a", "r", "p", "s"));
        assertThatThrownBy(() -> AssignmentPage.parseOne((ITEM + ITEM).getBytes(UTF_8)))
                .hasMessageContaining("something follows");
    }

    private static int parse(String body) throws IOException {
        return AssignmentPage.parse(body.getBytes(UTF_8)).size();
    }
}

package io.stagedoor.policy.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ActionTest {

    private static final String WRITE = "Microsoft.Synapse/workspaces/notebooks/write";

    @Test
    void knowsFortySevenActions() {
        assertThat(Action.all()).hasSize(47).doesNotHaveDuplicates();
        assertThat(Action.all())
                .allSatisfy(a -> assertThat(Action.all().get(a.index())).isSameAs(a));
    }

    static List<Action> actions() {
        return Action.all();
    }

    @DisplayName("S8: an action matches without case")
    @ParameterizedTest
    @MethodSource("actions")
    void findsEachWithoutCase(Action action) {
        assertThat(Action.find(action.name().toUpperCase(Locale.ROOT))).containsSame(action);
        assertThat(Action.of(action.name().toLowerCase(Locale.ROOT))).isSameAs(action);
        assertThat(Action.ofShort(action.shortName())).isSameAs(action);
        assertThat(action).hasToString(action.name());
    }

    @DisplayName("S8: an action matches as a whole string, without wildcard or prefix")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "Microsoft.Synapse/workspaces/*",
                "Microsoft.Synapse/workspaces/notebooks/*",
                "Microsoft.Synapse/workspaces/notebooks",
                "Microsoft.Synapse/workspaces/notebooks/writes",
                " Microsoft.Synapse/workspaces/notebooks/write",
                "notebooks/write",
                "Microsoft.Synapse/workspaces/notebooksViewOutputs/action",
                "Microsoft.Synapse/workspaces/dataMappers/write",
                "Microsoft.Synapse/wor\u212aspaces/read"
            })
    void findsNothingElse(String name) {
        assertThat(Action.find(name)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Action.of(name))
                .withMessage("`" + name + "` is not a known action");
    }

    @Test
    void refusesUnknownShortNames() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Action.ofShort("notebook/write"))
                .withMessage("`notebook/write` is not a known action");
    }

    @Test
    void readIsReadOfTheWorkspace() {
        assertThat(Action.read().shortName()).isEqualTo("read");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "3|pipelines/write|table:3: `pipelines/write` does not begin with"
                        + " `Microsoft.Synapse/workspaces/`",
                "3|Microsoft.Synapse/workspaces/|table:3: `Microsoft.Synapse/workspaces/` does not"
                        + " begin with `Microsoft.Synapse/workspaces/`",
                "3|Microsoft.Synapse/workspaces/pipelines/*|table:3:"
                        + " `Microsoft.Synapse/workspaces/pipelines/*` is not one whole action: no"
                        + " wildcards, no blanks",
                "3|"
                        + WRITE
                        + " x|table:3: `"
                        + WRITE
                        + " x` is not one whole action: no"
                        + " wildcards, no blanks",
                "3|" + WRITE + "|table:3: `" + WRITE + "` stands here twice"
            })
    void complaintsAboutTheTableNameTheLine(int line, String text, String complaint) {
        StringReader table = new StringReader("# comment\n" + WRITE + "\n" + text + "\n");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ActionTable.parse(TextTable.read("table", table)))
                .withMessage(complaint)
                .withMessageContaining(":" + line + ":");
    }

    @Test
    void theTableNeedsRead() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> ActionTable.parse(TextTable.read("table", new StringReader(WRITE))))
                .withMessage("the table lacks `Microsoft.Synapse/workspaces/read`");
    }

    @Test
    void theTableHoldsAsManyActionsAsASetCan() {
        StringBuilder table = new StringBuilder();
        for (int i = 0; i < 65; i++) {
            table.append(Action.PREFIX).append("a").append(i).append("/write\n");
        }

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                ActionTable.parse(
                                        TextTable.read("t", new StringReader(table.toString()))))
                .withMessage("t:65: more than 64 actions do not fit an action set");
    }
}

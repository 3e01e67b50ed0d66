package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.scope.ItemType;
import java.io.IOException;
import java.io.StringReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListFilterTest {

    private static final String LIST = "A | GET /a | a | read | 200 | read @ any | %s | -";

    @Test
    void standsAmongOtherTraits() throws IOException {
        OperationTraits traits =
                parsed(
                        "tableau",
                        "list, filter(/workbooks/workbook/*,projects,/project/id), holds-secrets");

        ListFilter filter = traits.filter().orElseThrow();
        assertThat(filter.path()).containsExactly("workbooks", "workbook");
        assertThat(filter.kind()).isEqualTo(ItemType.PROJECT);
        assertThat(filter.namePath()).containsExactly("project", "id");
        assertThat(filter).hasToString("filter(/workbooks/workbook/*,projects,/project/id)");
        assertThat(traits.list()).isTrue();
        assertThat(traits.has(OperationFlag.HOLDS_SECRETS)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "list, filter(/value/*,linkedServices);expected filter",
                "list, filter(/value,linkedServices,/name);expected /name",
                "list, filter(/*,linkedServices,/name);expected /name",
                "list, filter(/value/*/x/*,linkedServices,/name);expected /name",
                "list, filter(/value/*,linkedServices,name);expected /name",
                "list, filter(/value/*,workspaces,/name);no kind of item",
                "list, filter(/value/*,projects,/name);below the platform",
                "filter(/value/*,linkedServices,/name);only a list",
                "list, filter(/v/*,credentials,/n), filter(/v/*,credentials,/n);one thing",
                "list, filter(;no known trait",
            })
    void saysWhatIsWrongWithIt(String traits, String complaint) {
        assertThatThrownBy(() -> parsed("synapse", traits)).hasMessageContaining(complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"LinkedService_GetLinkedServicesByWorkspace", "Credentials_ListByWorkspace"})
    void listsOfItemsThatRolesCanBeHeldAtHaveOne(String operation) {
        assertThat(
                        OperationCatalogue.synapse()
                                .operation(operation)
                                .orElseThrow()
                                .traits()
                                .filter())
                .isPresent();
    }

    private static OperationTraits parsed(String platform, String traits) throws IOException {
        String text = "platform " + platform + "\n" + LIST.replace("%s", traits);
        return OperationCatalogue.parse("test", new StringReader(text))
                .operations()
                .getFirst()
                .traits();
    }
}

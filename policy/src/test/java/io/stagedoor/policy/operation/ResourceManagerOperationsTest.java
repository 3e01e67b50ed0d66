package io.stagedoor.policy.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is open of Azure Resource Manager besides the calls of Data Factory. */
class ResourceManagerOperationsTest {

    private static final OperationCatalogue ABOVE = OperationCatalogue.azureResources();
    private static final OperationCatalogue ALL = OperationCatalogue.dataFactory().and(ABOVE);

    @ParameterizedTest
    @CsvSource({
        "/metadata/endpoints,                Metadata_GetEndpoints",
        "/tenants,                           Tenants_List",
        "/subscriptions,                     Subscriptions_List",
        "/subscriptions/s,                   Subscriptions_Get",
        "/Subscriptions/s/resourcegroups,    ResourceGroups_List",
        "/subscriptions/s/RESOURCEGROUPS/r,  ResourceGroups_Get",
        "/subscriptions/s/providers/microsoft.datafactory/locations/l/operationresults/o, "
                + "OperationResults_GetByLocation",
        "/subscriptions/s/providers/Microsoft.DataFactory/locations/l/operationstatuses/o, "
                + "OperationStatuses_GetByLocation",
        "/subscriptions/s/resourceGroups/r/providers/Microsoft.DataFactory/factories/f"
                + "/operationresults/o, OperationResults_GetByFactory",
        "/subscriptions/s/resourceGroups/r/providers/Microsoft.DataFactory/factories/f"
                + "/triggers/t/operationStatuses/o, OperationStatuses_GetByTrigger",
        "/subscriptions/s/resourcegroups/r/providers/Microsoft.DataFactory/factories/f"
                + "/integrationruntimes/i/operationresults/o, "
                + "OperationResults_GetByIntegrationRuntime",
        "/subscriptions/s/providers/Microsoft.DataFactory/factories, Factories_List",
    })
    void knowsWhatClientsNeedAboveAndBesideFactories(String path, String name) {
        assertThat(ALL.resolve("GET", segments(path)))
                .map(match -> match.operation().name())
                .contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /subscriptions/s/providers/Microsoft.DataFactory/register",
        "GET,  /subscriptions/s/providers/Microsoft.DataFactory",
        "GET,  /subscriptions/s/providers",
        "GET,  /subscriptions/s/providers/Microsoft.Sql/locations/l/operationResults/o",
        "GET,  /subscriptions/s/locations",
        "PUT,  /subscriptions/s/resourceGroups/r",
        "HEAD, /subscriptions/s/resourceGroups/r",
        "POST, /metadata/endpoints",
        "GET,  /metadata/identity",
    })
    void opensNothingMore(String method, String path) {
        assertThat(ALL.resolve(method, segments(path))).isEmpty();
    }

    @Test
    void letsWhoeverHoldsAnyRightLookAndNobodyDoMore() {
        assertThat(ABOVE.operations())
                .hasSize(14)
                .allMatch(one -> one.effect() == Effect.READ)
                .filteredOn(one -> !one.isSelfService())
                .hasSize(13)
                .allSatisfy(
                        one ->
                                assertThat(one.requirements())
                                        .extracting(Requirement::toString)
                                        .containsExactly("read @ any"));
    }

    @Test
    void answersWhereItIsItself() {
        assertThat(ABOVE.operation("Metadata_GetEndpoints"))
                .hasValueSatisfying(
                        one -> {
                            assertThat(one.isSelfService()).isTrue();
                            assertThat(one.traits().has(OperationFlag.BEFORE_SIGN_IN)).isTrue();
                        });
    }

    @Test
    void keepsTheOperationIdOfWhatIsPolled() {
        MatchedOperation match =
                ALL.resolve(
                                "GET",
                                segments(
                                        "/subscriptions/s/providers/Microsoft.DataFactory"
                                                + "/locations/l/operationResults/o1"))
                        .orElseThrow();

        assertThat(match.operation().traits().jobIds())
                .containsExactly(new JobIdRule("operation", JobIdRule.Where.PATH, "operationId"));
        assertThat(match.parameters()).containsEntry("operationId", "o1");
    }

    @Test
    void joinsOnlyCataloguesThatDoNotMeet() {
        OperationCatalogue tableau = OperationCatalogue.tableau();

        assertThat(ALL.operations()).hasSize(104 + 14);
        assertThatThrownBy(() -> ALL.and(tableau)).hasMessageContaining("different platforms");
        assertThatThrownBy(() -> ALL.and(ABOVE))
                .hasMessage("`Metadata_GetEndpoints` is in both catalogues");
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/"));
    }
}

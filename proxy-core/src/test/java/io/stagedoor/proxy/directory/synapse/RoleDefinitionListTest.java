package io.stagedoor.proxy.directory.synapse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.role.ActionSet;
import io.stagedoor.policy.role.FetchedRole;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.RootType;
import io.stagedoor.proxy.directory.testing.Listed;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RoleDefinitionListTest {

    private static final String ROLE =
            """
            {"id":"7572BFFE-f453-4b66-912a-46cc5ef38fda","name":"Synapse Something",
             "isBuiltIn":true,"description":"x\u200b","availabilityStatus":"Available",
             "permissions":[{"actions":["*"],"notActions":[],"dataActions":[
               "Microsoft.Synapse/workspaces/read",
               "microsoft.synapse/WORKSPACES/notebooks/write",
               "Microsoft.Synapse/workspaces/teleport/action"],
               "notDataActions":["Microsoft.Synapse/workspaces/notebooks/write"]}],
             "scopes":["workspaces/{workspaceName}",
               "workspaces/{workspaceName}/bigDataPools/{bigDataPoolName}",
               "galaxies/{galaxyName}"]}""";

    @Test
    void readsABareArray() throws Exception {
        FetchedRole role = parse("[" + ROLE + "]").getFirst();

        assertThat(role.definition().id()).isEqualTo(Listed.CONTRIBUTOR);
        assertThat(role.definition().name()).isEqualTo("Synapse Something");
        assertThat(role.definition().builtIn()).isTrue();
        assertThat(role.definition().assignableAt())
                .containsExactlyInAnyOrder(RootType.WORKSPACE, ItemType.BIG_DATA_POOL);
    }

    @Test
    void readsAWrappedArrayToo() throws Exception {
        assertThat(parse("{\"value\":[" + ROLE + "]}")).hasSize(1);
    }

    @Test
    void takesOutWhatTheRoleItselfExcepts() throws Exception {
        FetchedRole role = parse("[" + ROLE + "]").getFirst();

        assertThat(role.definition().actions())
                .isEqualTo(ActionSet.of(Action.of("Microsoft.Synapse/workspaces/read")));
    }

    @Test
    void reportsWhatIsNotUnderstood() throws Exception {
        FetchedRole role = parse("[" + ROLE + "]").getFirst();

        assertThat(role.unknownActions())
                .containsExactly("Microsoft.Synapse/workspaces/teleport/action");
        assertThat(role.unknownScopes()).containsExactly("galaxies/{galaxyName}");
    }

    @Test
    void readsAbsentListsAsEmpty() throws Exception {
        String role =
                "{\"id\":\"GUID\",\"name\":\"n\",\"permissions\":[{}],\"scopes\":null}"
                        .replace("GUID", Listed.CONTRIBUTOR);

        assertThat(parse("[" + role + "]").getFirst().definition().actions().isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "[]                                | expected an array of at least one",
                "{}                                | expected an array of at least one",
                "null                              | expected an array of at least one",
                "[1]                               | expected a string as `id`",
                "[{\"id\":\"x\",\"name\":\"n\"}]   | expected a GUID as `id`",
                "[ROLE,ROLE]                       | listed twice",
                "[{\"id\":\"GUID\"}]               | expected a string as `name`",
                "[{\"id\":\"GUID\",\"name\":\" \"}] | expected a string as `name`",
                "[{\"id\":\"GUID\",\"name\":\"n\"}] | expected an array as `permissions`",
                "[{\"id\":\"GUID\",\"name\":\"n\",\"permissions\":[{\"dataActions\":\"*\"}]}]"
                        + " | expected an array as `dataActions`",
                "[{\"id\":\"GUID\",\"name\":\"n\",\"permissions\":[{\"dataActions\":[1]}]}]"
                        + " | expected strings in `dataActions`",
                "[{\"id\":\"GUID\",\"id\":\"GUID\"}] | Duplicate field",
                "[] []                             | Trailing token"
            })
    void refusesAnyOtherShape(String body, String fault) {
        String json = body.replace("ROLE", ROLE).replace("GUID", Listed.CONTRIBUTOR);

        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(IOException.class)
                .satisfies(e -> assertThat(ReadFault.of((IOException) e)).contains(fault));
    }

    private static List<FetchedRole> parse(String body) throws IOException {
        return RoleDefinitionList.parse(body.getBytes(UTF_8));
    }
}

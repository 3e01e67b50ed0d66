package io.stagedoor.policy.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.RootType;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FetchedRoleTest {

    private static final String ID = "2A385764-43E8-416C-9825-7B18D05A2C4B";
    private static final String READ = "Microsoft.Synapse/workspaces/read";
    private static final String WRITE = "microsoft.synapse/workspaces/notebooks/WRITE";
    private static final String NEW = "Microsoft.Synapse/workspaces/dataMappers/write";
    private static final List<String> NONE = List.of();

    @Test
    void readsWhatTheServiceAnswers() {
        FetchedRole role =
                fetched(
                        List.of(READ, WRITE),
                        NONE,
                        List.of("workspaces/{w}", "workspaces/{w}/bigDataPools/{p}"));

        assertThat(role.unknownActions()).isEmpty();
        assertThat(role.unknownScopes()).isEmpty();
        assertThat(role.definition().id()).isEqualTo("2a385764-43e8-416c-9825-7b18d05a2c4b");
        assertThat(role.definition().name()).isEqualTo("Custom");
        assertThat(role.definition().actions())
                .isEqualTo(ActionSet.of(Action.read(), Action.ofShort("notebooks/write")));
        assertThat(role.definition().assignableAt())
                .containsExactlyInAnyOrder(RootType.WORKSPACE, ItemType.BIG_DATA_POOL);
    }

    @DisplayName("S3: notDataActions are taken out within the one role")
    @Test
    void takesExceptionsOut() {
        FetchedRole role = fetched(List.of(READ, WRITE), List.of(WRITE), NONE);

        assertThat(role.definition().actions()).isEqualTo(ActionSet.of(Action.read()));
    }

    @Test
    void reportsWhatItDoesNotKnowAndGoesOn() {
        FetchedRole role =
                fetched(
                        List.of(READ, NEW),
                        List.of("Microsoft.Synapse/workspaces/old/action"),
                        List.of("workspaces/{w}/sqlPools/{p}", "workspaces/{w}"));

        assertThat(role.unknownActions())
                .containsExactly(NEW, "Microsoft.Synapse/workspaces/old/action");
        assertThat(role.unknownScopes()).containsExactly("workspaces/{w}/sqlPools/{p}");
        assertThat(role.definition().actions()).isEqualTo(ActionSet.of(Action.read()));
        assertThat(role.definition().assignableAt()).containsExactly(RootType.WORKSPACE);
    }

    @DisplayName("S8: a wildcard grants nothing")
    @Test
    void aWildcardGrantsNothing() {
        FetchedRole role = fetched(List.of("Microsoft.Synapse/workspaces/*", READ), NONE, NONE);

        assertThat(role.definition().actions()).isEqualTo(ActionSet.of(Action.read()));
        assertThat(role.unknownActions()).containsExactly("Microsoft.Synapse/workspaces/*");
    }

    @Test
    void aWildcardAmongTheExceptionsLeavesNothing() {
        FetchedRole role = fetched(List.of(READ, WRITE), List.of("*/write"), NONE);

        assertThat(role.definition().actions().isEmpty()).isTrue();
        assertThat(role.unknownActions()).containsExactly("*/write");
    }

    @Test
    void refusesARoleWithoutIdOrName() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                FetchedRole.of(
                                        new FetchedRole.Answer(" ", "n", NONE, NONE, NONE, true)));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                FetchedRole.of(
                                        new FetchedRole.Answer(ID, "", NONE, NONE, NONE, true)));
    }

    private static FetchedRole fetched(
            List<String> dataActions, List<String> notDataActions, List<String> scopes) {
        return FetchedRole.of(
                new FetchedRole.Answer(ID, " Custom ", dataActions, notDataActions, scopes, false));
    }
}

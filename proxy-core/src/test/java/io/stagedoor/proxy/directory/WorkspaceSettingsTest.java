package io.stagedoor.proxy.directory;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.directory.testing.Listed;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "workspaces/ws1/bigDataPools/p, PT1M, PT1M, not a root scope",
        "workspaces/ws1, PT0S, PT1M, must be positive",
        "workspaces/ws1, PT1M, PT0S, must be positive",
        "workspaces/ws1, PT-1S, PT1M, must be positive"
    })
    void takesNoWorkspaceThatCouldNotBeRead(
            String scope, Duration poll, Duration age, String fault) {
        Scope root = Scope.parse(scope);

        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new WorkspaceSettings(
                                        "ws1", root, Listed.TENANT, SnapshotSource.LIVE, poll, age))
                .withMessageContaining(fault);
    }
}

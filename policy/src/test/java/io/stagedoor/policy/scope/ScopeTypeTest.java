package io.stagedoor.policy.scope;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTypeTest {

    @ParameterizedTest
    @CsvSource({
        "workspaces/{workspaceName}, workspaces",
        "workspaces/{workspaceName}/bigDataPools/{bigDataPoolName}, bigDataPools",
        "workspaces/{workspaceName}/scopePools/{scopePoolName}, scopePools",
        "workspaces/{workspaceName}/integrationRuntimes/{integrationRuntimeName}, integrationRuntimes",
        "workspaces/{workspaceName}/linkedServices/{linkedServiceName}, linkedServices",
        "workspaces/{workspaceName}/credentials/{credentialName}, credentials"
    })
    void readsTheTemplatesOfTheService(String template, String segment) {
        assertThat(ScopeType.ofTemplate(template).map(ScopeType::segment)).contains(segment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "workspaces",
                "clusters/{c}",
                "workspaces/{w}/sqlPools/{p}",
                "workspaces/{w}/projects/{p}",
                "workspaces/{w}/bigDataPools/{p}/jobs/{j}"
            })
    void knowsNoOtherTemplates(String template) {
        assertThat(ScopeType.ofTemplate(template)).isEmpty();
    }

    @Test
    void findsTypesByTheirSegmentWithoutCase() {
        assertThat(ScopeType.ofSegment("BIGDATAPOOLS")).contains(ItemType.BIG_DATA_POOL);
        assertThat(ScopeType.ofSegment("Sites")).contains(RootType.SITE);
        assertThat(ScopeType.ofSegment("notebooks")).isEmpty();
    }
}

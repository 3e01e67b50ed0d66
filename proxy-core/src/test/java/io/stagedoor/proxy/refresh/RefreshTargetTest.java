package io.stagedoor.proxy.refresh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RefreshTargetTest {

    @ParameterizedTest
    @CsvSource({
        "api/3.24/sites/s/datasources/AB-1/refresh, DATASOURCE",
        "api/3.24/sites/s/datasources/AB-1/createExtract, DATASOURCE",
        "api/3.24/sites/s/workbooks/AB-1/refresh, WORKBOOK",
        "api/3.24/sites/s/workbooks/AB-1/createExtract, WORKBOOK",
        "api/3.24/sites/s/flows/AB-1/run, FLOW",
        "api/3.24/sites/s/tasks/extractRefreshes/AB-1/runNow, EXTRACT_TASK",
        "api/3.24/sites/s/tasks/runFlow/AB-1/runNow, FLOW_TASK",
        "api/3.24/sites/s/tasks/linked/AB-1/runNow, LINKED_TASK",
        "API/3.24/Sites/s/DataSources/AB-1/REFRESH, DATASOURCE",
    })
    void knowsEveryCallThatReadsASource(String path, RefreshTarget.Kind kind) {
        assertThat(RefreshTarget.of("POST", List.of(path.split("/"))))
                .contains(new RefreshTarget(kind, "ab-1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "api/3.24/sites/s/datasources/a",
                "api/3.24/sites/s/datasources/a/refresh/b",
                "api/3.24/sites/s/workbooks/a/refreshThumbnails",
                "api/3.24/sites/s/views/a/refresh",
                "api/3.24/sites/s/flows/runs",
                "api/3.24/sites/s/tasks/extractRefreshes/a",
                "api/3.24/projects/s/datasources/a/refresh",
                "datasources/a/refresh",
            })
    void passesOverWhatRefreshesNothing(String path) {
        assertThat(RefreshTarget.of("POST", List.of(path.split("/")))).isEmpty();
    }

    @Test
    void aReadOfTheSamePathIsNoRefresh() {
        List<String> path = List.of("api/3.24/sites/s/datasources/a/refresh".split("/"));

        assertThat(RefreshTarget.of("GET", path)).isEmpty();
    }

    @Test
    void onlyATaskIsATask() {
        RefreshTarget task = new RefreshTarget(RefreshTarget.Kind.FLOW_TASK, "a");
        RefreshTarget flow = new RefreshTarget(RefreshTarget.Kind.FLOW, "a");

        assertThat(task.task()).contains("a");
        assertThat(task.content()).isEmpty();
        assertThat(flow.task()).isEmpty();
        assertThat(flow.content().map(Content::kind)).contains(ContentKind.FLOW);
    }
}

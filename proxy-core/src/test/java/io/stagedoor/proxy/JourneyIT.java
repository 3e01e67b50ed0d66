package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class JourneyIT {

    private static ProxyFixture fixture;

    @BeforeAll
    static void start() throws Exception {
        fixture = ProxyFixture.start();
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void permittedRunIsStartedAndAnsweredWithItsId() throws Exception {
        HttpResponse<String> answer =
                fixture.send(DemoCast.ENGINEER, "POST", "/pipelines/nightly/createRun");

        assertThat(answer.body()).contains("runId");
        assertThat(answer.statusCode()).isEqualTo(202);
    }

    @Test
    void refusedRunNamesWhatIsMissingAndTheSmallestRemedy() throws Exception {
        HttpResponse<String> answer =
                fixture.send(DemoCast.ANALYST, "POST", "/pipelines/nightly/createRun");

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body())
                .contains("credentials/useSecret/action")
                .contains("workspaces/demo/credentials/WorkspaceSystemIdentity")
                .contains("assign role `Synapse Credential User` at scope");
    }
}

package io.stagedoor.proxy.directory.synapse;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stagedoor.policy.operation.ScopeValue;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SynapseArtifactApiTest {

    @RegisterExtension static final FakeWorkspace WORKSPACE = new FakeWorkspace();

    private WorkspaceReader reader;
    private SynapseArtifactApi api;

    @BeforeEach
    void open() {
        reader = WORKSPACE.reader(new TestClock());
        api = new SynapseArtifactApi(reader);
    }

    @AfterEach
    void close() {
        reader.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "NOTEBOOK       | /notebooks/my%20book?api-version=2020-12-01",
                "JOB_DEFINITION | /sparkJobDefinitions/my%20book?api-version=2020-12-01",
                "NOTEBOOK_RUN   | /notebooks/runs/my%20book?api-version=2022-03-01-preview"
            })
    void asksForEachKindAtItsPlace(ArtifactKind kind, String target) throws Exception {
        String body =
                """
                {"properties":{"bigDataPool":{"referenceName":"p"},
                               "targetBigDataPool":{"referenceName":"p"}},
                 "result":{"sparkPool":"p"}}""";
        WORKSPACE.server().stubFor(get(urlEqualTo(target)).willReturn(json(body)));

        assertThat(api.poolOf(kind, "my book", Optional.empty()).pool())
                .isEqualTo(ScopeValue.text("p"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":\"p1\"}}}         | text",
                "{\"properties\":{\"x\":[1,2],\"bigDataPool\":{\"a\":1,\"referenceName\":\"p1\"},"
                        + "\"cells\":[{\"referenceName\":\"q\"}]},\"z\":{}}            | text",
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":{\"value\":\"@x\"}}}} | notText",
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":7}}}              | notText",
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":[\"p1\"]}}}       | notText",
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":null}}}           | absent",
                "{\"properties\":{\"bigDataPool\":null}}                               | absent",
                "{\"properties\":{\"cells\":[]}}                                       | absent",
                "{\"bigDataPool\":{\"referenceName\":\"p1\"}}                          | absent",
                "{}                                                                    | absent"
            })
    void readsThePoolAndNothingElse(String body, String found) throws Exception {
        serve(json(body));

        ScopeValue pool = api.poolOf(ArtifactKind.NOTEBOOK, "n", Optional.empty()).pool();

        assertThat(pool)
                .isEqualTo(
                        switch (found) {
                            case "text" -> ScopeValue.text("p1");
                            case "notText" -> ScopeValue.notText();
                            default -> ScopeValue.absent();
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":\"a\",\"referenceName\":\"b\"}}}",
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":\"a\"}},\"properties\":{}}",
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":\"a\"}}",
                "{\"properties\":{\"bigDataPool\":{\"referenceName\":\"a\"}}} {}",
                "{\"properties\":{\"cells\":[}"
            })
    void refusesABodyThatCanBeReadInTwoWays(String body) {
        serve(json(body));

        assertThatThrownBy(() -> api.poolOf(ArtifactKind.NOTEBOOK, "n", Optional.empty()))
                .isInstanceOf(WorkspaceReadException.class)
                .hasMessageStartingWith("the artefact is not readable");
    }

    @Test
    void saysThatAMissingArtefactNamesNoPool() throws Exception {
        serve(aResponse().withStatus(404));

        assertThat(api.poolOf(ArtifactKind.NOTEBOOK, "n", Optional.empty()).pool())
                .isEqualTo(ScopeValue.absent());
    }

    @Test
    void asksOnlyWhetherAKnownArtefactChanged() throws Exception {
        ArtifactPool known = new ArtifactPool(ScopeValue.text("p"), Optional.of("\"v1\""));
        WORKSPACE
                .server()
                .stubFor(
                        any(anyUrl())
                                .withHeader("if-none-match", equalTo("\"v1\""))
                                .willReturn(aResponse().withStatus(304)));

        assertThat(api.poolOf(ArtifactKind.NOTEBOOK, "n", Optional.of(known))).isEqualTo(known);
    }

    @Test
    void keepsTheVersionItRead() throws Exception {
        serve(json("{}").withHeader("etag", "\"v2\""));

        assertThat(api.poolOf(ArtifactKind.NOTEBOOK, "n", Optional.empty()).etag())
                .contains("\"v2\"");
    }

    @Test
    void doesNotTakeUnchangedForAnAnswerToAQuestionItDidNotAsk() {
        serve(aResponse().withStatus(304));

        assertThatThrownBy(() -> api.poolOf(ArtifactKind.NOTEBOOK, "n", Optional.empty()))
                .hasMessage("the workspace answered status 304");
    }

    private static void serve(ResponseDefinitionBuilder response) {
        WORKSPACE.server().stubFor(any(anyUrl()).willReturn(response));
    }

    private static ResponseDefinitionBuilder json(String body) {
        return aResponse().withHeader("content-type", "application/json").withBody(body);
    }
}

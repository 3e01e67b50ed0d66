package io.stagedoor.proxy.refresh.site;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.delete;
import static com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.stagedoor.proxy.refresh.testing.TestSite.BOOK;
import static io.stagedoor.proxy.refresh.testing.TestSite.OTHER;
import static io.stagedoor.proxy.refresh.testing.TestSite.SALES;
import static io.stagedoor.proxy.refresh.testing.TestSite.json;
import static io.stagedoor.proxy.refresh.testing.TestSite.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.refresh.Content;
import io.stagedoor.proxy.refresh.ContentKind;
import io.stagedoor.proxy.refresh.testing.TestSite;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class StaleWarningsTest {

    @RegisterExtension static final FakeWorkspace SERVER = new FakeWorkspace();

    private static final String LIST = path("dataQualityWarnings/datasource/" + SALES);
    private static final String OURS =
            "{\"id\":\"" + OTHER + "\",\"type\":\"STALE\",\"message\":\"x [stagedoor:s1]\"}";
    private static final String PEOPLES =
            "{\"id\":\"" + BOOK + "\",\"type\":\"STALE\",\"message\":\"ask Ada\"}";
    private static final Content DATA =
            new Content(ContentKind.DATASOURCE, SALES, Optional.empty());

    private HttpTableauCalls calls;
    private StaleWarnings warnings;

    @BeforeEach
    void open() {
        calls = TestSite.calls(SERVER, TestSite.session());
        warnings = new StaleWarnings(calls, "s1");
        SERVER.server().stubFor(post(anyUrl()).willReturn(json("{}")));
        SERVER.server().stubFor(delete(anyUrl()).willReturn(aResponse().withStatus(204)));
    }

    @AfterEach
    void close() {
        warnings.close();
        calls.close();
    }

    @Test
    void contentThatIsHeldBackGetsAWarningWithOurMark() {
        listed("{}");

        warnings.show(DATA);

        await().untilAsserted(
                        () ->
                                SERVER.server()
                                        .verify(
                                                1,
                                                postRequestedFor(urlEqualTo(LIST))
                                                        .withRequestBody(
                                                                matchingJsonPath(
                                                                        "$.dataQualityWarning[?(@.type"
                                                                                + " == 'STALE' &&"
                                                                                + " @.message =~"
                                                                                + " /.*\\[stagedoor:s1\\]/)]"))));
    }

    @Test
    void aWarningThatIsThereAlreadyIsNotSetAgain() {
        listed("{\"dataQualityWarning\":[" + PEOPLES + "," + OURS + "]}");

        warnings.show(DATA);

        await().untilAsserted(() -> SERVER.server().verify(1, getRequestedFor(urlEqualTo(LIST))));
        settle();
        SERVER.server().verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void onlyOursIsRemoved() {
        listed("{\"dataQualityWarning\":[" + PEOPLES + "," + OURS + "]}");

        warnings.remove(DATA);

        await().untilAsserted(
                        () ->
                                SERVER.server()
                                        .verify(
                                                1,
                                                deleteRequestedFor(
                                                        urlEqualTo(
                                                                path(
                                                                        "dataQualityWarnings/"
                                                                                + OTHER)))));
        SERVER.server().verify(1, deleteRequestedFor(anyUrl()));
    }

    @Test
    void aWarningOfPeopleStays() {
        listed("{\"dataQualityWarning\":[" + PEOPLES + "]}");

        warnings.remove(DATA);

        settle();
        SERVER.server().verify(1, getRequestedFor(urlEqualTo(LIST)));
        SERVER.server().verify(0, deleteRequestedFor(anyUrl()));
    }

    @Test
    void whatIsKnownIsNotAskedForAgain() {
        listed("{}");

        warnings.remove(DATA);
        settle();
        warnings.remove(DATA);
        settle();

        SERVER.server().verify(1, getRequestedFor(urlEqualTo(LIST)));
    }

    @Test
    void workbooksHaveNoWarnings() {
        warnings.show(new Content(ContentKind.WORKBOOK, BOOK, Optional.empty()));
        settle();

        assertThat(warnings.failures()).isEqualTo(1);
        SERVER.server().verify(0, postRequestedFor(anyUrl()));
    }

    @Test
    void aFailureIsCountedAndNothingElse() {
        SERVER.server().stubFor(get(anyUrl()).willReturn(aResponse().withStatus(403)));

        warnings.show(DATA);
        warnings.show(DATA);

        await().untilAsserted(() -> assertThat(warnings.failures()).isEqualTo(2));
    }

    /** Turns are taken one after the other: when a failing one is counted, all before it are over. */
    private void settle() {
        long before = warnings.failures();
        Content unknown = new Content(ContentKind.FLOW, BOOK, Optional.empty());
        warnings.show(unknown);
        await().until(() -> warnings.failures() > before);
    }

    private static void listed(String list) {
        ResponseDefinitionBuilder answer = json("{\"dataQualityWarningList\":" + list + "}");
        SERVER.server().stubFor(get(urlEqualTo(LIST)).willReturn(answer));
    }
}

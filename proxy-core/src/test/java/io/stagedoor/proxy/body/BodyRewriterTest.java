package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagedoor.policy.operation.Operation;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyRewriterTest {

    private static final LinkRewriter LINKS =
            LinkRewriter.of(
                    List.of(URI.create("https://up.example")), "https://h/p", ForeignLinks.IGNORED);
    private static final Operation LIST = Operations.named("Pipeline_GetPipelinesByWorkspace");
    private static final Operation WORKSPACE = Operations.named("Workspace_Get");
    private static final Operation RUN = Operations.named("Pipeline_CreatePipelineRun");
    private static final ResponseHead JSON =
            new ResponseHead(200, Fields.of("Content-Type", "application/json"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"nextLink\":\"https://up.example/x?a=b\"}|{\"nextLink\":\"https://h/p/x?a=b\"}",
                "{ \"value\" : [ ] , \"nextLink\" :\t\"https://up.example/x\" }|{ \"value\" : [ ] , \"nextLink\" :\t\"https://h/p/x\" }",
                "{\"next\\u004cink\":\"https:\\/\\/up.example\\/x\"}|{\"next\\u004cink\":\"https://h/p/x\"}",
                "{\"nextLink\":\"\\u0068ttps://up.example/\\u0041\"}|{\"nextLink\":\"https://h/p/A\"}",
                "{\"nextLink\":\"https://up.example/\\\"é\"}|{\"nextLink\":\"https://h/p/\\\"é\"}",
                "{\"nextLink\":\"https://up.example/1\",\"nextLink\":\"https://up.example/2\"}|{\"nextLink\":\"https://h/p/1\",\"nextLink\":\"https://h/p/2\"}",
                "{\"NextLink\":\"https://up.example/x\"}|{\"NextLink\":\"https://h/p/x\"}",
                "{\"@odata.nextLink\":\"https://up.example/x\"}|{\"@odata.nextLink\":\"https://h/p/x\"}",
                "{\"nextLink\":\"/x\"}|{\"nextLink\":\"/p/x\"}",
                "{\"é\":\"日本\",\"nextLink\":\"https://up.example/x\",\"z\":1e5}|{\"é\":\"日本\",\"nextLink\":\"https://h/p/x\",\"z\":1e5}",
            })
    void rewritesNextLinksAndNoOtherOctet(String body, String rewritten) throws RefusedException {
        assertThat(rewrite(LIST, body)).isEqualTo(rewritten);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "  ",
                "[]",
                "[{\"nextLink\":\"https://evil.example/\"}]",
                "{\"nextLink\":null}",
                "{\"nextLink\":\"\"}",
                "{\"nextLink\":\"?page=2\"}",
                "{\"value\":[{\"nextLink\":\"https://evil.example/\"}]}",
                "{\"value\":{\"nextLink\":\"https://evil.example/\"}, \"a\" : 1.50}",
                "{\"nextLinks\":\"https://evil.example/\"}",
            })
    void leavesEveryOtherBodyAlone(String body) throws RefusedException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);

        assertThat(new BodyRewriter(LINKS, LinkRules.USUAL, LIST).rewrite(JSON, octets))
                .isSameAs(octets);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"nextLink\":\"https://evil.example/\"}",
                "{\"nextLink\":\"https://up.example/\",\"nextLink\":\"https://evil.example/\"}",
                "{\"next\\u004Cink\":\"https://evil.example/\"}",
                "{\"nextLink\":\"https:\\/\\/evil.example\\/\"}",
                "{\"nextLink\":\"https://up.example\\u0040evil.example/\"}",
                "{\"NEXTLINK\":\"https://evil.example/\"}",
                "{\"odata.nextLink\":\"https://evil.example/\"}",
                "{\"nextLink\":7}",
                "{\"nextLink\":{\"href\":\"https://evil.example/\"}}",
                "{\"nextLink\":[\"https://evil.example/\"]}",
                "{\"value\":[",
                "{\"a\":1} {\"nextLink\":\"https://evil.example/\"}",
                "{'nextLink':'https://evil.example/'}",
                "not json",
                "\u0000{",
            })
    void failsClosedOnALinkThatLeadsAwayOrMayHide(String body) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> rewrite(LIST, body))
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(Code.FOREIGN_LOCATION));
    }

    @Test
    void readsPastAByteOrderMark() throws RefusedException {
        assertThat(rewrite(LIST, "\ufeff {\"nextLink\":\"https://up.example/x\"}"))
                .isEqualTo("\ufeff {\"nextLink\":\"https://h/p/x\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE"})
    void failsClosedOnOtherEncodingsOfJson(String charset) {
        byte[] octets =
                "{\"nextLink\":\"https://evil.example/\"}"
                        .getBytes(java.nio.charset.Charset.forName(charset));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () -> new BodyRewriter(LINKS, LinkRules.USUAL, LIST).rewrite(JSON, octets));
    }

    @Test
    void failsClosedOnACodedBody() {
        ResponseHead coded =
                JSON.withFields(
                        Fields.of("Content-Type", "application/json", "Content-Encoding", "gzip"));

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () ->
                                new BodyRewriter(LINKS, LinkRules.USUAL, LIST)
                                        .rewrite(coded, new byte[] {31}));
    }

    @Test
    void leavesTextThatIsNotJsonAlone() throws RefusedException {
        ResponseHead html = new ResponseHead(200, Fields.of("Content-Type", "text/html"));
        byte[] octets = "<a href=x>".getBytes(StandardCharsets.UTF_8);

        assertThat(new BodyRewriter(LINKS, LinkRules.USUAL, LIST).rewrite(html, octets))
                .isSameAs(octets);
    }

    @Test
    void readsWhatLooksLikeJsonWhateverItsType() {
        ResponseHead untyped = new ResponseHead(200, Fields.none());
        byte[] octets = "{\"nextLink\":\"https://evil.example/\"}".getBytes(StandardCharsets.UTF_8);

        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () ->
                                new BodyRewriter(LINKS, LinkRules.USUAL, LIST)
                                        .rewrite(untyped, octets));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"connectivityEndpoints\":{\"dev\":\"https://ws1.dev.azuresynapse.net\",\"web\":\"https://w\"}}|{\"connectivityEndpoints\":{\"dev\":\"https://h/p\",\"web\":\"https://w\"}}",
                "{\"properties\":{\"connectivityEndpoints\":{\"sql\":\"s\", \"dev\" : \"x\"}}}|{\"properties\":{\"connectivityEndpoints\":{\"sql\":\"s\", \"dev\" : \"https://h/p\"}}}",
                "{\"dev\":\"x\",\"a\":{\"connectivityEndpoints\":{\"dev\":\"x\"}}}|{\"dev\":\"x\",\"a\":{\"connectivityEndpoints\":{\"dev\":\"x\"}}}",
                "{\"connectivityEndpoints\":{\"dev\":null}}|{\"connectivityEndpoints\":{\"dev\":null}}",
                "{\"nextLink\":\"https://evil.example\"}|{\"nextLink\":\"https://evil.example\"}",
            })
    void showsTheProxyAsTheDevEndpointOfAWorkspace(String body, String rewritten)
            throws RefusedException {
        assertThat(rewrite(WORKSPACE, body)).isEqualTo(rewritten);
    }

    @Test
    void showsTheConfiguredNamesAsTheSqlEndpointsAndNoOther() throws RefusedException {
        LinkRules rules = new LinkRules(Map.of("sql", "ws1.sql.proxy.example"), false);
        String body =
                "{\"connectivityEndpoints\":{\"web\":\"https://w\",\"dev\":\"d\",\"sql\":\"s\","
                        + "\"sqlOnDemand\":\"o\"}}";

        assertThat(rewrite(rules, WORKSPACE, body))
                .isEqualTo(
                        "{\"connectivityEndpoints\":{\"web\":\"https://w\",\"dev\":\"https://h/p\","
                                + "\"sql\":\"ws1.sql.proxy.example\",\"sqlOnDemand\":\"o\"}}");
    }

    @Test
    void takesTheLinksToSparksPagesOutWhereThatIsWanted() throws RefusedException {
        LinkRules strip = new LinkRules(Map.of(), true);
        Operation batch = Operations.named("SparkBatch_GetSparkBatchJob");
        String body =
                "{\"id\":7,\"appInfo\":{\"driverLogUrl\":\"https://in.side/\\\"x\",\"sparkUiUrl\":null},"
                        + "\"log\":[\"driverLogUrl\"],\"driverLogUrl\":\"kept\"}";

        assertThat(rewrite(strip, batch, body))
                .isEqualTo(
                        "{\"id\":7,\"appInfo\":{\"driverLogUrl\":null,\"sparkUiUrl\":null},"
                                + "\"log\":[\"driverLogUrl\"],\"driverLogUrl\":\"kept\"}");
        assertThat(BodyUse.ofResponse(batch, strip)).isEqualTo(BodyUse.REWRITE);
        assertThat(BodyUse.ofResponse(batch, LinkRules.USUAL)).isEqualTo(BodyUse.OBSERVE);
    }

    @Test
    void rewritesALinkBehindTenMegabytesInOneLine() throws RefusedException {
        String begun = "{\"value\":[\"" + "é".repeat(5 << 20) + "\"],\"nextLink\":\"https://";

        assertThat(rewrite(LIST, begun + "up.example/2\"}").endsWith("\"https://h/p/2\"}"))
                .isTrue();
    }

    @Test
    void failsClosedOnAnAnswerThatIsNestedBeyondMeasure() {
        String deep = "{\"value\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        assertThatExceptionOfType(RefusedException.class).isThrownBy(() -> rewrite(LIST, deep));
    }

    @Test
    void tellsWhereTheLinkStoodThatLedAway() {
        List<String> places = new ArrayList<>();
        LinkRewriter links =
                LinkRewriter.of(
                        List.of(URI.create("https://up.example")), "https://h", places::add);
        BodyRewriter rewriter = new BodyRewriter(links, LinkRules.USUAL, LIST);

        for (String body :
                List.of("{\"nextLink\":\"https://evil.example/\"}", "{\"nextLink\":[]}")) {
            assertThatExceptionOfType(RefusedException.class)
                    .isThrownBy(
                            () -> rewriter.rewrite(JSON, body.getBytes(StandardCharsets.UTF_8)));
        }
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> links.rewrite(Fields.of("Azure-AsyncOperation", "http://x")));
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> links.rewrite(Fields.of("Link", "<https://x/>")));

        assertThat(places).containsExactly("nextLink", "body", "azure-asyncoperation", "link");
    }

    @Test
    void appliesToTheSuccessesOfOperationsThatAnswerWithLinks() {
        assertThat(new BodyRewriter(LINKS, LinkRules.USUAL, LIST).appliesTo(JSON)).isTrue();
        assertThat(new BodyRewriter(LINKS, LinkRules.USUAL, WORKSPACE).appliesTo(JSON)).isTrue();
        assertThat(new BodyRewriter(LINKS, LinkRules.USUAL, RUN).appliesTo(JSON)).isFalse();
        assertThat(
                        new BodyRewriter(LINKS, LinkRules.USUAL, LIST)
                                .appliesTo(new ResponseHead(404, Fields.none())))
                .isFalse();
        assertThat(new BodyRewriter(LINKS, LinkRules.USUAL, LIST).tooLong().code())
                .isEqualTo(Code.FOREIGN_LOCATION);
    }

    @Test
    void saysWhatIsDoneWithEachBody() {
        assertThat(BodyUse.ofResponse(LIST, LinkRules.USUAL)).isEqualTo(BodyUse.REWRITE);
        assertThat(BodyUse.ofResponse(WORKSPACE, LinkRules.USUAL)).isEqualTo(BodyUse.REWRITE);
        assertThat(BodyUse.ofResponse(RUN, LinkRules.USUAL)).isEqualTo(BodyUse.OBSERVE);
        assertThat(BodyUse.ofResponse(Operations.named("Notebook_GetNotebook"), LinkRules.USUAL))
                .isEqualTo(BodyUse.STREAM);
        assertThat(
                        BodyUse.ofRequest(
                                Operations.named(
                                        "DataFlowDebugSession_DeleteDataFlowDebugSession")))
                .isEqualTo(BodyUse.OBSERVE);
        assertThat(BodyUse.ofRequest(RUN).reads()).isFalse();
    }

    private static String rewrite(Operation operation, String body) throws RefusedException {
        return rewrite(LinkRules.USUAL, operation, body);
    }

    private static String rewrite(LinkRules rules, Operation operation, String body)
            throws RefusedException {
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);
        byte[] rewritten = new BodyRewriter(LINKS, rules, operation).rewrite(JSON, octets);
        return new String(rewritten, StandardCharsets.UTF_8);
    }
}

package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.http.RefusalResponse.Context;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

class TableauErrorBodyTest {

    private static final Context XML =
            Context.of("d-1", Optional.of("c-1")).in(Dialect.TABLEAU_XML);
    private static final Context JSON = XML.in(Dialect.TABLEAU_JSON);
    private static final Explanation WHY =
            new Explanation(
                    "alice",
                    List.of(new Explanation.Missing("artifacts/read", "sites/main")),
                    List.of(
                            new Explanation.Remedy(
                                    List.of(new Explanation.Assignment("Reader", "sites/main"))),
                            new Explanation.Remedy(
                                    List.of(
                                            new Explanation.Assignment("A", "sites/main"),
                                            new Explanation.Assignment(
                                                    "B", "sites/main/projects/p")))));

    @ParameterizedTest
    @CsvSource({
        "TOKEN_MISSING, 401000",
        "TOKEN_EXPIRED, 401002",
        "TOKEN_WRONG_AUDIENCE, 401002",
        "NOT_PERMITTED, 403004",
        "GUARDRAIL, 403004",
        "UNKNOWN_OPERATION, 403004",
        "NO_ROUTE, 404000",
        "BAD_REQUEST, 400000",
        "AMBIGUOUS_TARGET, 400000",
        "ID_TAKEN, 409000",
        "RATE_LIMITED, 429000",
        "FOREIGN_LOCATION, 502000",
        "CREDENTIAL_UNAVAILABLE, 502000",
        "STALE_SNAPSHOT, 503000",
        "INTERNAL, 500000",
    })
    void codeIsTheStatusAndTableausDigits(Code code, String digits) throws Exception {
        Answer answer = RefusalResponse.of(Refusal.of(code, "why"), XML);

        assertThat(error(answer).getAttribute("code")).isEqualTo(digits);
        assertThat(digits).startsWith(Integer.toString(answer.status()));
    }

    @ParameterizedTest
    @EnumSource(Code.class)
    void xmlAndJsonSayTheSame(Code code) throws Exception {
        Refusal refusal = Refusal.of(code, "why", "what next");

        Element xml = error(RefusalResponse.of(refusal, XML.explainedBy(WHY)));
        Answer answer = RefusalResponse.of(refusal, JSON.explainedBy(WHY));
        JsonNode json = new ObjectMapper().readTree(answer.octets()).get("error");

        assertThat(json.get("code").asText()).isEqualTo(xml.getAttribute("code"));
        assertThat(json.get("summary").asText()).isEqualTo(text(xml, "summary")).isNotBlank();
        assertThat(json.get("detail").asText()).isEqualTo(text(xml, "detail")).contains("d-1");
        assertThat(answer.fields().first("content-type"))
                .contains("application/json; charset=utf-8");
    }

    @Test
    void saysWhatIsMissingAndWhatWouldDo() throws Exception {
        Answer answer =
                RefusalResponse.of(
                        Refusal.of(Code.NOT_PERMITTED, "no role gives this", "ask the owners"),
                        XML.explainedBy(WHY));

        assertThat(text(error(answer), "detail"))
                .isEqualTo(
                        "not_permitted: no role gives this. Missing: action artifacts/read at scope"
                                + " sites/main. What would do: assign role `Reader` at scope"
                                + " `sites/main`; or assign role `A` at scope `sites/main` and"
                                + " assign role `B` at scope `sites/main/projects/p`. Help: ask the"
                                + " owners. Decision: d-1.");
        assertThat(answer.fields().first("content-type"))
                .contains("application/xml; charset=utf-8");
        assertThat(answer.fields().first("content-length"))
                .contains(Integer.toString(answer.octets().length));
        assertThat(answer.fields().first("x-stagedoor-decision-id")).contains("d-1");
        assertThat(answer.fields().has("x-ms-error-code")).isFalse();
    }

    @Test
    void tellsNoFaultOfATokenThatWasSentFromAnother() {
        Set<String> bodies =
                Stream.of(Code.values())
                        .filter(Code::isTokenFault)
                        .filter(code -> code != Code.TOKEN_MISSING)
                        .map(code -> Refusal.of(code, "the secret reason " + code, "help " + code))
                        .map(refusal -> RefusalResponse.of(refusal, XML).body())
                        .collect(Collectors.toSet());

        assertThat(bodies).hasSize(1);
        assertThat(bodies.iterator().next()).doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</detail></error><error code=\"200000\"/>",
                "]]> & &amp; <!-- --> <![CDATA[",
                "\"'`\u0000\u0001\u001f\u007f\u0085\ufffe\uffff",
                "\r\n\t lines",
                "\ud800 alone, and \udc00",
                "\ud83d\ude00 pair",
                "&#0; &xxe; <?xml version=\"1.1\"?>",
            })
    void hostileTextStaysTextInXmlThatParses(String hostile) throws Exception {
        Element error = error(RefusalResponse.of(Refusal.of(Code.BAD_REQUEST, hostile), XML));

        assertThat(error.getParentNode().getChildNodes().getLength()).isEqualTo(1);
        assertThat(error.getElementsByTagName("*").getLength()).isEqualTo(2);
        assertThat(text(error, "detail"))
                .contains(
                        hostile.replaceAll(
                                        "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]", "\ufffd")
                                .replaceAll("\\p{Cs}", "\ufffd"));
    }

    private static Element error(Answer answer) throws Exception {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root =
                factory.newDocumentBuilder()
                        .parse(new ByteArrayInputStream(answer.octets()))
                        .getDocumentElement();
        assertThat(root.getLocalName()).isEqualTo("tsResponse");
        assertThat(root.getNamespaceURI()).isEqualTo("http://tableau.com/api");
        return (Element) root.getFirstChild();
    }

    private static String text(Element error, String name) {
        return error.getElementsByTagName(name).item(0).getTextContent();
    }
}

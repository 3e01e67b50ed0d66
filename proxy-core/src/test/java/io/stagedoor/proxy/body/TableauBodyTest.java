package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagedoor.policy.operation.ContentKind;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of Tableau's bodies: JSON, XML, and the first part of a publish. */
class TableauBodyTest {

    private static final ScopeInputReader READER =
            new ScopeInputReader(ScopeInputReader.DEFAULT_LIMIT);
    private static final String PROJECT = "/workbook/project/id";
    private static final List<ScopeInput> INPUTS = List.of(new ScopeInput.BodyField(PROJECT));
    private static final String XML =
            "<tsRequest><workbook name=\"a\"><project id=\"p1\"/></workbook></tsRequest>";
    private static final String JSON =
            "{\"workbook\":{\"name\":\"a\",\"project\":{\"id\":\"p1\"}}}";

    @ParameterizedTest
    @ValueSource(
            strings = {
                XML,
                "<?xml version='1.0' encoding='utf-8'?>\n" + XML + "\n",
                "<tsRequest xmlns=\"http://tableau.com/api\"><workbook><project id='p1'/>"
                        + "</workbook></tsRequest>",
                "<t:tsRequest xmlns:t=\"http://tableau.com/api\"><t:workbook><t:project id='p1'/>"
                        + "</t:workbook></t:tsRequest>",
                "<tsRequest xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\""
                        + " xsi:schemaLocation=\"http://tableau.com/api x.xsd\">"
                        + "<workbook><project id=\"p1\"/></workbook></tsRequest>",
                "<tsRequest><!-- <project id=\"no\"/> --><workbook><connections><connection"
                        + " id=\"c\"/><connection id=\"d\"/></connections>"
                        + "<project id=\"&#112;1\"/><![CDATA[<project/>]]></workbook></tsRequest>",
                "<tsRequest><datasource><project id='no'/></datasource><workbook>"
                        + "<project id='p1'/></workbook></tsRequest>",
            })
    void readsAnAttributeByThePointerOfItsJson(String body) throws RefusedException {
        assertThat(read("text/xml", body)).isEqualTo(Map.of(PROJECT, "p1"));
        assertThat(read("application/json", JSON)).isEqualTo(Map.of(PROJECT, "p1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<tsRequest/>",
                "<tsRequest><workbook/></tsRequest>",
                "<tsRequest><workbook><project name='p1'/></workbook></tsRequest>",
                "<tsRequest><project id='p1'/></tsRequest>",
                "<tsRequest><a><workbook><project id='p1'/></workbook></a></tsRequest>",
                "<tsRequest><workbook><a><project id='p1'/></a></workbook></tsRequest>",
            })
    void saysThatAFieldIsAbsent(String body) throws RefusedException {
        assertThat(read("application/xml", body)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "x",
                "<tsRequest>",
                "<workbook><project id='p1'/></workbook>",
                "<TsRequest/>",
                "<tsRequest/><tsRequest/>",
                "<tsRequest/>x",
                "\ufeff<tsRequest/>",
                "<?xml version='1.0' encoding='utf-16'?><tsRequest/>",
                "<?xml version='1.1'?><tsRequest/>",
                "<?evil x?><tsRequest/>",
                "<!DOCTYPE tsRequest><tsRequest/>",
                "<!DOCTYPE tsRequest [<!ENTITY p \"p1\">]>"
                        + "<tsRequest><workbook><project id='&p;'/></workbook></tsRequest>",
                "<!DOCTYPE tsRequest SYSTEM \"file:///etc/passwd\"><tsRequest/>",
                "<tsRequest><workbook><project id='&p;'/></workbook></tsRequest>",
                "<tsRequest>&p;</tsRequest>",
                "<tsRequest><workbook><project id='p1' id='p2'/></workbook></tsRequest>",
                "<tsRequest><workbook><project id='p1'/><project id='p2'/></workbook></tsRequest>",
                "<tsRequest><workbook/><workbook><project id='p1'/></workbook></tsRequest>",
                "<tsRequest><workbook><Project id='p1'/></workbook></tsRequest>",
                "<tsRequest><WORKBOOK><project id='p1'/></WORKBOOK></tsRequest>",
                "<tsRequest><workbook><project ID='p1'/></workbook></tsRequest>",
                "<tsRequest><workbook><project><id>p1</id></project></workbook></tsRequest>",
                "<tsRequest><workbook project='p1'/></tsRequest>",
                "<tsRequest workbook='p1'/>",
                "<tsRequest xmlns:e='urn:e'><workbook><e:project id='p1'/></workbook></tsRequest>",
                "<tsRequest xmlns:e='urn:e'><workbook><project e:id='p1'/></workbook></tsRequest>",
                "<tsRequest xmlns='urn:e'><workbook><project id='p1'/></workbook></tsRequest>",
                "<e:tsRequest/>",
                "<tsRequest><workbook><project id='p&#9;1'/></workbook></tsRequest>",
                "<tsRequest><workbook><project id='p&#0;1'/></workbook></tsRequest>",
                JSON,
            })
    void refusesXmlThatTwoReadersMayReadDifferently(String body) {
        assertRefused("text/xml", body);
    }

    @Test
    void boundsHowDeepXmlIsNested() throws RefusedException {
        String deep = "<a>".repeat(63) + "</a>".repeat(63);

        assertThat(read("text/xml", "<tsRequest>" + deep + "</tsRequest>")).isEmpty();
        assertRefused("text/xml", "<tsRequest><a>" + deep + "</a></tsRequest>");
    }

    @ParameterizedTest
    @CsvSource({"SYNAPSE, text/xml", "DATA_FACTORY, multipart/mixed; boundary=b"})
    void readsXmlAndPartsOfTableauAlone(Platform platform, String type) {
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(() -> READER.checkHead(head(type, "Content-Length", "2"), platform));
    }

    @Test
    void readsThePayloadOfAPublish() throws RefusedException {
        String file =
                part(
                        "name=\"tableau_workbook\"; filename=\"a b.twb\"",
                        "application/octet-stream",
                        "\r\n\0--");

        for (String disposition :
                List.of("form-data; name=\"request_payload\"", "name=\"request_payload\"")) {
            assertThat(publish(part(disposition, "text/xml", XML) + file))
                    .isEqualTo(Map.of(PROJECT, "p1"));
            assertThat(publish(part(disposition, "application/json", JSON) + file))
                    .isEqualTo(Map.of(PROJECT, "p1"));
        }
    }

    @Test
    void refusesAPublishThatTwoReadersMayReadDifferently() {
        String good = part("name=\"request_payload\"", "text/xml", XML);
        String file = part("name=\"tableau_workbook\"; filename=\"a\"", "a/b", "x");

        for (String body :
                List.of(
                        "",
                        "--B--\r\n",
                        "preamble\r\n" + good + "--B--\r\n",
                        file + good + "--B--\r\n",
                        file + "--B--\r\n",
                        good + good + "--B--\r\n",
                        good + part("name=\"Request_Payload\"", "text/xml", XML) + "--B--\r\n",
                        good + file,
                        good + "--B--\r\nepilogue",
                        good + "--Bx\r\n--B--\r\n",
                        part("name=\"REQUEST_PAYLOAD\"", "text/xml", XML) + "--B--\r\n",
                        part("name=\"request_payload\"; name=\"x\"", "text/xml", XML) + "--B--\r\n",
                        part("name=\"x\\\"; name=\"request_payload\"", "text/xml", XML)
                                + "--B--\r\n",
                        part("name=\"request_payload\"", "text/plain", XML) + "--B--\r\n",
                        part("name=\"request_payload\"", "multipart/mixed; boundary=B", XML)
                                + "--B--\r\n",
                        part(
                                        "name=\"request_payload\"\r\nContent-Transfer-Encoding: base64",
                                        "text/xml",
                                        XML)
                                + "--B--\r\n",
                        part("name=\"request_payload\"\r\nContent-Type: text/xml", "text/xml", XML)
                                + "--B--\r\n",
                        part("name=\"request_payload\"\r\n folded", "text/xml", XML) + "--B--\r\n",
                        "--B\r\n\r\n" + XML + "\r\n--B--\r\n",
                        good.replace("\r\n", "\n") + "--B--\r\n",
                        good + file.repeat(8) + "--B--\r\n")) {
            assertRefused("multipart/mixed; boundary=B", body);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "multipart/mixed",
                "multipart/mixed; boundary=",
                "multipart/mixed; boundary=B; boundary=C",
                "multipart/mixed; charset=utf-8; boundary=B",
                "multipart/mixed; boundary=\"B ",
            })
    void refusesAPublishWithoutOneBoundary(String type) {
        assertRefused(type, part("name=\"request_payload\"", "text/xml", XML) + "--B--\r\n");
    }

    @Test
    void leavesAFileUnreadThatIsTooLongOrOfNoKnownLength() throws RefusedException {
        String type = "multipart/mixed; boundary=B";
        ScopeInputReader small = new ScopeInputReader(100);

        assertThat(small.checkHead(head(type, "Content-Length", "100"), Platform.TABLEAU)).isTrue();
        assertThat(small.checkHead(head(type, "Content-Length", "101"), Platform.TABLEAU))
                .isFalse();
        assertThat(small.checkHead(head(type, "Transfer-Encoding", "chunked"), Platform.TABLEAU))
                .isFalse();
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () ->
                                small.checkHead(
                                        head("text/xml", "Content-Length", "101"),
                                        Platform.TABLEAU));
    }

    @Test
    void readsAGraphQlDocumentOfSeveralLinesAndNoNameOfSeveral() throws RefusedException {
        String body = "{\"query\":\"{\\n workbooks { name }\\n}\"}";
        RequestHead head = head("application/json", "Content-Length", "1");
        byte[] octets = body.getBytes(StandardCharsets.UTF_8);

        assertThat(
                        READER.read(
                                head,
                                Platform.TABLEAU,
                                octets,
                                List.of(new ScopeInput.GraphQlQuery("/query"))))
                .containsEntry("/query", "{\n workbooks { name }\n}");
        assertThatExceptionOfType(RefusedException.class)
                .isThrownBy(
                        () ->
                                READER.read(
                                        head,
                                        Platform.TABLEAU,
                                        octets,
                                        List.of(
                                                new ScopeInput.BodyContentProject(
                                                        ContentKind.DATASOURCE, "/query"))));
    }

    private static Map<String, String> publish(String parts) throws RefusedException {
        return read("multipart/mixed; boundary=\"B\"", parts + "--B--\r\n");
    }

    private static String part(String disposition, String type, String content) {
        return "--B\r\nContent-Disposition: "
                + disposition
                + "\r\nContent-Type: "
                + type
                + "\r\n\r\n"
                + content
                + "\r\n";
    }

    private static void assertRefused(String type, String body) {
        assertThatExceptionOfType(RefusedException.class)
                .as(body)
                .isThrownBy(() -> read(type, body))
                .satisfies(e -> assertThat(e.refusal().code()).isEqualTo(Code.BAD_REQUEST));
    }

    private static Map<String, String> read(String type, String body) throws RefusedException {
        RequestHead head = head(type, "Content-Length", "1");
        READER.checkHead(head, Platform.TABLEAU);
        return READER.read(head, Platform.TABLEAU, body.getBytes(StandardCharsets.UTF_8), INPUTS);
    }

    private static RequestHead head(String type, String... fields) throws RefusedException {
        Fields.Builder all = Fields.builder().add("Host", "h").add("Content-Type", type);
        return RequestHead.parse("POST", "/a", all.addAll(Fields.of(fields)).build());
    }
}

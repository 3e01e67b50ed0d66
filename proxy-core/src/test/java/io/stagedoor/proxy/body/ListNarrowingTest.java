package io.stagedoor.proxy.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.stagedoor.policy.operation.ListFilter;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.ResponseHead;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListNarrowingTest {

    private static final ListFilter SERVICES =
            new ListFilter("/value/*", ItemType.LINKED_SERVICE, "/name");
    private static final ListFilter WORKBOOKS =
            new ListFilter("/workbooks/workbook/*", ItemType.PROJECT, "/project/id");
    private static final ListFilter PROJECTS =
            new ListFilter("/projects/project/*", ItemType.PROJECT, "/id");
    private static final Set<String> SEEN = Set.of("a", "b", "größe");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            textBlock =
                    """
                    a          | {"value":[{"name":"a"}],"nextLink":"x"}
                    x          | {"value":[],"nextLink":"x"}
                    a,x        | {"value":[{"name":"a"}],"nextLink":"x"}
                    x,a        | {"value":[{"name":"a"}],"nextLink":"x"}
                    x,y,a,z,b  | {"value":[{"name":"a"}, {"name":"b"}],"nextLink":"x"}
                    a,x,b,y,z  | {"value":[{"name":"a"}, {"name":"b"}],"nextLink":"x"}
                    x,y,z      | {"value":[],"nextLink":"x"}
                    """)
    void whateverStandsWhereOnlyWhatMayBeSeenIsLeft(String names, String left) throws Exception {
        String items =
                IntStream.range(0, names.split(",").length)
                        .mapToObj(i -> "{\"name\":\"" + names.split(",")[i] + "\"}")
                        .collect(Collectors.joining(", "));

        ListNarrowing.Narrowed narrowed =
                narrow(SERVICES, "json", "{\"value\":[" + items + "],\"nextLink\":\"x\"}");

        assertThat(text(narrowed)).isEqualTo(left);
        assertThat(narrowed.removed())
                .isEqualTo(
                        (int)
                                Arrays.stream(names.split(","))
                                        .filter(n -> !SEEN.contains(n))
                                        .count());
    }

    @Test
    void anAnswerOfWhichAllMayBeSeenStaysOctetForOctet() throws Exception {
        byte[] body =
                octets(" {\"value\" : [ {\"name\" : \"gr\\u00f6\\u00dfe\", \"x\" : 1.50} ] }\r\n");

        ListNarrowing.Narrowed narrowed =
                new ListNarrowing(SERVICES, SEEN::contains).narrow(head("application/json"), body);

        assertThat(narrowed.body()).isSameAs(body);
        assertThat(narrowed.removed()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\":null}",
                "{\"name\":7}",
                "{\"name\":[\"a\"]}",
                "{\"name\":{\"name\":\"a\"}}",
                "{\"Name\":\"a\"}",
                "{\"name\":\"a\",\"NAME\":\"x\"}",
                "{\"properties\":{\"name\":\"a\"}}",
                "{\"name\":\"\"}"
            })
    void anItemWithoutOnePlainNameIsTakenOut(String item) throws Exception {
        ListNarrowing.Narrowed narrowed =
                narrow(SERVICES, "json", "{\"value\":[{\"name\":\"b\"}," + item + "]}");

        assertThat(text(narrowed)).isEqualTo("{\"value\":[{\"name\":\"b\"}]}");
        assertThat(narrowed.removed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[{\"name\":\"a\"}]",
                "{\"values\":[]}",
                "{\"value\":{\"name\":\"a\"}}",
                "{\"value\":null}",
                "{\"value\":[\"a\"]}",
                "{\"value\":[[]]}",
                "{\"value\":[{\"name\":\"a\",\"name\":\"x\"}]}",
                "{\"value\":[{\"name\":\"x\",\"n\\u0061me\":\"a\"}]}",
                "{\"value\":[{\"name\":\"a\"}],\"value\":[{\"name\":\"x\"}]}",
                "{\"value\":[{\"name\":\"a\"}],\"Value\":[{\"name\":\"x\"}]}",
                "{\"value\":[{\"name\":\"a\"}]}{\"value\":[{\"name\":\"x\"}]}",
                "{\"value\":[{\"name\":\"a\"}",
                "{\"value\":[{\"name\":\"a\"},]}",
                "nothing of the kind"
            })
    void whatIsNoSuchListIsWithheld(String body) {
        assertWithheld(SERVICES, "application/json", octets(body));
    }

    @Test
    void nestingWithoutEndIsWithheld() {
        String deep = "{\"value\":[{\"name\":\"a\",\"x\":" + "[".repeat(100_000);

        assertWithheld(SERVICES, "application/json", octets(deep));
        assertWithheld(
                WORKBOOKS, "application/xml", octets("<a>".repeat(5000) + "</a>".repeat(5000)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "", "application/json; charset=utf-16", "text/csv"})
    void anotherMediaTypeIsWithheld(String type) {
        assertWithheld(SERVICES, type, octets("{\"value\":[]}"));
    }

    @Test
    void whatIsNotUtf8IsWithheld() {
        byte[] body = octets("{\"value\":[{\"name\":\"a\",\"x\":\"?\"}]}");
        body[body.length - 5] = (byte) 0xc1;

        assertWithheld(SERVICES, "application/json", body);
    }

    @Test
    void aLongListIsCutInTheRightPlaces() throws Exception {
        String items =
                IntStream.range(0, 10_000)
                        .mapToObj(
                                i ->
                                        "{\"name\":\""
                                                + (i % 3 == 0 ? "größe" : "x" + i)
                                                + "\",\"i\":"
                                                + i
                                                + "}")
                        .collect(Collectors.joining(","));
        String left =
                IntStream.range(0, 10_000)
                        .filter(i -> i % 3 == 0)
                        .mapToObj(i -> "{\"name\":\"größe\",\"i\":" + i + "}")
                        .collect(Collectors.joining(","));

        ListNarrowing.Narrowed narrowed = narrow(SERVICES, "json", "{\"value\":[" + items + "]}");

        assertThat(text(narrowed)).isEqualTo("{\"value\":[" + left + "]}");
        assertThat(narrowed.removed()).isEqualTo(6666);
    }

    @Test
    void aSitesListInJsonIsNarrowedByTheProject() throws Exception {
        ListNarrowing.Narrowed narrowed =
                narrow(
                        WORKBOOKS,
                        "json",
                        "{\"pagination\":{\"totalAvailable\":\"2\"},\"workbooks\":{\"workbook\":["
                                + "{\"id\":\"1\",\"project\":{\"id\":\"x\"}},"
                                + "{\"id\":\"2\",\"project\":{\"id\":\"a\",\"name\":\"x\"}}]}}");

        assertThat(text(narrowed))
                .isEqualTo(
                        "{\"pagination\":{\"totalAvailable\":\"2\"},\"workbooks\":{\"workbook\":["
                                + "{\"id\":\"2\",\"project\":{\"id\":\"a\",\"name\":\"x\"}}]}}");
        assertThat(text(narrow(WORKBOOKS, "json", "{\"workbooks\":{}}")))
                .isEqualTo("{\"workbooks\":{}}");
    }

    @Test
    void aSitesListInXmlIsNarrowedByTheProject() throws Exception {
        String before =
                "\ufeff<?xml version='1.0' encoding='UTF-8'?><tsResponse"
                        + " xmlns=\"http://tableau.com/api\"><pagination totalAvailable=\"4\"/>"
                        + "<!-- <workbook> -->\r\n<workbooks>";
        String one =
                "<workbook id=\"1\" name=\"a > b\" description='&#10;\"/&gt;'><project id=\"a\""
                        + " name=\"x\"/><tags><![CDATA[<project id=\"x\"/>]]></tags></workbook>";
        String hidden =
                "\n<workbook id=\"2\"><owner id=\"a\"/><project id='x' name=\"/>\"/></workbook>";
        String two = "\n<workbook id=\"3\"\n><owner/><project  id=\"b\" ></project></workbook >";
        String after = "</workbooks><?end <workbook?></tsResponse>\n";

        ListNarrowing.Narrowed narrowed =
                narrow(
                        WORKBOOKS,
                        "xml",
                        before + hidden.strip() + one + hidden + two + "<workbook/>" + after);

        assertThat("\ufeff" + text(narrowed)).isEqualTo(before + one + "\n" + two + after);
        assertThat(narrowed.removed()).isEqualTo(3);
    }

    @Test
    void projectsAreNarrowedByTheirOwnId() throws Exception {
        String xml =
                "<t:r xmlns:t='u'><t:projects><t:project id='x'/><t:project id='a'><project"
                        + " id='x'/></t:project></t:projects></t:r>";

        assertThat(text(narrow(PROJECTS, "xml", xml)))
                .isEqualTo(
                        "<t:r xmlns:t='u'><t:projects><t:project id='a'><project"
                                + " id='x'/></t:project></t:projects></t:r>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<workbook id='a'/>",
                "<workbook><project/></workbook>",
                "<workbook><project ID='a'/></workbook>",
                "<workbook><project>a</project></workbook>",
                "<workbook><project id='a'/><project id='x'/></workbook>",
                "<workbook><x><project id='a'/></x></workbook>",
                "<workbook xmlns:p='u'><project p:id='a'/></workbook>",
                "<workbook><!-- <project id='a'/> --></workbook>"
            })
    void anElementWithoutOnePlainProjectIsTakenOut(String item) throws Exception {
        ListNarrowing.Narrowed narrowed =
                narrow(WORKBOOKS, "xml", "<r><workbooks>" + item + "</workbooks></r>");

        assertThat(text(narrowed)).isEqualTo("<r><workbooks></workbooks></r>");
        assertThat(narrowed.removed()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<r/>",
                "<r><views><workbook/></views></r>",
                "<r><workbooks></r>",
                "<r><workbooks/></r><r/>",
                "<!DOCTYPE r><r><workbooks/></r>",
                "<!DOCTYPE r [<!ENTITY e \"<workbook/>\">]><r><workbooks>&e;</workbooks></r>",
                "<?xml version='1.0' encoding='utf-7'?><r><workbooks/></r>"
            })
    void xmlThatIsNoSuchListIsWithheld(String body) {
        assertWithheld(WORKBOOKS, "application/xml", octets(body));
    }

    @Test
    void aCutOffDocumentIsWithheldWhereverItEnds() {
        byte[] json = octets("{\"value\":[{\"name\":\"a\",\"x\":[1,\"}\"]},{\"name\":\"x\"}]}");
        byte[] xml =
                octets(
                        "<r><workbooks><workbook><project id='a'/></workbook><workbook/>"
                                + "</workbooks></r>");

        for (int length = 1; length < json.length; length++) {
            assertWithheld(SERVICES, "application/json", Arrays.copyOf(json, length));
        }
        for (int length = 1; length < xml.length; length++) {
            assertWithheld(WORKBOOKS, "text/xml", Arrays.copyOf(xml, length));
        }
    }

    private static void assertWithheld(ListFilter filter, String type, byte[] body) {
        assertThatExceptionOfType(RefusedException.class)
                .as(new String(body, StandardCharsets.UTF_8))
                .isThrownBy(
                        () -> new ListNarrowing(filter, SEEN::contains).narrow(head(type), body))
                .satisfies(
                        refused ->
                                assertThat(refused.refusal().code()).isEqualTo(Code.NOT_PERMITTED));
    }

    private static ListNarrowing.Narrowed narrow(ListFilter filter, String syntax, String body)
            throws RefusedException {
        return new ListNarrowing(filter, SEEN::contains)
                .narrow(head("application/" + syntax), octets(body));
    }

    private static ResponseHead head(String type) {
        return new ResponseHead(200, Fields.builder().add("Content-Type", type).build());
    }

    private static byte[] octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(ListNarrowing.Narrowed narrowed) {
        return new String(narrowed.body(), StandardCharsets.UTF_8);
    }
}

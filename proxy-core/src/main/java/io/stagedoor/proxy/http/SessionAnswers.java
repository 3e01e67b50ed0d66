package io.stagedoor.proxy.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The answers that the proxy gives in Tableau's stead to calls about sessions, as XML or JSON, in the
 * documented form of {@code Sign In}, {@code Sign Out} and {@code Get Current Server Session}.
 */
public final class SessionAnswers {

    private static final String NAMESPACE = "http://tableau.com/api";
    private static final JsonFactory JSON = new JsonFactory();
    private static final XMLOutputFactory XML = XMLOutputFactory.newDefaultFactory();

    private final boolean json;
    private final IdentityFields identity;

    /**
     * Whose session it is.
     *
     * @param siteId the site's LUID
     * @param contentUrl the site's name in addresses
     * @param userId the user's LUID
     */
    public record Place(String siteId, String contentUrl, String userId) {}

    /**
     * Makes answers to one request.
     *
     * @param json whether the client takes JSON; else XML
     */
    public SessionAnswers(boolean json, IdentityFields identity) {
        this.json = json;
        this.identity = identity;
    }

    /**
     * Answers a sign-in.
     *
     * @param token what the client shows from now on; a secret
     * @param left how long it is good for
     */
    public Answer signedIn(String token, Place place, Duration left) {
        return answer(
                "credentials",
                Map.of("token", token, "estimatedTimeToExpiration", clock(left)),
                place);
    }

    /** Answers the question which session this is. */
    public Answer current(Place place) {
        return answer("session", Map.of(), place);
    }

    /** Answers a sign-out. */
    public Answer signedOut() {
        Fields.Builder fields = Fields.builder().add("Cache-Control", "no-store");
        identity.addTo(fields);
        return new Answer(204, fields.build(), "");
    }

    /** Writes hours, minutes and seconds; hours may be more than a day's. */
    private static String clock(Duration left) {
        return String.format(
                Locale.ROOT,
                "%d:%02d:%02d",
                left.toHours(),
                left.toMinutesPart(),
                left.toSecondsPart());
    }

    private Answer answer(String element, Map<String, String> attributes, Place place) {
        Fields.Builder fields = Fields.builder();
        identity.addTo(fields);
        return json
                ? Answer.json(200, jsonOf(element, attributes, place), fields.build())
                : xml(xmlOf(element, attributes, place), fields.build());
    }

    private static Answer xml(String body, Fields further) {
        int length = body.getBytes(StandardCharsets.UTF_8).length;
        Fields.Builder fields =
                Fields.builder()
                        .add("Content-Type", "application/xml;charset=UTF-8")
                        .add("Content-Length", Integer.toString(length))
                        .add("Cache-Control", "no-store")
                        .add("X-Content-Type-Options", "nosniff");
        return new Answer(200, fields.addAll(further).build(), body);
    }

    private static String jsonOf(String element, Map<String, String> attributes, Place place) {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeObjectFieldStart(element);
            out.writeObjectFieldStart("site");
            out.writeStringField("id", place.siteId());
            out.writeStringField("contentUrl", place.contentUrl());
            out.writeEndObject();
            out.writeObjectFieldStart("user");
            out.writeStringField("id", place.userId());
            out.writeEndObject();
            for (Map.Entry<String, String> each : attributes.entrySet()) {
                out.writeStringField(each.getKey(), each.getValue());
            }
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String xmlOf(String element, Map<String, String> attributes, Place place) {
        StringWriter text = new StringWriter();
        try {
            XMLStreamWriter out = XML.createXMLStreamWriter(text);
            out.writeStartDocument("UTF-8", "1.0");
            out.writeStartElement("tsResponse");
            out.writeDefaultNamespace(NAMESPACE);
            out.writeStartElement(element);
            for (Map.Entry<String, String> each : attributes.entrySet()) {
                out.writeAttribute(each.getKey(), each.getValue());
            }
            out.writeEmptyElement("site");
            out.writeAttribute("id", place.siteId());
            out.writeAttribute("contentUrl", place.contentUrl());
            out.writeEmptyElement("user");
            out.writeAttribute("id", place.userId());
            out.writeEndElement();
            out.writeEndElement();
            out.writeEndDocument();
        } catch (XMLStreamException impossible) {
            throw new IllegalStateException("a text can be written to", impossible);
        }
        return text.toString();
    }
}

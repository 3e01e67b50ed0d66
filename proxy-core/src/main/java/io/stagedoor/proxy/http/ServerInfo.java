package io.stagedoor.proxy.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * What a Tableau server says of itself, and the answer to {@code Server Info} that is made of it.
 *
 * @param product the version of the product, such as {@code 2026.1.0}
 * @param build the build, if it says so
 * @param restApi the newest version of the REST API that it speaks, such as {@code 3.27}
 */
public record ServerInfo(String product, Optional<String> build, String restApi) {

    private static final JsonFactory JSON = new JsonFactory();
    private static final int UNAVAILABLE = 503;
    private static final String WHY =
            "The Tableau server behind this address does not say at present which version it is."
                    + " Try again shortly.";

    /** Makes the answer, in the documented form. */
    public Answer answer(Dialect dialect) {
        return switch (dialect) {
            case TABLEAU_JSON -> Answer.json(200, json(), Fields.none());
            case TABLEAU_XML, AZURE -> xml(200, xml(), Fields.none());
        };
    }

    /**
     * Makes the answer while a server does not say what it is.
     *
     * @param retryAfter when another question may be of use; at least a second is told
     */
    public static Answer unavailable(Dialect dialect, Duration retryAfter) {
        long seconds = Math.max(1, retryAfter.plusMillis(999).toSeconds());
        Fields wait = Fields.of("Retry-After", Long.toString(seconds));
        return switch (dialect) {
            case TABLEAU_JSON ->
                    Answer.json(UNAVAILABLE, TableauErrorBody.json(UNAVAILABLE, WHY), wait);
            case TABLEAU_XML, AZURE ->
                    xml(UNAVAILABLE, TableauErrorBody.xml(UNAVAILABLE, WHY), wait);
        };
    }

    private static Answer xml(int status, String body, Fields further) {
        return Answer.of(status, "application/xml; charset=utf-8", body, further);
    }

    private String xml() {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<tsResponse xmlns=\"http://tableau.com/api\"><serverInfo><productVersion"
                + build.map(number -> " build=\"" + XmlText.escaped(number) + "\"").orElse("")
                + ">"
                + XmlText.escaped(product)
                + "</productVersion><restApiVersion>"
                + XmlText.escaped(restApi)
                + "</restApiVersion></serverInfo></tsResponse>";
    }

    private String json() {
        StringWriter text = new StringWriter();
        try (JsonGenerator out = JSON.createGenerator(text)) {
            out.writeStartObject();
            out.writeObjectFieldStart("serverInfo");
            out.writeObjectFieldStart("productVersion");
            out.writeStringField("value", product);
            if (build.isPresent()) {
                out.writeStringField("build", build.get());
            }
            out.writeEndObject();
            out.writeStringField("restApiVersion", restApi);
            out.writeEndObject();
            out.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }
}

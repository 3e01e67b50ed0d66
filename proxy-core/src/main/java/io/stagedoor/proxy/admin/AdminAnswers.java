package io.stagedoor.proxy.admin;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Makes the responses of the operators' port; what all of them say is added as they are sent. */
public final class AdminAnswers {

    private static final JsonFactory JSON = new JsonFactory();

    private AdminAnswers() {}

    /** Writes a document. */
    @FunctionalInterface
    public interface Writing {

        /** Writes it, whole. */
        void to(JsonGenerator json) throws IOException;
    }

    /** Makes a response with a JSON body. */
    public static Answer json(int status, Writing writing) {
        return json(status, Fields.none(), writing);
    }

    static Answer json(int status, Fields further, Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writing.to(json);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text(status, "application/json; charset=utf-8", text + "\n", further);
    }

    /** Makes a response with a body of a media type, and further fields. */
    public static Answer text(int status, String type, String body, Fields further) {
        Fields fields = Fields.builder().add("Content-Type", type).addAll(further).build();
        return new Answer(status, fields, body);
    }
}

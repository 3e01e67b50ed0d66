package io.stagedoor.proxy.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Collection;

/**
 * Answers that the proxy gives for the caller, because the upstream would describe the proxy's own
 * identity instead.
 */
public final class LocalAnswers {

    private static final JsonFactory JSON = new JsonFactory();

    private LocalAnswers() {}

    /**
     * Answers {@code POST /rbac/getMyAssignedRoles}: a bare array of role definition ids, each once,
     * in the order given.
     */
    public static Answer assignedRoles(Collection<String> roleIds, IdentityFields identity) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartArray();
            for (String id : roleIds.stream().distinct().toList()) {
                json.writeString(id);
            }
            json.writeEndArray();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return json(text.toString(), identity);
    }

    /** Answers with a JSON document. */
    public static Answer json(String document, IdentityFields identity) {
        Fields.Builder fields = Fields.builder();
        identity.addTo(fields);
        return Answer.json(200, document, fields.build());
    }
}

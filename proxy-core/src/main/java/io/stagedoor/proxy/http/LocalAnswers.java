package io.stagedoor.proxy.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
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

    /** Answers with public keys (RFC 7517), which may be kept for five minutes. */
    public static Answer keySet(String document) {
        Fields fields =
                Fields.of(
                        "Content-Type",
                        "application/jwk-set+json",
                        "Content-Length",
                        Integer.toString(document.getBytes(StandardCharsets.UTF_8).length),
                        "Cache-Control",
                        "public, max-age=300",
                        "X-Content-Type-Options",
                        "nosniff");
        return new Answer(200, fields, document);
    }

    /** Answers with a JSON document. */
    public static Answer json(String document, IdentityFields identity) {
        Fields.Builder fields = Fields.builder();
        identity.addTo(fields);
        return Answer.json(200, document, fields.build());
    }
}

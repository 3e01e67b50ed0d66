package io.stagedoor.proxy.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Collectors;

/** Writes the error bodies of the Azure error contract. */
final class ErrorBody {

    private static final JsonFactory JSON = new JsonFactory();

    private record Detail(String code, String message) {}

    private ErrorBody() {}

    /** Names the code in the words of the service where it has some, else in our stable ones. */
    static String azureCode(Code code) {
        if (code.isTokenFault()) {
            return "AuthenticationFailed";
        }
        return code == Code.NOT_PERMITTED ? "Unauthorized" : code.text();
    }

    static String of(Refusal refusal, RefusalResponse.Context context) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("code", azureCode(refusal.code()));
            json.writeStringField("message", message(refusal, context));
            json.writeArrayFieldStart("details");
            for (Detail detail : details(refusal, context)) {
                json.writeStartObject();
                json.writeStringField("code", detail.code());
                json.writeStringField("message", detail.message());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String message(Refusal refusal, RefusalResponse.Context context) {
        String decision = " Decision: " + context.decisionId() + ".";
        if (refusal.code().isTokenFault()) {
            return "The request carries no bearer token that is valid for this service." + decision;
        }
        return context.explanation()
                        .filter(reasons -> !reasons.missing().isEmpty())
                        .map(ErrorBody::missingPermission)
                        .orElseGet(() -> sentence(refusal.sentence()))
                + decision;
    }

    /** The wording of the service itself, which people search for. */
    private static String missingPermission(Explanation reasons) {
        return reasons.missing().stream()
                .map(missing -> "Action: " + missing.action() + ", Scope: " + missing.scope())
                .collect(
                        Collectors.joining(
                                "; ",
                                "The principal '"
                                        + reasons.principal()
                                        + "' does not have the required Synapse RBAC permission to"
                                        + " perform this action. Required permission: ",
                                "."));
    }

    private static List<Detail> details(Refusal refusal, RefusalResponse.Context context) {
        if (refusal.code().isTokenFault()) {
            return List.of(new Detail("decision_id", context.decisionId()));
        }
        List<Detail> details = new java.util.ArrayList<>();
        details.add(new Detail(refusal.code().text(), sentence(refusal.sentence())));
        refusal.help().ifPresent(help -> details.add(new Detail("help", sentence(help))));
        context.explanation()
                .ifPresent(
                        reasons ->
                                reasons.remedies()
                                        .forEach(
                                                remedy ->
                                                        details.add(
                                                                new Detail(
                                                                        "minimal_grant",
                                                                        words(remedy)))));
        details.add(new Detail("decision_id", context.decisionId()));
        return details;
    }

    static String words(Explanation.Remedy remedy) {
        return remedy.assignments().stream()
                .map(part -> "assign role `" + part.role() + "` at scope `" + part.scope() + "`")
                .collect(Collectors.joining(" and "));
    }

    static String sentence(String text) {
        boolean whole = text.isEmpty() || text.endsWith(".");
        return whole ? text : text + ".";
    }
}

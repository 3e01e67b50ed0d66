package io.stagedoor.proxy.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes the error bodies of the Tableau REST API: code, summary and detail, as XML or JSON.
 *
 * <p>The code is the status and three digits of Tableau's own: 401000 when nothing was sent to
 * authenticate with, 401002 for a token or session that is not valid, 403004 when it is forbidden,
 * and zeros where Tableau has no word for what the proxy says. The Python client reads the body of a
 * 4xx as XML and shows all three.
 */
final class TableauErrorBody {

    private static final JsonFactory JSON = new JsonFactory();

    /** Tableau's number for a refresh that is queued already, which its clients take for a skip. */
    private static final int ALREADY_QUEUED = 93;

    private TableauErrorBody() {}

    /** Returns Tableau's six digits for a refusal. */
    static String codeOf(Code code, int status) {
        int digits =
                switch (status) {
                    case 401 -> ofUnauthorized(code);
                    case 403 -> 4;
                    case 409 -> code == Code.REFRESH_HELD ? ALREADY_QUEUED : 0;
                    default -> 0;
                };
        return Integer.toString(status * 1000 + digits);
    }

    private static int ofUnauthorized(Code code) {
        return switch (code) {
            case TOKEN_MISSING -> 0;
            case SIGN_IN_REFUSED -> 1;
            default -> 2;
        };
    }

    static String xml(Refusal refusal, int status, RefusalResponse.Context context) {
        return xml(status, codeOf(refusal.code(), status), detail(refusal, context));
    }

    /** Writes what is no refusal: nothing was decided about anybody. */
    static String xml(int status, String detail) {
        return xml(status, Integer.toString(status * 1000), detail);
    }

    private static String xml(int status, String code, String detail) {
        return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>"
                + "<tsResponse xmlns=\"http://tableau.com/api\"><error code=\""
                + code
                + "\"><summary>"
                + XmlText.escaped(summary(status))
                + "</summary><detail>"
                + XmlText.escaped(detail)
                + "</detail></error></tsResponse>";
    }

    static String json(Refusal refusal, int status, RefusalResponse.Context context) {
        return json(status, codeOf(refusal.code(), status), detail(refusal, context));
    }

    /** Writes what is no refusal: nothing was decided about anybody. */
    static String json(int status, String detail) {
        return json(status, Integer.toString(status * 1000), detail);
    }

    private static String json(int status, String code, String detail) {
        StringWriter text = new StringWriter(512);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            json.writeObjectFieldStart("error");
            json.writeStringField("summary", summary(status));
            json.writeStringField("detail", detail);
            json.writeStringField("code", code);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static String summary(int status) {
        return switch (status) {
            case 400 -> "Bad Request";
            case 401 -> "Unauthorized";
            case 403 -> "Forbidden";
            case 404 -> "Resource Not Found";
            case 409 -> "Conflict";
            case 414 -> "Request Target Too Long";
            case 429 -> "Too Many Requests";
            case 431 -> "Header Fields Too Large";
            case 502 -> "Bad Gateway";
            case 503 -> "Service Unavailable";
            default -> "Internal Server Error";
        };
    }

    private static String detail(Refusal refusal, RefusalResponse.Context context) {
        String decision = "Decision: " + context.decisionId() + ".";
        if (refusal.code().isTokenFault()) {
            return "The request carries no credential that is valid for this service. " + decision;
        }
        List<String> parts = new ArrayList<>();
        parts.add(refusal.code().text() + ": " + ErrorBody.sentence(refusal.sentence()));
        context.explanation().ifPresent(reasons -> explain(reasons, parts));
        refusal.help().ifPresent(help -> parts.add("Help: " + ErrorBody.sentence(help)));
        parts.add(decision);
        return String.join(" ", parts);
    }

    private static void explain(Explanation reasons, List<String> parts) {
        if (!reasons.missing().isEmpty()) {
            parts.add(
                    reasons.missing().stream()
                            .map(each -> "action " + each.action() + " at scope " + each.scope())
                            .collect(Collectors.joining("; ", "Missing: ", ".")));
        }
        if (!reasons.remedies().isEmpty()) {
            parts.add(
                    reasons.remedies().stream()
                            .map(ErrorBody::words)
                            .collect(Collectors.joining("; or ", "What would do: ", ".")));
        }
    }
}

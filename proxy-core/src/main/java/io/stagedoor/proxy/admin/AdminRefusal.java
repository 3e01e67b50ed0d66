package io.stagedoor.proxy.admin;

import io.stagedoor.proxy.http.Answer;
import io.stagedoor.proxy.http.Fields;
import java.util.Optional;

/**
 * The "no" of the operators' port: {@code {"error":{"code","message","help"}}} with a status. It has
 * no stack trace.
 */
public final class AdminRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient Optional<String> help;
    private final transient Fields fields;

    private AdminRefusal(
            int status, String code, String sentence, Optional<String> help, Fields fields) {
        super(sentence, null, false, false);
        this.status = status;
        this.code = code;
        this.help = help;
        this.fields = fields;
    }

    /** Makes a refusal with nothing to do about it. */
    public static AdminRefusal of(int status, String code, String sentence) {
        return new AdminRefusal(status, code, sentence, Optional.empty(), Fields.none());
    }

    /** Makes a refusal that says what to do. */
    public static AdminRefusal of(int status, String code, String sentence, String help) {
        return new AdminRefusal(status, code, sentence, Optional.of(help), Fields.none());
    }

    /** Returns the same refusal with a field of the answer. */
    public AdminRefusal with(String name, String value) {
        return new AdminRefusal(
                status,
                code,
                sentence(),
                help,
                Fields.builder().addAll(fields).add(name, value).build());
    }

    /** Returns the status. */
    public int status() {
        return status;
    }

    /** Returns the stable code. */
    public String code() {
        return code;
    }

    /** Returns what is wrong. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    /** Returns it as a response. */
    public Answer answer() {
        return AdminAnswers.json(
                status,
                fields,
                json -> {
                    json.writeStartObject();
                    json.writeObjectFieldStart("error");
                    json.writeStringField("code", code);
                    json.writeStringField("message", sentence());
                    if (help.isPresent()) {
                        json.writeStringField("help", help.get());
                    }
                    json.writeEndObject();
                    json.writeEndObject();
                });
    }
}

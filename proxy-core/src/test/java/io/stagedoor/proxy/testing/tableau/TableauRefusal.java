package io.stagedoor.proxy.testing.tableau;

import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import java.util.Map;

/** A refusal in Tableau's own form: XML, or JSON for who asks for it. */
public final class TableauRefusal extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String summary;

    public TableauRefusal(int status, String code, String summary, String detail) {
        super(detail);
        this.status = status;
        this.code = code;
        this.summary = summary;
    }

    /** Gives the refusal of a sign-in, with the number that tells the causes apart. */
    static TableauRefusal signIn(int number) {
        return new TableauRefusal(
                401,
                "401001",
                "Signin Error",
                "Error signing in to Tableau Server (" + number + ")");
    }

    static TableauRefusal unknownSession() {
        return new TableauRefusal(
                401,
                "401002",
                "Unauthorized Access",
                "Invalid authentication credentials were provided.");
    }

    Answer answerTo(SeenRequest request) {
        boolean json = request.field("Accept").filter(it -> it.contains("json")).isPresent();
        String body =
                json
                        ? "{\"error\":{\"summary\":\"%s\",\"detail\":\"%s\",\"code\":\"%s\"}}"
                        : "<tsResponse xmlns=\"http://tableau.com/api\"><error code=\"%3$s\">"
                                + "<summary>%1$s</summary><detail>%2$s</detail>"
                                + "</error></tsResponse>";
        String type = json ? "application/json" : "application/xml";
        return new Answer(
                status,
                Map.of("Content-Type", type + ";charset=utf-8"),
                String.format(java.util.Locale.ROOT, body, summary, getMessage(), code));
    }
}

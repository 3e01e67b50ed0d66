package io.stagedoor.proxy.cli.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** That an issuer understood and said no, in its own words (RFC 6749, sections 4.1.2.1 and 5.2). */
public final class IssuerRefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String error;

    /**
     * Makes the exception.
     *
     * @param error the code, such as {@code invalid_grant}
     * @param description the issuer's sentence, which may be empty
     */
    public IssuerRefusedException(String error, String description) {
        super(sentence(VisibleText.of(error), VisibleText.of(description)), null, false, false);
        this.error = error;
    }

    static Optional<IssuerRefusedException> from(ObjectNode answer) {
        return Optional.ofNullable(answer.path("error").textValue())
                .map(
                        error ->
                                new IssuerRefusedException(
                                        error, answer.path("error_description").asText("")));
    }

    /** Gives the code, exactly as the issuer sent it; not for showing. */
    public String error() {
        return error;
    }

    /** Gives what to tell people: the code and the issuer's sentence. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    private static String sentence(String error, String description) {
        return "the issuer refused: " + error + (description.isEmpty() ? "" : ": " + description);
    }
}

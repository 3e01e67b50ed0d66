package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.Refusal;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns a refusal into the response that the client of a platform understands: the one switch from
 * code to status.
 *
 * <p>For Azure's command line and SDKs the body has the form of the Azure error contract, {@code
 * {"error":{"code","message","details":[{"code","message"}]}}}, for Livy calls too, whose clients show
 * any body as it is; for Tableau's clients it is {@code tsResponse} or JSON. Every {@code
 * token_*} code gives the same body, so that no client learns which check failed. The statuses are
 * chosen by what SDKs do with them: 408, 429 and every 5xx are repeated even for POST, therefore a
 * refusal after a state-changing request may have reached the upstream is always a 409.
 */
public final class RefusalResponse {

    private static final Pattern CORRELATION = Pattern.compile("[A-Za-z0-9._-]{1,128}");
    private static final int CONFLICT = 409;

    /**
     * What the response says beside the refusal itself.
     *
     * @param decisionId the id under which the decision is found in the audit trail
     * @param clientRequestId the client's own {@code x-ms-client-request-id}, sent back if it is a
     *     plain token
     * @param mayHaveActed whether a state-changing request may have reached the upstream
     * @param explanation why the decision was a denial, if it was one
     * @param dialect the form of the body
     */
    public record Context(
            String decisionId,
            Optional<String> clientRequestId,
            boolean mayHaveActed,
            Optional<Explanation> explanation,
            Dialect dialect) {

        /** Returns the context of a refusal before anything was sent upstream. */
        public static Context of(String decisionId, Optional<String> clientRequestId) {
            return new Context(decisionId, clientRequestId, false, Optional.empty(), Dialect.AZURE);
        }

        /** Returns the same context with an explanation. */
        public Context explainedBy(Explanation reasons) {
            return new Context(
                    decisionId, clientRequestId, mayHaveActed, Optional.of(reasons), dialect);
        }

        /** Returns the same context after a state-changing request may have reached the upstream. */
        public Context afterSending() {
            return new Context(decisionId, clientRequestId, true, explanation, dialect);
        }

        /** Returns the same context in another dialect. */
        public Context in(Dialect other) {
            return new Context(decisionId, clientRequestId, mayHaveActed, explanation, other);
        }
    }

    private RefusalResponse() {}

    /** Makes the response to a refusal. */
    public static Answer of(Refusal refusal, Context context) {
        int status = statusOf(refusal.code(), context.mayHaveActed());
        Fields.Builder fields =
                Fields.builder().add(IdentityFields.DECISION_ID, context.decisionId());
        if (context.dialect() == Dialect.AZURE) {
            fields.add("x-ms-request-id", context.decisionId())
                    .add("x-ms-error-code", ErrorBody.azureCode(refusal.code()))
                    .add("x-ms-client-request-id", safe(context.clientRequestId()));
        }
        if (refusal.code().isTokenFault() || refusal.demand().isPresent()) {
            Challenges.of(refusal).forEach(each -> fields.add("WWW-Authenticate", each));
        }
        if (status == 503 || status == 429) {
            Duration wait = refusal.retryAfter().orElseGet(() -> retryAfter(refusal.code()));
            fields.add("Retry-After", Long.toString(wait.plusMillis(999).toSeconds()));
        }
        return switch (context.dialect()) {
            case AZURE -> Answer.json(status, ErrorBody.of(refusal, context), fields.build());
            case TABLEAU_JSON ->
                    Answer.json(
                            status,
                            TableauErrorBody.json(refusal, status, context),
                            fields.build());
            case TABLEAU_XML ->
                    Answer.of(
                            status,
                            "application/xml; charset=utf-8",
                            TableauErrorBody.xml(refusal, status, context),
                            fields.build());
        };
    }

    /**
     * Returns the status of a refusal.
     *
     * @param mayHaveActed whether a state-changing request may have reached the upstream: then no
     *     status is given that a client would answer by sending the request again
     */
    public static int statusOf(Code code, boolean mayHaveActed) {
        int status = statusOf(code);
        return mayHaveActed && (status >= 500 || status == 429) ? CONFLICT : status;
    }

    private static int statusOf(Code code) {
        return switch (code) {
            case TOKEN_MISSING, TOKEN_MALFORMED, TOKEN_EXPIRED, TOKEN_NOT_YET_VALID -> 401;
            case TOKEN_WRONG_AUDIENCE, TOKEN_WRONG_ISSUER, TOKEN_WRONG_TENANT -> 401;
            case TOKEN_BAD_SIGNATURE, TOKEN_UNKNOWN_KEY, TOKEN_UNACCEPTABLE -> 401;
            case TOKEN_INACTIVE, TOKEN_BINDING, TOKEN_PROOF, STEP_UP_REQUIRED -> 401;
            case SIGN_IN_REFUSED, SESSION_UNKNOWN -> 401;
            case AMBIGUOUS_TARGET, BAD_REQUEST -> 400;
            case TARGET_TOO_LONG -> 414;
            case FIELDS_TOO_LARGE -> 431;
            case RATE_LIMITED -> 429;
            case NO_ROUTE -> 404;
            case UNKNOWN_OPERATION, NOT_PERMITTED, GUARDRAIL, UNMAPPED_OPERATION, NOT_OWNER -> 403;
            case ACTOR_UNKNOWN, CALLER_NOT_ALLOWED, CLIENT_NOT_ALLOWED, SCOPE_MISSING -> 403;
            case PRINCIPAL_INACTIVE, CREDENTIAL_UNFIT, UPSTREAM_USER_UNKNOWN -> 403;
            case ID_TAKEN, OUTCOME_UNKNOWN, RUN_UNRESOLVED -> CONFLICT;
            case KEYS_UNAVAILABLE,
                    INTROSPECTION_UNAVAILABLE,
                    GROUPS_UNKNOWN,
                    STALE_SNAPSHOT,
                    JOURNAL_UNAVAILABLE,
                    OVERLOADED,
                    UPSTREAM_SATURATED ->
                    503;
            case CREDENTIAL_UNAVAILABLE, UPSTREAM_UNREACHABLE, UPSTREAM_FAILED, FOREIGN_LOCATION ->
                    502;
            case INTERNAL -> 500;
        };
    }

    /** How long the cause usually lasts: the next poll of the directory, or just a moment. */
    private static Duration retryAfter(Code code) {
        return switch (code) {
            case OVERLOADED, UPSTREAM_SATURATED -> Duration.ofSeconds(1);
            case STALE_SNAPSHOT, GROUPS_UNKNOWN -> Duration.ofSeconds(15);
            default -> Duration.ofSeconds(5);
        };
    }

    private static Optional<String> safe(Optional<String> clientRequestId) {
        return clientRequestId.filter(id -> CORRELATION.matcher(id).matches());
    }
}

package io.stagedoor.proxy.refusal;

/**
 * The stable codes of all refusals, as they stand in audit records, metrics and error bodies.
 *
 * <p>A code never changes its text and is never used again for another meaning. The codes whose text
 * begins with {@code token_} say precisely which check a bearer token failed; they are for the audit
 * record alone, and a client gets the same answer for all of them (see {@link #isTokenFault()}).
 */
public enum Code {
    /** No bearer token was sent. */
    TOKEN_MISSING("token_missing"),
    /** The token, or a claim in it, does not have the form that its standard demands. */
    TOKEN_MALFORMED("token_malformed"),
    /** The token has expired, or is older than its issuer's tokens may be. */
    TOKEN_EXPIRED("token_expired"),
    /** The token is not valid yet. */
    TOKEN_NOT_YET_VALID("token_not_yet_valid"),
    /** The token was issued for somebody else. */
    TOKEN_WRONG_AUDIENCE("token_wrong_audience"),
    /** The token names no issuer, or one that is not configured. */
    TOKEN_WRONG_ISSUER("token_wrong_issuer"),
    /** The token belongs to a tenant that is not configured. */
    TOKEN_WRONG_TENANT("token_wrong_tenant"),
    /** The signature does not verify under the issuer's key. */
    TOKEN_BAD_SIGNATURE("token_bad_signature"),
    /** The token names a key that its issuer does not publish, or one that is not fit for it. */
    TOKEN_UNKNOWN_KEY("token_unknown_key"),
    /** The token is well formed but of a kind that is not taken. */
    TOKEN_UNACCEPTABLE("token_unacceptable"),
    /** The issuer, asked about the token, does not vouch for it. */
    TOKEN_INACTIVE("token_inactive"),
    /** The sender does not prove to have what the token is bound to, or shows it as what it is not. */
    TOKEN_BINDING("token_binding"),
    /** The proof that goes with the token is not one for this request, or was used before. */
    TOKEN_PROOF("token_proof"),
    /** The issuer, which must be asked about the token, cannot be asked at present. */
    INTROSPECTION_UNAVAILABLE("introspection_unavailable"),
    /** Somebody acts on the principal's behalf, and it cannot be told who. */
    ACTOR_UNKNOWN("actor_unknown"),
    /** The workspace does not let this kind of caller in. */
    CALLER_NOT_ALLOWED("caller_not_allowed"),
    /** The workspace does not let this client application in. */
    CLIENT_NOT_ALLOWED("client_not_allowed"),
    /** The token bears none of the scopes and app roles of which the workspace demands one. */
    SCOPE_MISSING("scope_missing"),
    /** The user must sign in again, or in another way. */
    STEP_UP_REQUIRED("step_up_required"),
    /** The issuer's signing keys cannot be had at present. */
    KEYS_UNAVAILABLE("keys_unavailable"),
    /** No route matches host and path. */
    NO_ROUTE("no_route"),
    /** The request is no documented operation. */
    UNKNOWN_OPERATION("unknown_operation"),
    /** The request target can be read in more than one way. */
    AMBIGUOUS_TARGET("ambiguous_target"),
    /** The request is not well formed. */
    BAD_REQUEST("bad_request"),
    /** The request line is longer than is read. */
    TARGET_TOO_LONG("target_too_long"),
    /** The header fields are more, or longer, than are read. */
    FIELDS_TOO_LARGE("fields_too_large"),
    /** The principal makes more requests than it may. */
    RATE_LIMITED("rate_limited"),
    /** No role assignment gives what the operation needs. */
    NOT_PERMITTED("not_permitted"),
    /** A guardrail takes away what role assignments give. */
    GUARDRAIL("guardrail"),
    /** The operation is documented, but no requirement is mapped to it. */
    UNMAPPED_OPERATION("unmapped_operation"),
    /** The principal's directory says that it is not active any more. */
    PRINCIPAL_INACTIVE("principal_inactive"),
    /** The principal's groups are not known, and may decide. */
    GROUPS_UNKNOWN("groups_unknown"),
    /** The role assignments are older than they may be. */
    STALE_SNAPSHOT("stale_snapshot"),
    /** The credential for the upstream cannot be had at present. */
    CREDENTIAL_UNAVAILABLE("credential_unavailable"),
    /** The upstream's credentials are of a kind that cannot serve the operation. */
    CREDENTIAL_UNFIT("credential_unfit"),
    /** The upstream does not know the caller, or does not let it in. */
    UPSTREAM_USER_UNKNOWN("upstream_user_unknown"),
    /** What a client signs in with is not taken. */
    SIGN_IN_REFUSED("sign_in_refused"),
    /** The session is not known here: it ended, belongs to another service, or never was. */
    SESSION_UNKNOWN("session_unknown"),
    /** The audit journal cannot be written. */
    JOURNAL_UNAVAILABLE("journal_unavailable"),
    /** The proxy has more work than it takes on at a time. */
    OVERLOADED("overloaded"),
    /** The upstream has as much work as it may have at a time: surely nothing was sent to it. */
    UPSTREAM_SATURATED("upstream_saturated"),
    /** The upstream was not reached: surely nothing was sent to it. */
    UPSTREAM_UNREACHABLE("upstream_unreachable"),
    /** The upstream was asked something that changes nothing, and its answer did not arrive whole. */
    UPSTREAM_FAILED("upstream_failed"),
    /** The upstream may have acted, and its answer did not arrive. */
    OUTCOME_UNKNOWN("outcome_unknown"),
    /** The upstream's answer points at a host that is not configured. */
    FOREIGN_LOCATION("foreign_location"),
    /** The id that the client chose belongs to somebody else's run. */
    ID_TAKEN("id_taken"),
    /** What a run would use cannot be told from its definition. */
    RUN_UNRESOLVED("run_unresolved"),
    /** The run or session belongs to another principal. */
    NOT_OWNER("not_owner"),
    /** A fault of the proxy itself. */
    INTERNAL("internal");

    private final String text;

    Code(String text) {
        this.text = text;
    }

    /** Returns the stable text, for example {@code token_expired}. */
    public String text() {
        return text;
    }

    /**
     * Returns whether this is one of the {@code token_*} codes, which a client must not be able to
     * tell apart: they are all answered with the same 401.
     */
    public boolean isTokenFault() {
        return text.startsWith("token_");
    }

    /**
     * Returns whether the same request may be permitted at another service that shares the address:
     * whether this is about what the caller is and may at one.
     */
    public boolean isAboutOneService() {
        return switch (this) {
            case NOT_PERMITTED,
                    GUARDRAIL,
                    CALLER_NOT_ALLOWED,
                    CLIENT_NOT_ALLOWED,
                    SCOPE_MISSING,
                    TOKEN_WRONG_AUDIENCE,
                    STALE_SNAPSHOT ->
                    true;
            default -> false;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}

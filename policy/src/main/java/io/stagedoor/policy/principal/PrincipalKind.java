package io.stagedoor.policy.principal;

/**
 * What sort of caller a token stands for, as far as the token tells.
 *
 * <p>For display and audit: no decision depends on it.
 */
public enum PrincipalKind {
    /** A person, a guest among them. */
    USER,
    /** An application's own identity; a managed identity is one. */
    SERVICE_PRINCIPAL,
    /** The token does not tell. */
    UNKNOWN
}

package io.stagedoor.policy.principal;

/**
 * What sort of caller a token stands for, as far as the token tells.
 *
 * <p>It gives no right: which kinds a workspace lets in is decided before any role is looked at. A
 * user's token is a delegated one, made for an application that acts for the user; an application's
 * own token is app-only.
 */
public enum PrincipalKind {
    /** A person of the tenant. */
    USER,
    /** A person of another tenant, whom this one knows by a guest object. */
    GUEST,
    /** An application's own identity. */
    SERVICE_PRINCIPAL,
    /** The identity of an Azure resource: a service principal whose credential Azure keeps. */
    MANAGED_IDENTITY,
    /** The token does not tell. */
    UNKNOWN;

    /** Returns whether this is a person, whose token is delegated. */
    public boolean isUser() {
        return this == USER || this == GUEST;
    }

    /** Returns whether this is an application, whose token is its own. */
    public boolean isApplication() {
        return this == SERVICE_PRINCIPAL || this == MANAGED_IDENTITY;
    }
}

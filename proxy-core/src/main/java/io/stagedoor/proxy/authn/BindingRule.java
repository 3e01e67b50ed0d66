package io.stagedoor.proxy.authn;

/** Whether an issuer's tokens may be bound to their sender. */
public enum BindingRule {
    /** Bound tokens are refused, since nobody looks at what they are bound to. */
    REFUSED,
    /** What a token is bound to must be proved; one that is bound to nothing is a bearer token. */
    ACCEPTED,
    /** Every token must be bound, and what it is bound to proved. */
    REQUIRED
}

package io.stagedoor.config.issuer;

/** Whether an issuer's tokens may be bound to their sender (RFC 8705, RFC 9449). */
public enum TokenBinding {
    /** Bound tokens are refused. */
    REFUSED,
    /** Bound tokens are taken when what they are bound to is proved; others are bearer tokens. */
    ACCEPTED,
    /** Only bound tokens are taken. */
    REQUIRED
}

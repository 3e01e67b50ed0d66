package io.stagedoor.proxy.authn.keys;

import java.util.Locale;

/** Why a published key is left out: the reasons that health and metrics name. */
public enum KeyFault {
    /** The members that make the key are missing, malformed, or no point of the curve. */
    FORM,
    /** The key type, or its curve, is none that tokens are signed with here. */
    TYPE,
    /** The key is not for verifying: by {@code use} or {@code key_ops}. */
    USE,
    /** The key is for an algorithm that is not taken, or that its type does not fit. */
    ALGORITHM,
    /** The key id is no text of 1 to 256 characters. */
    KEY_ID,
    /** Another key has the same key id, so that nobody can tell which one is meant. */
    AMBIGUOUS,
    /** The key names another issuer as its own. */
    ISSUER,
    /** The key's private part, or a shared secret, has been published. */
    PRIVATE,
    /** The key is too short, or longer than is verified with. */
    SIZE,
    /** The key can be broken: a modulus that can be factored, or an exponent that signs nothing. */
    WEAK,
    /** The certificate published with the key is another key's, or none. */
    CERTIFICATE;

    /** Returns the stable text, for example {@code key_id}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}

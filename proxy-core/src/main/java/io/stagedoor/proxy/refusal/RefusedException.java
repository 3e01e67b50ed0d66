package io.stagedoor.proxy.refusal;

/**
 * Carries a {@link Refusal} out of a stage: the one checked exception of the proxy.
 *
 * <p>It has no stack trace and no cause, since a refusal is an expected outcome and may happen at the
 * rate of the requests.
 */
public final class RefusedException extends Exception {

    private final transient Refusal refusal;

    /** Makes the exception that carries the refusal; its message is the refusal's text. */
    public RefusedException(Refusal refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    /** Makes the exception for a refusal without a help line. */
    public static RefusedException of(Code code, String sentence) {
        return new RefusedException(Refusal.of(code, sentence));
    }

    /** Makes the exception for a refusal with a help line. */
    public static RefusedException of(Code code, String sentence, String help) {
        return new RefusedException(Refusal.of(code, sentence, help));
    }

    /** Returns what was refused and why. */
    public Refusal refusal() {
        return refusal;
    }

    /** Returns the stable code of the refusal. */
    public Code code() {
        return refusal.code();
    }
}

package io.stagedoor.proxy.refresh.site;

/** Says why a call to a Tableau site came to nothing; names no secret and has no stack trace. */
public final class TableauCallException extends Exception {

    private static final long serialVersionUID = 1L;

    /** That there was no answer with a status. */
    public static final int NO_STATUS = 0;

    private final int status;

    /**
     * Makes one that says why.
     *
     * @param status the status of the answer, or {@link #NO_STATUS}
     */
    public TableauCallException(int status, String why) {
        super(why, null, false, false);
        this.status = status;
    }

    /** Returns the status of the answer, or {@link #NO_STATUS}. */
    public int status() {
        return status;
    }

    /** Returns why. */
    public String why() {
        return String.valueOf(getMessage());
    }
}

package io.stagedoor.proxy.directory.content;

/** That a site did not say what it was asked. */
public final class SiteReadException extends Exception {

    private static final long serialVersionUID = 1L;

    /** Makes one with a reason for the log, which names no secret. */
    public SiteReadException(String reason) {
        super(reason);
    }
}

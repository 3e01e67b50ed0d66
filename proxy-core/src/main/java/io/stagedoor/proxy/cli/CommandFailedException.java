package io.stagedoor.proxy.cli;

/** That a command ends here, with a sentence for people and an exit code for the shell. */
final class CommandFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    /**
     * @param exitCode one of {@link ExitCodes}
     * @param sentence what to print, complete as it stands
     */
    CommandFailedException(int exitCode, String sentence) {
        super(sentence, null, false, false);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    /** Gives the sentence. */
    String sentence() {
        return String.valueOf(getMessage());
    }
}

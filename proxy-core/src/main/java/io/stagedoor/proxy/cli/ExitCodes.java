package io.stagedoor.proxy.cli;

/** What every command answers to the shell. */
public final class ExitCodes {
    /** It did what was asked, and the answer is yes. */
    public static final int OK = 0;

    /** It did what was asked, and there is something to see: a refusal, a damage, ill health. */
    public static final int FINDING = 1;

    /** It could not begin: the arguments or the configuration are wrong. */
    public static final int USAGE = 2;

    /** What it had to ask or to use cannot be reached. */
    public static final int UNREACHABLE = 3;

    private ExitCodes() {}
}

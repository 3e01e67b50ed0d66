package io.stagedoor.proxy.cli.demo;

import java.net.URI;
import java.util.List;

/**
 * The four commands to paste, in order: the last two read ids from what the first two answered.
 *
 * <p>They need a POSIX shell, {@code curl}, {@code tee}, {@code sed}, {@code grep}, {@code cut} and
 * {@code tr}.
 */
final class DemoScript {
    /** The target of the first two commands, below the proxy's root. */
    static final String CREATE_RUN =
            DemoConfiguration.PATH_PREFIX
                    + "/pipelines/"
                    + DemoCast.NIGHTLY
                    + "/createRun?api-version=2020-12-01";

    private final DemoFolder folder;
    private final URI proxy;
    private final String launcher;

    /**
     * @param proxy the proxy's root as clients see it
     * @param launcher the command that runs Stagedoor, as the user typed it
     */
    DemoScript(DemoFolder folder, URI proxy, String launcher) {
        this.folder = folder;
        this.proxy = proxy;
        this.launcher = launcher;
    }

    List<PastedCommand> commands() {
        return List.of(allowedRun(), refusedRun(), explain(), auditJob());
    }

    private PastedCommand allowedRun() {
        return new PastedCommand(
                "allowed-run",
                "The engineer runs `nightly`: permitted, forwarded, answered with a run id.",
                createRun(DemoCast.ENGINEER, "run.txt"),
                0,
                List.of(" 202 ", "\"runId\""));
    }

    private PastedCommand refusedRun() {
        return new PastedCommand(
                "refused-run",
                "The analyst tries the same: refused, with what is missing and where.",
                createRun(DemoCast.ANALYST, "refused.txt"),
                0,
                List.of(
                        " 403 ",
                        "Microsoft.Synapse/workspaces/credentials/useSecret/action",
                        "workspaces/demo/credentials/WorkspaceSystemIdentity"));
    }

    private PastedCommand explain() {
        String decision =
                "$(grep -i '^x-stagedoor-decision-id:' "
                        + place("refused.txt")
                        + " | cut -d ' ' -f 2 | tr -d '\\r')";
        return new PastedCommand(
                "explain",
                "Why that was refused, and the smallest role at the smallest scope that helps.",
                stagedoor("explain", decision),
                0,
                List.of("not_permitted", "Synapse Credential User"));
    }

    private PastedCommand auditJob() {
        String run =
                "$(sed -n 's/.*\"runId\" *: *\"\\([^\"]*\\)\".*/\\1/p' " + place("run.txt") + ")";
        return new PastedCommand(
                "audit-job",
                "Who started that run, and which role assignments allowed it.",
                stagedoor("audit job", run),
                0,
                List.of("engineer@demo.example", "Synapse Credential User", "pipelineRun"));
    }

    private String createRun(CastMember member, String answer) {
        return String.join(
                " ",
                "curl -sS -i --cacert " + place("ca.pem") + " -X POST",
                "-H \"Authorization: Bearer $(cat " + place(member.name() + ".token") + ")\"",
                "'" + proxy + CREATE_RUN + "'",
                "| tee " + place(answer));
    }

    private String stagedoor(String subcommand, String argument) {
        return String.join(
                " ",
                quoted(launcher),
                subcommand,
                "--config " + place("stagedoor.yaml"),
                "\"" + argument + "\"");
    }

    private String place(String name) {
        return quoted(folder.file(name).toString());
    }

    /** Gives a text as one word of a POSIX shell, plain when it needs no quotes. */
    static String quoted(String text) {
        return text.matches("[A-Za-z0-9_./:@%+=,-]+")
                ? text
                : "'" + text.replace("'", "'\\''") + "'";
    }
}

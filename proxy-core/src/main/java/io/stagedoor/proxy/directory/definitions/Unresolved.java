package io.stagedoor.proxy.directory.definitions;

import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.List;

/** The refusals of runs of which cannot be told what they use. */
final class Unresolved {

    private Unresolved() {}

    static RefusedException tooFar(List<String> path, String why) {
        return RefusedException.of(
                Code.RUN_UNRESOLVED,
                "what the run uses cannot be told: " + why + ", at " + text(path),
                "start its parts by themselves, or ask the owners of the proxy about `runs: strict`");
    }

    static RefusedException missing(List<String> path) {
        return RefusedException.of(
                Code.RUN_UNRESOLVED,
                "what the run uses cannot be told: there is no " + text(path),
                "publish what is named there, or take the name out; nothing has been sent");
    }

    static RefusedException unreadable(List<String> path, String reason) {
        return RefusedException.of(
                Code.UPSTREAM_UNREACHABLE,
                "what the run uses cannot be told: " + text(path) + " was not read: " + reason,
                "try again shortly; if it stays so, the owners of the proxy have to see to it that its"
                        + " identity may read definitions; nothing has been sent");
    }

    static RefusedException malformed(String reason) {
        return RefusedException.of(
                Code.BAD_REQUEST, "the body of this operation cannot be read: " + reason);
    }

    /** The last step first, since it is what the sentence is about. */
    private static String text(List<String> path) {
        String last = path.isEmpty() ? "the run" : path.getLast();
        return path.size() < 2
                ? "`" + last + "`"
                : "`" + last + "` (" + String.join(" > ", path) + ")";
    }
}

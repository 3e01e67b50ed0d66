package io.stagedoor.proxy.audit.fact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What was seen of the sources of a refresh before it was held back, or let through.
 *
 * @param site the site's configured name
 * @param content the id of the content; empty if it could not be told
 * @param task the id of the task that the request named, if it named one
 * @param checks what was looked at
 * @param nextTry when it is worth trying again; empty if it was let through
 */
public record RefreshFacts(
        String site,
        Optional<String> content,
        Optional<String> task,
        List<Check> checks,
        Optional<Instant> nextTry) {

    /** What refreshes are called among the kinds of resources. */
    public static final String KIND = "refresh";

    /** Copies the list. */
    public RefreshFacts {
        checks = List.copyOf(checks);
    }

    /**
     * One look at a source.
     *
     * @param name the name of the check
     * @param verdict such as `well`, `unwell` or `unknown`
     * @param value what was seen
     * @param at when
     */
    public record Check(String name, String verdict, String value, Instant at) {}

    /** Returns what refreshes of the same thing have in common: the content, else the task. */
    public Optional<String> subject() {
        return content.or(() -> task);
    }

    /** Returns whether it was held back. */
    public boolean isHeld() {
        return nextTry.isPresent();
    }

    /** Returns whether it is about content or a task with an id. */
    public boolean isAbout(String id) {
        return content.filter(id::equalsIgnoreCase).isPresent()
                || task.filter(id::equalsIgnoreCase).isPresent();
    }
}

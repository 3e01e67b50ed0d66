package io.stagedoor.proxy.admin;

import java.util.Map;

/**
 * That the operators' port was used, or that somebody tried.
 *
 * @param actor who did it; {@code nobody} if that is not known
 * @param action what was done, such as {@code admin.refresh}
 * @param subject what it was done to
 * @param details more, by name
 */
public record AdminUse(String actor, String action, String subject, Map<String, String> details) {

    /** Who did what nobody was known to do. */
    public static final String NOBODY = "nobody";

    /** Copies the details. */
    public AdminUse {
        details = Map.copyOf(details);
    }
}

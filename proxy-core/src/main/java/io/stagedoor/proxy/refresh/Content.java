package io.stagedoor.proxy.refresh;

import java.util.Locale;
import java.util.Optional;

/**
 * A piece of content.
 *
 * @param kind what it is
 * @param luid its id, in lower case
 * @param project the id of its project, if that is known
 */
public record Content(ContentKind kind, String luid, Optional<String> project) {

    /** Brings both ids to their canonical form. */
    public Content {
        luid = luid.toLowerCase(Locale.ROOT);
        project = project.map(id -> id.toLowerCase(Locale.ROOT));
    }
}

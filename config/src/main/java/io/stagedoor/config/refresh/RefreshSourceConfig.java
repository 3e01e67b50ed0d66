package io.stagedoor.config.refresh;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Something that refreshes read from.
 *
 * @param name its name in records and metrics
 * @param content whose refreshes read from it: LUIDs of content or of projects, or {@code *} for all
 * @param freshness how old the last successful refresh of its content may be; nothing is refused for
 *     it, it is reported
 * @param checks what tells that it is well; all of them must
 */
public record RefreshSourceConfig(
        String name,
        Set<String> content,
        Optional<Duration> freshness,
        List<SourceCheckConfig> checks) {

    /** What stands for all content. */
    public static final String ALL = "*";

    /** Copies the collections. */
    public RefreshSourceConfig {
        content = Set.copyOf(content);
        checks = List.copyOf(checks);
    }
}

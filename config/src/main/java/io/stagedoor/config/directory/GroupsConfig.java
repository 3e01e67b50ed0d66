package io.stagedoor.config.directory;

import java.util.List;

/**
 * Where groups come from beside tokens and declarations.
 *
 * @param directories at most one for each tenant
 * @param mapped what groups of other directories count as
 */
public record GroupsConfig(List<DirectoryConfig> directories, List<MappedGroup> mapped) {

    /** Copies the lists. */
    public GroupsConfig {
        directories = List.copyOf(directories);
        mapped = List.copyOf(mapped);
    }

    /** Returns the configuration of nothing. */
    public static GroupsConfig none() {
        return new GroupsConfig(List.of(), List.of());
    }
}

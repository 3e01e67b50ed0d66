package io.stagedoor.config;

import io.stagedoor.config.access.DeclaredAccess;
import io.stagedoor.config.directory.GroupsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The access file and what it declared when it was read together with the configuration.
 *
 * @param file the access file, or nothing if access is not declared
 * @param groupsComplete whether the access file names all groups of every caller whose token names
 *     none; else such a caller's groups are unknown
 * @param recheckInterval the time between two askings whether what is under way may go on
 * @param groups where groups come from beside tokens and the access file
 * @param declared its content; empty if there is no file
 */
public record AccessConfig(
        Optional<Path> file,
        boolean groupsComplete,
        Duration recheckInterval,
        GroupsConfig groups,
        DeclaredAccess declared) {}

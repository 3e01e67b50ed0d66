package io.stagedoor.config;

import io.stagedoor.config.access.DeclaredAccess;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The access file and what it declared when it was read together with the configuration.
 *
 * @param file the access file, or nothing if access is not declared
 * @param declared its content; empty if there is no file
 */
public record AccessConfig(Optional<Path> file, DeclaredAccess declared) {}

package io.stagedoor.config.section;

import java.util.Optional;

/**
 * A key that a reader asks for.
 *
 * @param path its path from the root; {@code []} stands for each item of a list
 * @param expected what its value must be
 * @param isRequired whether it must be written where its section is
 * @param fallback its default as it would be written, if that is a value
 */
public record KnownKey(
        String path, String expected, boolean isRequired, Optional<String> fallback) {}

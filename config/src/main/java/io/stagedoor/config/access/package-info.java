/**
 * The access file: role assignments, groups and guardrails that are declared in Git.
 *
 * <p>Makes policy's values of them; must never decide anything.
 */
@NullMarked
package io.stagedoor.config.access;

import org.jspecify.annotations.NullMarked;

/**
 * Text in Git becomes typed values, or a list of exact complaints.
 *
 * <p>Knows policy's value types and the YAML parser; never the running proxy.
 */
@NullMarked
package io.stagedoor.config;

import org.jspecify.annotations.NullMarked;

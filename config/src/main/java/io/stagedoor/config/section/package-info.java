/**
 * Typed reading of a mapping: each key is asked for once with its kind and default, every complaint
 * carries its position, and keys nobody asked for are complained about.
 *
 * <p>Knows the text with positions and the values; must never know a key of Stagedoor.
 */
@NullMarked
package io.stagedoor.config.section;

import org.jspecify.annotations.NullMarked;

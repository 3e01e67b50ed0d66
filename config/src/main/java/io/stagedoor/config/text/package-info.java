/**
 * Text with positions: bytes of a YAML file become a small tree of nodes, each of which knows its
 * line and column, and complaints about them are collected.
 *
 * <p>The only package that knows the YAML parser. It must never know what the keys mean.
 */
@NullMarked
package io.stagedoor.config.text;

import org.jspecify.annotations.NullMarked;

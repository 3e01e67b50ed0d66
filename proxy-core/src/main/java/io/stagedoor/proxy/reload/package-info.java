/**
 * Change while serving: files are watched by their content, parts outlive the configuration that
 * made them, and what is not used any more is closed.
 *
 * <p>Must never know what the parts are or what the files say.
 */
@NullMarked
package io.stagedoor.proxy.reload;

import org.jspecify.annotations.NullMarked;

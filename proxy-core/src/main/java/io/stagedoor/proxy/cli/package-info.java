/**
 * The command line: one class a command, each turning arguments into one call and its result into
 * text or JSON.
 *
 * <p>Prints only through picocli's writers, and never decides anything itself.
 */
@NullMarked
package io.stagedoor.proxy.cli;

import org.jspecify.annotations.NullMarked;

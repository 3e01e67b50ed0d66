/**
 * Answers about the trail as text for people and as JSON for programs.
 *
 * <p>Must never read files or the index; whatever comes from outside is printed so that it cannot
 * steer a terminal.
 */
@NullMarked
package io.stagedoor.proxy.audit.print;

import org.jspecify.annotations.NullMarked;

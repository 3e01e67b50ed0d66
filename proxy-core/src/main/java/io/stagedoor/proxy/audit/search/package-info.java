/**
 * What people ask of the trail, and the answers as values: a job's story, a principal's history, the
 * reasons of one decision.
 *
 * <p>Must never know how an answer is printed.
 */
@NullMarked
package io.stagedoor.proxy.audit.search;

import org.jspecify.annotations.NullMarked;

/**
 * The files of the journal: their names, their lines, writing them so that they last.
 *
 * <p>Everything that touches the disk goes through {@link
 * io.stagedoor.proxy.audit.segment.SegmentStorage}, so that a test can make it fail. Must never know
 * what a record says.
 */
@NullMarked
package io.stagedoor.proxy.audit.segment;

import org.jspecify.annotations.NullMarked;

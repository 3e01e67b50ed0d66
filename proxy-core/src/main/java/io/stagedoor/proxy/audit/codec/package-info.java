/**
 * A record as one line of canonical JSON, its hash, and back.
 *
 * <p>Canonical means: members in one fixed order, absent ones left out, no white space, UTF-8, and
 * everything that could break a line or mislead a terminal escaped. Must never know files.
 */
@NullMarked
package io.stagedoor.proxy.audit.codec;

import org.jspecify.annotations.NullMarked;

/**
 * Examines the whole chain that a configuration describes, live: each check looks at one thing from
 * outside and says how it is and what to do.
 *
 * <p>A check is handed what it needs and knows no other. None ever holds a secret in its words.
 */
@NullMarked
package io.stagedoor.proxy.doctor;

import org.jspecify.annotations.NullMarked;

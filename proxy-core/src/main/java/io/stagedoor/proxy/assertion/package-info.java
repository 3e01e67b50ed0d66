/**
 * The signed statement by which upstreams learn who is really calling, and the keys to check it with.
 *
 * <p>Knows principals and signatures. Must never know sockets, configuration, or what was decided: it
 * states what others proved.
 */
@NullMarked
package io.stagedoor.proxy.assertion;

import org.jspecify.annotations.NullMarked;

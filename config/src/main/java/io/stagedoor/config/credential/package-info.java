/**
 * What the credentials for all upstreams have in common: whom they are asked from, where secrets are
 * kept, and how the upstreams learn who is really calling. Must never know what they are used for.
 */
@NullMarked
package io.stagedoor.config.credential;

import org.jspecify.annotations.NullMarked;

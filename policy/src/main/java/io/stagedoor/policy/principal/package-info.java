/**
 * Who asks: principals and the security groups they belong to.
 *
 * <p>Knows nothing of tokens, directories or HTTP: a principal is a tenant and an object id, and a
 * group graph is whatever memberships it was built from.
 */
@NullMarked
package io.stagedoor.policy.principal;

import org.jspecify.annotations.NullMarked;

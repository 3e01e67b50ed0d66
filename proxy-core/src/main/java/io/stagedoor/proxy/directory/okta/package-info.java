/**
 * Groups of an Okta organisation's users, by Okta's API.
 *
 * <p>All pages or nothing. Must never follow a link to another host.
 */
@NullMarked
package io.stagedoor.proxy.directory.okta;

import org.jspecify.annotations.NullMarked;

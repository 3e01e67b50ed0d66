/**
 * Groups of an Entra tenant's principals, by Microsoft Graph.
 *
 * <p>All pages or nothing. Must never use an address that a token names, or follow a link to another
 * host.
 */
@NullMarked
package io.stagedoor.proxy.directory.graph;

import org.jspecify.annotations.NullMarked;

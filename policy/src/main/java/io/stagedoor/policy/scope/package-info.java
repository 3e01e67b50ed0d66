/**
 * Where a right holds: a root (workspace, factory or site) and at most one item below it.
 *
 * <p>Implements the scope grammar of Synapse RBAC and carries it over to Data Factory and Tableau.
 * Knows nothing of roles, principals or operations.
 */
@NullMarked
package io.stagedoor.policy.scope;

import org.jspecify.annotations.NullMarked;

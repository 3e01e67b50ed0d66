package io.stagedoor.policy.peers;

import io.stagedoor.policy.role.Action;
import io.stagedoor.policy.scope.Scope;

/**
 * May this user do this at this item?
 *
 * @param user the number of the user
 * @param action what is wanted
 * @param item where it is wanted; the workspace around it is the one scope that covers it
 * @param allowed the answer, found by looking at every assignment
 */
record Question(int user, Action action, Scope item, boolean allowed) {}

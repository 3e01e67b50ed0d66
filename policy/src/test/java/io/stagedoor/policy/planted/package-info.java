/** Violations that the architecture test must see. */
package io.stagedoor.policy.planted;

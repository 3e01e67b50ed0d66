package io.stagedoor.proxy;

import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.groups.GroupHealth;
import io.stagedoor.proxy.directory.groups.GroupLookup;
import io.stagedoor.proxy.scim.ScimDirectory;
import io.stagedoor.proxy.scim.ScimEndpoint;
import java.util.List;
import java.util.Optional;

/**
 * A directory that pushes: what it pushed is all that is known, so nothing is asked or forgotten.
 * Whom it deactivated is barred. Safe for any thread.
 */
final class ScimGroups implements GroupLookup {

    private final String name;
    private final ScimDirectory directory;
    private final ScimEndpoint endpoint;

    ScimGroups(String name, ScimDirectory directory, ScimEndpoint endpoint) {
        this.name = name;
        this.directory = directory;
        this.endpoint = endpoint;
    }

    /** Returns where it pushes to. */
    ScimEndpoint endpoint() {
        return endpoint;
    }

    @Override
    public Optional<GroupMembership> atHand(PrincipalId principal, PrincipalKind kind) {
        return directory.of(principal).groups();
    }

    @Override
    public GroupMembership find(PrincipalId principal, PrincipalKind kind) {
        return directory.of(principal).groups().orElseGet(GroupMembership::unknown);
    }

    @Override
    public boolean isBarred(PrincipalId principal) {
        return !directory.of(principal).active();
    }

    @Override
    public void forget(PrincipalId principal) {
        // what was pushed cannot be asked for again
    }

    @Override
    public void forgetAll() {
        // what was pushed cannot be asked for again
    }

    @Override
    public GroupHealth health() {
        return new GroupHealth(
                name, true, directory.size(), Optional.empty(), Optional.empty(), List.of());
    }

    @Override
    public void close() {
        // the store is closed by itself
    }
}

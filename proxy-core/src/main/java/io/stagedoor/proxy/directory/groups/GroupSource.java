package io.stagedoor.proxy.directory.groups;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.directory.remote.NoAnswerException;
import java.util.List;
import java.util.Set;

/** A directory that can be asked. Calls block and belong on virtual threads; safe for any. */
public interface GroupSource extends AutoCloseable {

    /**
     * Asks for all groups of a principal, direct and nested.
     *
     * @throws NoAnswerException if the directory did not give all of them, or does not know the
     *     principal
     */
    Set<PrincipalId> groupsOf(PrincipalId principal, PrincipalKind kind) throws NoAnswerException;

    /** Asks something harmless with each permission that is needed, and says what came of it. */
    List<GroupFinding> examine();

    /** Stops asking. */
    @Override
    void close();
}

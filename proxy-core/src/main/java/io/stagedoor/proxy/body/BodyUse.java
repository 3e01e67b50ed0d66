package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.JobIdRule;
import io.stagedoor.policy.operation.JobIdRule.Where;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationFlag;

/** What the proxy does with a body that passes through it. */
public enum BodyUse {
    /** Nothing: the octets stream past. */
    STREAM,
    /** The octets stream past, and the first of them are looked at for job ids. */
    OBSERVE,
    /** The body is held until it is whole, within a bound, and may be changed. */
    REWRITE;

    /** Returns what is done with the body of a response to an operation of a service with such rules. */
    public static BodyUse ofResponse(Operation operation, LinkRules rules) {
        if (operation.traits().has(OperationFlag.NEXT_LINK)
                || operation.traits().has(OperationFlag.ENDPOINTS)
                || rules.stripsLogsOf(operation)) {
            return REWRITE;
        }
        return holdsJobIds(operation, Where.RESPONSE_BODY) ? OBSERVE : STREAM;
    }

    /**
     * Returns what is done with the body of an operation's request when no scope depends on it; when
     * one does, {@link ScopeInputReader} needs it whole.
     */
    public static BodyUse ofRequest(Operation operation) {
        return holdsJobIds(operation, Where.REQUEST_BODY) ? OBSERVE : STREAM;
    }

    /** Returns whether the proxy looks at the octets, so that they must come in no coding. */
    public boolean reads() {
        return this != STREAM;
    }

    private static boolean holdsJobIds(Operation operation, Where where) {
        return operation.traits().jobIds().stream().map(JobIdRule::where).anyMatch(where::equals);
    }
}

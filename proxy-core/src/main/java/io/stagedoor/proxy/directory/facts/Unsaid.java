package io.stagedoor.proxy.directory.facts;

import io.stagedoor.policy.operation.ScopeInput;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done when a service does not say what a decision depends on. */
public final class Unsaid {

    private static final Logger LOG = LoggerFactory.getLogger(Unsaid.class);

    private Unsaid() {}

    /**
     * Logs that it was not said, and makes the refusal of the request that needed it.
     *
     * @param service what was asked, such as {@code workspace}
     * @param input what it was asked
     * @param reason why it did not say; names no secret
     */
    public static RefusedException refused(String service, ScopeInput input, String reason) {
        LOG.atWarn()
                .addKeyValue("input", input)
                .addKeyValue("reason", reason)
                .log("a scope could not be looked up");
        return RefusedException.of(
                Code.UPSTREAM_UNREACHABLE,
                "the "
                        + service
                        + " did not say at which scope the request must be allowed ("
                        + input
                        + ")",
                "try again shortly; nothing has been sent");
    }
}

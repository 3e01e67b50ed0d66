package io.stagedoor.proxy.audit.verify;

import java.util.List;

/**
 * One of the two answers of a verification.
 *
 * @param findings the first of what was found, in the order of the journal
 * @param count how much was found in all
 */
public record Verdict(List<Finding> findings, long count) {

    /** Copies the findings. */
    public Verdict {
        findings = List.copyOf(findings);
    }

    /** Tells whether there is nothing to find fault with. */
    public boolean isGood() {
        return count == 0;
    }
}

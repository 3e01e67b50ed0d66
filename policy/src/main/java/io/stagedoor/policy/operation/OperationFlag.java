package io.stagedoor.policy.operation;

import java.util.Locale;
import java.util.Optional;

/** A yes-or-no property of an operation, written in the catalogue in lower case with hyphens. */
public enum OperationFlag {
    /** Answers with many things. */
    LIST,
    /** Answers before its work is done; the client polls. */
    LONG_RUNNING,
    /** Starts a job; sent twice, it starts two. */
    STARTS_RUN,
    /** Runs the pipeline, notebook, job definition or pool that it names, as guardrails mean it. */
    RUNS_NAMED_RESOURCE,
    /** Its JSON answer holds {@code /nextLink}, an absolute URL of the upstream. */
    NEXT_LINK,
    /**
     * Its answer may carry {@code Location} or {@code Azure-AsyncOperation}, absolute URLs of the
     * upstream.
     */
    LOCATION,
    /** Its JSON answer holds {@code /connectivityEndpoints}, host names of the upstream. */
    ENDPOINTS,
    /**
     * Its answer names as invoker or submitter the identity the upstream saw, which is the proxy's
     * (S58).
     */
    NAMES_PROXY_IDENTITY,
    /** Its request or its answer holds a secret in the clear. */
    HOLDS_SECRETS,
    /** Its answer holds data of the platform's users, not only words about it. */
    EXPORTS_DATA,
    /** Is asked by clients before they have shown who they are: it holds nothing to protect. */
    BEFORE_SIGN_IN,
    /** Is answered by the proxy itself and never forwarded. */
    LOCAL,
    /** Tells callers about themselves, which no guardrail keeps from them. */
    UNGUARDED;

    /** Returns the flag's name in the catalogue, for example {@code starts-run}. */
    public String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the flag of that name, if there is one. */
    static Optional<OperationFlag> find(String text) {
        for (OperationFlag flag : values()) {
            if (flag.text().equals(text)) {
                return Optional.of(flag);
            }
        }
        return Optional.empty();
    }
}

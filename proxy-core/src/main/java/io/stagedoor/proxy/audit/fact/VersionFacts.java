package io.stagedoor.proxy.audit.fact;

import java.time.Duration;
import java.util.Optional;

/**
 * What the decision was made with.
 *
 * @param snapshot the id of the access snapshot, when one was consulted
 * @param snapshotAge how old that snapshot was
 * @param groupsAge how old the directory's answer was that told the caller's groups, if one did
 * @param product the version of the proxy
 */
public record VersionFacts(
        Optional<String> snapshot,
        Optional<Duration> snapshotAge,
        Optional<Duration> groupsAge,
        String product) {}

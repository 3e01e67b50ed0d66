package io.stagedoor.proxy.admin.resource;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the proxy knows at one moment, and how it came by it. Holds no secret.
 *
 * @param version the version of the proxy
 * @param now when this was true
 * @param configuration the configuration in use
 * @param issuers how the keys of each issuer are doing
 * @param workspaces how the knowledge about each workspace is doing
 * @param credentials how the credential of each upstream is doing
 */
public record ProxyState(
        String version,
        Instant now,
        Configuration configuration,
        List<Issuer> issuers,
        List<Workspace> workspaces,
        List<Credential> credentials) {

    /** Copies the lists. */
    public ProxyState {
        issuers = List.copyOf(issuers);
        workspaces = List.copyOf(workspaces);
        credentials = List.copyOf(credentials);
    }

    /**
     * The configuration in use.
     *
     * @param generation which it is since the start, from 1
     * @param since when it was taken up
     */
    public record Configuration(long generation, Instant since) {}

    /**
     * The keys of an issuer.
     *
     * @param name its configured name
     * @param usable whether its tokens can be verified now
     * @param keys how many keys are in use
     * @param ignored how many published keys are not fit for use
     * @param age how long ago they were fetched; empty if never
     * @param failure why the last fetch failed, if it did
     */
    public record Issuer(
            String name,
            boolean usable,
            int keys,
            int ignored,
            Optional<Duration> age,
            Optional<String> failure) {}

    /**
     * The knowledge about a workspace.
     *
     * @param name its configured name
     * @param freshness {@code loading}, {@code fresh} or {@code stale}
     * @param snapshot the id of the snapshot in use; empty if there is none
     * @param assignments how many role assignments it holds
     * @param age how old it is; empty if there is none, or nothing that ages
     * @param failures readings that failed since the last that succeeded
     * @param failure why the last reading failed, if it did
     */
    public record Workspace(
            String name,
            String freshness,
            Optional<String> snapshot,
            int assignments,
            Optional<Duration> age,
            int failures,
            Optional<String> failure) {}

    /**
     * The credential of an upstream.
     *
     * @param upstream the configured name of its workspace
     * @param kind what sort of credential it is
     * @param usableUntil when the one in use expires; empty if there is none
     * @param failures attempts that failed since the last that succeeded
     * @param failure what the last failure said, if it failed
     */
    public record Credential(
            String upstream,
            String kind,
            Optional<Instant> usableUntil,
            int failures,
            Optional<String> failure) {}
}

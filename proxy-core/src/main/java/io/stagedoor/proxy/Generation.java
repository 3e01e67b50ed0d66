package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.policy.principal.GroupGraph;
import io.stagedoor.proxy.authn.TokenAuthenticator;
import io.stagedoor.proxy.credential.UpstreamCredentials;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
import io.stagedoor.proxy.exchange.ExchangeParts;
import io.stagedoor.proxy.follow.RunLooks;
import io.stagedoor.proxy.reload.PartList;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * All that one configuration became: immutable, and replaced as a whole. Parts that did not change
 * are those of the generation before.
 *
 * @param config the configuration
 * @param parts holds the parts, to be closed when the last exchange with them has ended
 * @param authenticator believes tokens
 * @param directory knows assignments
 * @param credentials enters upstreams
 * @param workspaces what each workspace is read with, by name
 * @param groups what else is asked for groups
 * @param exchanges what exchanges work with
 */
record Generation(
        StagedoorConfig config,
        PartList parts,
        TokenAuthenticator authenticator,
        Directory directory,
        UpstreamCredentials credentials,
        Map<String, ServiceParts> workspaces,
        GroupParts groups,
        ExchangeParts exchanges)
        implements AutoCloseable {

    /** Copies the map. */
    Generation {
        workspaces = Map.copyOf(workspaces);
    }

    /** Begins what is not begun yet: reading, acquiring and fetching in the background. */
    void begin() {
        for (ServiceConfig workspace : config.services()) {
            directory.workspace(workspace.name()).ifPresent(read -> partsOf(workspace).begin(read));
        }
        groups.begin();
        Thread.ofVirtual().name("key-preload").start(authenticator::preload);
    }

    /** Returns what looks at runs, by the services whose runs are followed. */
    Map<String, RunLooks> runLooks() {
        Map<String, RunLooks> byName = new HashMap<>();
        workspaces.forEach(
                (name, read) -> read.looks().ifPresent(looks -> byName.put(name, looks)));
        return byName;
    }

    /** Returns the declared memberships. */
    GroupGraph declaredGroups() {
        return GroupGraph.of(config.access().declared().memberOf());
    }

    private ServiceParts partsOf(ServiceConfig workspace) {
        ServiceParts found = workspaces.get(workspace.name());
        if (found == null) {
            throw new IllegalStateException("no parts of workspace `" + workspace.name() + "`");
        }
        return found;
    }

    /**
     * Waits until keys are fetched and every workspace has been read, so that requests which were
     * served before go on being served; not longer than told.
     *
     * @return whether all was learned
     */
    boolean awaitKnowledge(Duration atMost) {
        List<CompletableFuture<?>> learned =
                config.services().stream()
                        .flatMap(workspace -> directory.workspace(workspace.name()).stream())
                        .filter(read -> !read.health().isFresh())
                        .<CompletableFuture<?>>map(WorkspaceDirectory::refreshNow)
                        .toList();
        CompletableFuture<Void> keys =
                CompletableFuture.runAsync(authenticator::preload, exchanges.setting().threads());
        return CompletableFuture.allOf(
                        CompletableFuture.allOf(learned.toArray(CompletableFuture[]::new)), keys)
                .orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS)
                .handle((_, late) -> late == null)
                .join();
    }

    /** Lets go of the parts. */
    @Override
    public void close() {
        parts.close();
    }
}

package io.stagedoor.proxy.operator;

import io.stagedoor.proxy.admin.resource.Refreshing;
import io.stagedoor.proxy.directory.Directory;
import io.stagedoor.proxy.directory.DirectoryHealth;
import io.stagedoor.proxy.directory.RefreshOutcome;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Has role assignments read again, all workspaces side by side, and whatever directories told of
 * groups asked for anew.
 */
public final class AssignmentRefresh implements Refreshing {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Supplier<Served> served;

    /** Refreshes what is served at the time. */
    public AssignmentRefresh(Supplier<Served> served) {
        this.served = served;
    }

    @Override
    public List<Refreshed> refresh(Optional<String> workspace) {
        Directory directory = served.get().directory();
        directory.forgetGroups();
        Map<WorkspaceDirectory, CompletableFuture<RefreshOutcome>> begun = new LinkedHashMap<>();
        directory.health().stream()
                .map(DirectoryHealth::workspace)
                .filter(name -> workspace.map(name::equals).orElse(true))
                .flatMap(name -> directory.workspace(name).stream())
                .forEach(each -> begun.put(each, each.refreshNow()));
        return begun.entrySet().stream()
                .map(each -> refreshed(each.getKey(), awaited(each.getValue())))
                .toList();
    }

    private static RefreshOutcome awaited(CompletableFuture<RefreshOutcome> outcome) {
        return outcome.copy()
                .completeOnTimeout(
                        new RefreshOutcome.Failed(
                                "it takes longer than " + PATIENCE.toSeconds() + " s and goes on",
                                Optional.empty()),
                        PATIENCE.toMillis(),
                        TimeUnit.MILLISECONDS)
                .join();
    }

    private static Refreshed refreshed(WorkspaceDirectory workspace, RefreshOutcome outcome) {
        DirectoryHealth health = workspace.health();
        Optional<String> failure =
                switch (outcome) {
                    case RefreshOutcome.Loaded _ -> Optional.empty();
                    case RefreshOutcome.Failed failed -> Optional.of(failed.reason());
                };
        return new Refreshed(
                workspace.name(),
                health.snapshot().map(DirectoryHealth.Content::id),
                health.snapshot().map(DirectoryHealth.Content::assignments).orElse(0),
                health.age(),
                failure);
    }
}

package io.stagedoor.policy.operation;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What is particular about an operation beyond what it requires.
 *
 * @param flags its yes-or-no properties
 * @param successStatus the documented status codes of success
 * @param jobIds where job ids stand in its exchange
 * @param resources the named things it is about
 * @param ownership how it concerns who made a thing, if it does
 * @param filter how its answer can be narrowed to what a caller may see, if it can
 * @param platform what only some platforms say of their calls
 */
public record OperationTraits(
        Set<OperationFlag> flags,
        Set<Integer> successStatus,
        List<JobIdRule> jobIds,
        List<NamedResource> resources,
        Optional<Ownership> ownership,
        Optional<ListFilter> filter,
        PlatformTraits platform) {

    /** Copies the collections. */
    public OperationTraits {
        flags = Set.copyOf(flags);
        successStatus = Set.copyOf(successStatus);
        jobIds = List.copyOf(jobIds);
        resources = List.copyOf(resources);
    }

    /** Makes the traits of an operation of which nothing further is said. */
    public OperationTraits(
            Set<OperationFlag> flags,
            Set<Integer> successStatus,
            List<JobIdRule> jobIds,
            List<NamedResource> resources,
            Optional<Ownership> ownership) {
        this(
                flags,
                successStatus,
                jobIds,
                resources,
                ownership,
                Optional.empty(),
                PlatformTraits.NONE);
    }

    /**
     * Returns the scopes that a token of the platform must carry to be let do this, all of them;
     * empty where the platform has no such scopes, or documents none for this call.
     */
    public Set<String> upstreamScopes() {
        return platform.scopes();
    }

    /** Returns the path parameters that must name the root behind the route. */
    public List<RootReference> rootReferences() {
        return platform.rootReferences();
    }

    /**
     * Returns the operation that requests of this one are taken for, since method and path do not tell
     * the two apart.
     */
    public Optional<String> twinOf() {
        return platform.twinOf();
    }

    /** Returns whether the operation answers with many things. */
    public boolean list() {
        return has(OperationFlag.LIST);
    }

    /** Returns whether the operation answers before its work is done. */
    public boolean longRunning() {
        return has(OperationFlag.LONG_RUNNING);
    }

    /** Returns whether the operation, sent twice, starts a job twice. */
    public boolean startsRun() {
        return has(OperationFlag.STARTS_RUN);
    }

    /** Returns whether the proxy answers the operation itself and never forwards it. */
    public boolean answeredLocally() {
        return has(OperationFlag.LOCAL);
    }

    /** Returns whether the operation has the flag. */
    public boolean has(OperationFlag flag) {
        return flags.contains(flag);
    }

    /** Returns the links between the ids that one exchange of this operation shows. */
    public List<JobIdEdge> jobIdEdges() {
        return jobIds.stream().flatMap(this::edgesTo).toList();
    }

    private Stream<JobIdEdge> edgesTo(JobIdRule child) {
        return jobIds.stream()
                .filter(rule -> child.childOf().contains(rule.at()))
                .map(parent -> new JobIdEdge(parent, child));
    }
}

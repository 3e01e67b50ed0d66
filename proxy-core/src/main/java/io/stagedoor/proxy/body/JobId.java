package io.stagedoor.proxy.body;

import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.principal.PrincipalId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The full name of a job: its id and all that makes the id unique.
 *
 * @param platform the platform
 * @param root the name of the workspace, factory or site behind the route; {@link #SOMEWHERE} if
 *     it is not known
 * @param kind the kind of id, for example {@code pipelineRun}
 * @param within what the id is unique in below the root, outermost first, for example the Spark
 *     pool, and of a statement the session too
 * @param id the id: a GUID in lower case without braces, anything else as it is
 */
public record JobId(Platform platform, String root, String kind, List<String> within, String id) {

    /** Copies the list and brings a GUID to its canonical form. */
    public JobId {
        within = List.copyOf(within);
        id = canonical(id);
    }

    /** What stands for the root of a job of which only the platform is known. */
    public static final String SOMEWHERE = "*";

    /** Makes the name of a job of another platform, seen where its service is not named. */
    public static JobId somewhere(Platform platform, String kind, String id) {
        return new JobId(platform, SOMEWHERE, kind, List.of(), id);
    }

    private static String canonical(String id) {
        boolean braced = id.startsWith("{") && id.endsWith("}");
        String bare = braced ? id.substring(1, id.length() - 1) : id;
        return PrincipalId.isGuid(bare) ? bare.toLowerCase(Locale.ROOT) : id;
    }

    /** Returns the Spark pool that the id is unique in, if it is one of those. */
    public Optional<String> pool() {
        return within.stream().findFirst();
    }

    /** Returns the id with what it is unique in below the pool, for example {@code 7/12}. */
    public String idInPool() {
        return Stream.concat(within.stream().skip(1), Stream.of(id))
                .collect(Collectors.joining("/"));
    }
}

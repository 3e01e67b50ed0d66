package io.stagedoor.proxy.audit.fact;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The full name of a job: an id alone is not unique, since Livy ids are small integers that repeat
 * in every pool.
 *
 * <p>GUIDs are folded to lower case and lose their braces, so that an id pasted from any tool is
 * found; every other id stays as it is.
 *
 * @param platform such as `synapse`, `data_factory` or `tableau`
 * @param workspace the workspace, factory or site; {@link #SOMEWHERE} if it was not told
 * @param pool the Spark pool, for ids that are unique only within one
 * @param kind such as `pipelineRun`, `activityRun`, `livyBatch` or `sparkApplication`
 * @param id the id in its canonical form
 */
public record JobKey(
        String platform, String workspace, Optional<String> pool, String kind, String id) {
    /** What stands for the workspace of a job of which only the platform was told. */
    public static final String SOMEWHERE = "*";

    private static final Pattern GUID =
            Pattern.compile("\\{?(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})}?");

    /** Brings the id to its canonical form. */
    public JobKey {
        id = canonicalId(id);
    }

    /** Names a job that needs no pool to be unique. */
    public static JobKey of(String platform, String workspace, String kind, String id) {
        return new JobKey(platform, workspace, Optional.empty(), kind, id);
    }

    /** Gives the form an id is stored and searched in: GUIDs lower case and without braces. */
    public static String canonicalId(String id) {
        var guid = GUID.matcher(id);
        return guid.matches() ? guid.group(1).toLowerCase(Locale.ROOT) : id;
    }

    /** Tells whether this may be the other job, seen where its workspace was not told. */
    public boolean isElsewhere(JobKey other) {
        return workspace.equals(SOMEWHERE)
                && !other.workspace.equals(SOMEWHERE)
                && platform.equals(other.platform)
                && kind.equals(other.kind)
                && id.equals(other.id);
    }

    /** Gives {@code platform:workspace/[pool/POOL/]kind/id}, the form in which people meet it. */
    public String text() {
        String inPool = pool.map(name -> "pool/" + name + '/').orElse("");
        return platform + ':' + workspace + '/' + inPool + kind + '/' + id;
    }
}

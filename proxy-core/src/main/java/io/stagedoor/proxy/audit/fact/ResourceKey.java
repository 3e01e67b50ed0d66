package io.stagedoor.proxy.audit.fact;

import java.util.Optional;

/**
 * The thing an operation is about.
 *
 * @param platform such as `synapse`, `data_factory` or `tableau`
 * @param workspace the workspace, factory or site it lives in
 * @param kind such as `pipeline`, `notebook` or `workspace`
 * @param name its name as sent; empty when the operation speaks of the whole kind
 */
public record ResourceKey(String platform, String workspace, String kind, Optional<String> name) {

    /** Gives {@code workspace/kind/name}, or {@code workspace/kind} when there is no name. */
    public String text() {
        return workspace + '/' + kind + name.map(n -> '/' + n).orElse("");
    }
}

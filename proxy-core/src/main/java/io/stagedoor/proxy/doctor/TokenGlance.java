package io.stagedoor.proxy.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.stagedoor.proxy.authn.jose.Base64Url;
import io.stagedoor.proxy.authn.jose.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads for whom the proxy's own token is. It is not verified: it came from who issues it. */
public final class TokenGlance {

    private TokenGlance() {}

    /**
     * Returns the audiences of a token; empty if it is no JWT.
     *
     * @param authorization a field value such as {@code Bearer eyJ...}
     */
    public static Set<String> audiencesOf(String authorization) {
        List<String> parts = List.of(authorization.split("\\.", -1));
        Optional<byte[]> payload =
                parts.size() == 3 ? Base64Url.decode(parts.get(1)) : Optional.empty();
        JsonNode audience =
                payload.flatMap(StrictJson::readObject)
                        .<JsonNode>map(claims -> claims.path("aud"))
                        .orElseGet(MissingNode::getInstance);
        Set<String> audiences = new TreeSet<>();
        if (audience.isTextual()) {
            audiences.add(audience.textValue());
        }
        audience.forEach(each -> audiences.add(each.asText()));
        return audiences;
    }
}

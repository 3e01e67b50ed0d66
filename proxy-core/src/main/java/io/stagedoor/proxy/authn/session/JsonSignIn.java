package io.stagedoor.proxy.authn.session;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.StrictJson;
import io.stagedoor.proxy.refusal.RefusedException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Reads sign-in documents in JSON, each name once and nothing unknown. */
final class JsonSignIn {

    private static final Set<String> PARTS = Set.of("site", "user");

    private JsonSignIn() {}

    static SignInForm read(byte[] body) throws RefusedException {
        ObjectNode whole = StrictJson.readObject(body).orElseThrow(SignInForm::malformed);
        if (whole.size() != 1 || !(whole.get("credentials") instanceof ObjectNode credentials)) {
            throw SignInForm.malformed();
        }
        Map<String, String> texts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> each : credentials.properties()) {
            if (!PARTS.contains(each.getKey())) {
                texts.put(each.getKey(), text(each.getValue()));
            }
        }
        return SignInForm.of(texts, contentUrl(credentials), credentials.has("user"));
    }

    private static String text(JsonNode value) throws RefusedException {
        if (!value.isTextual() && !value.isBoolean()) {
            throw SignInForm.malformed();
        }
        return value.asText();
    }

    private static String contentUrl(ObjectNode credentials) throws RefusedException {
        JsonNode site = credentials.path("site");
        if (site.isMissingNode()) {
            return "";
        }
        JsonNode contentUrl = site.path("contentUrl");
        if (!site.isObject() || !(contentUrl.isTextual() || contentUrl.isMissingNode())) {
            throw SignInForm.malformed();
        }
        return contentUrl.asText("");
    }
}

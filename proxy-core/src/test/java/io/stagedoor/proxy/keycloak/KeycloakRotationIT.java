package io.stagedoor.proxy.keycloak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A new signing key while requests flow, and the end of the old one. */
@Tag("keycloak")
@ExtendWith(SharedKeycloak.class)
class KeycloakRotationIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The configured refresh interval, a fetch, and room for a slow machine. */
    private static final Duration DOCUMENTED = Duration.ofSeconds(60 + 5 + 25);

    @Test
    void noGoodRequestFailsAndTheOldKeysTokensEnd(KeycloakServer keycloak) throws Exception {
        try (ProxyFixture proxy = KeycloakProxy.start(keycloak)) {
            String old = keycloak.tokenOf("ada");
            List<Integer> statuses = new CopyOnWriteArrayList<>();
            AtomicBoolean over = new AtomicBoolean();
            FutureTask<Boolean> flow =
                    new FutureTask<>(() -> flow(keycloak, proxy, statuses, over));
            Thread.ofPlatform().daemon().start(flow);
            await().until(() -> statuses.size() > 3);

            List<JsonNode> before = keyProviders(keycloak);
            addKey(keycloak, before.getFirst().path("parentId").asText());
            String fresh = keycloak.tokenOf("ada");
            int freshStatus = status(proxy, fresh);
            int oldStatus = status(proxy, old);
            for (JsonNode provider : before) {
                disable(keycloak, (ObjectNode) provider);
            }
            await().atMost(DOCUMENTED)
                    .pollInterval(Duration.ofMillis(500))
                    .until(() -> status(proxy, old) == 401);
            int goodThen = statuses.size();
            await().until(() -> statuses.size() > goodThen + 3);
            over.set(true);

            assertThat(flow.get(30, TimeUnit.SECONDS)).isTrue();
            assertThat(keyId(fresh)).isNotEqualTo(keyId(old));
            assertThat(freshStatus).isEqualTo(200);
            assertThat(oldStatus).isEqualTo(200);
            assertThat(statuses).containsOnly(200);
            assertThat(status(proxy, fresh)).isEqualTo(200);
        }
    }

    private static boolean flow(
            KeycloakServer keycloak, ProxyFixture proxy, List<Integer> statuses, AtomicBoolean over)
            throws Exception {
        while (!over.get()) {
            statuses.add(status(proxy, keycloak.tokenOf("ada")));
        }
        return true;
    }

    private static List<JsonNode> keyProviders(KeycloakServer keycloak) throws Exception {
        return keycloak.admin(
                        "GET",
                        "/components?type=org.keycloak.keys.KeyProvider",
                        JSON.createObjectNode())
                .valueStream()
                .filter(each -> each.path("providerId").asText().equals("rsa-generated"))
                .toList();
    }

    private static void addKey(KeycloakServer keycloak, String realm) throws Exception {
        ObjectNode provider =
                JSON.createObjectNode()
                        .put("name", "next")
                        .put("providerId", "rsa-generated")
                        .put("providerType", "org.keycloak.keys.KeyProvider")
                        .put("parentId", realm);
        ObjectNode config = provider.putObject("config");
        config.putArray("priority").add("200");
        config.putArray("enabled").add("true");
        config.putArray("active").add("true");
        config.putArray("keySize").add("2048");
        config.putArray("algorithm").add("RS256");
        keycloak.admin("POST", "/components", provider);
    }

    private static void disable(KeycloakServer keycloak, ObjectNode provider) throws Exception {
        ((ObjectNode) provider.path("config")).putArray("enabled").add("false");
        keycloak.admin("PUT", "/components/" + provider.path("id").asText(), provider);
    }

    private static int status(ProxyFixture proxy, String token) throws Exception {
        return KeycloakProxy.status(proxy, token, "GET", "/pipelines");
    }

    private static String keyId(String token) throws Exception {
        return JSON.readTree(Base64.getUrlDecoder().decode(token.split("\\.")[0]))
                .path("kid")
                .asText();
    }
}

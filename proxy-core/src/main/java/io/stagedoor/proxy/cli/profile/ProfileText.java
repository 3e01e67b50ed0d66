package io.stagedoor.proxy.cli.profile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.config.value.Secret;
import io.stagedoor.proxy.cli.oauth.ClientRegistration;
import java.net.URI;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Profiles as JSON, in the first form of the file. */
final class ProfileText {
    private static final int FORM = 1;
    private static final ObjectMapper MAPPER =
            new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ProfileText() {}

    static String write(Profile profile) {
        ObjectNode root = MAPPER.createObjectNode().put("form", FORM);
        root.put("issuer", profile.issuer());
        put(root, "issuerCertificates", profile.issuerCertificates().map(Path::toString));
        root.put("clientId", profile.client().clientId());
        profile.client().scopes().forEach(root.putArray("scopes")::add);
        put(root, "audience", profile.client().audience());
        put(root, "resource", profile.client().resource());
        profile.proxy().ifPresent(proxy -> write(proxy, root.putObject("proxy")));
        profile.tokens().ifPresent(tokens -> write(tokens, root.putObject("tokens")));
        return root.toPrettyString() + "\n";
    }

    private static void write(ProxyAddress proxy, ObjectNode node) {
        node.put("root", proxy.root().toString());
        put(node, "certificates", proxy.certificates().map(Path::toString));
    }

    private static void write(HeldTokens tokens, ObjectNode node) {
        node.put("accessToken", tokens.accessToken().reveal());
        node.put("obtained", tokens.obtained().toString());
        node.put("expires", tokens.expires().toString());
        put(node, "refreshToken", tokens.refreshToken().map(Secret::reveal));
        put(node, "account", tokens.account());
    }

    private static void put(ObjectNode node, String name, Optional<String> value) {
        value.ifPresent(present -> node.put(name, present));
    }

    /**
     * Reads a profile.
     *
     * @throws IllegalArgumentException if the text is none; the message repeats nothing of it
     */
    static Profile read(String text) {
        try {
            JsonNode root = MAPPER.readTree(text);
            if (root.path("form").asInt() != FORM) {
                throw new IllegalArgumentException("it has another form than this version knows");
            }
            return profile(root);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("it is not JSON", e);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("a time in it is malformed", e);
        }
    }

    private static Profile profile(JsonNode root) {
        List<String> scopes = root.path("scopes").valueStream().map(JsonNode::asText).toList();
        return new Profile(
                required(root, "issuer"),
                text(root, "issuerCertificates").map(Path::of),
                new ClientRegistration(
                        required(root, "clientId"),
                        scopes,
                        text(root, "audience"),
                        text(root, "resource")),
                object(root, "proxy").map(ProfileText::proxy),
                object(root, "tokens").map(ProfileText::tokens));
    }

    private static ProxyAddress proxy(JsonNode node) {
        return new ProxyAddress(
                URI.create(required(node, "root")), text(node, "certificates").map(Path::of));
    }

    private static HeldTokens tokens(JsonNode node) {
        return new HeldTokens(
                Secret.of(required(node, "accessToken")),
                Instant.parse(required(node, "obtained")),
                Instant.parse(required(node, "expires")),
                text(node, "refreshToken").map(Secret::of),
                text(node, "account"));
    }

    private static Optional<JsonNode> object(JsonNode node, String name) {
        return Optional.of(node.path(name)).filter(JsonNode::isObject);
    }

    private static Optional<String> text(JsonNode node, String name) {
        return Optional.ofNullable(node.path(name).textValue());
    }

    private static String required(JsonNode node, String name) {
        return text(node, name)
                .filter(value -> !value.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("it has no `" + name + "`"));
    }
}

package io.stagedoor.proxy.cli.oauth;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.UnverifiedToken;
import io.stagedoor.proxy.authn.keys.IssuerKeys;
import io.stagedoor.proxy.authn.keys.KeySetListener;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.authn.keys.KeySource;
import io.stagedoor.proxy.authn.keys.TrustedKey;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Verifies ID tokens (OpenID Connect Core 1.0, section 3.1.3.7) with the same strict reader and keys
 * that the proxy has for access tokens.
 *
 * @param trustedCertificates as for the issuer's other addresses
 */
public record IdTokens(
        IssuerMetadata metadata,
        String clientId,
        Optional<Path> trustedCertificates,
        InstantSource clock) {

    private static final Duration SKEW = Duration.ofMinutes(1);
    private static final String GUID =
            "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}";

    /**
     * Verifies a token, and tells how its subject is called; an issuer may leave that out.
     *
     * @param nonce what the token must repeat, where the request said one
     * @throws IOException if it is not this issuer's, for this client, for now
     */
    public Optional<String> account(String token, Optional<String> nonce) throws IOException {
        ObjectNode claims = verified(token);
        requireText(claims, "iss", metadata.issuer());
        if (nonce.isPresent()) {
            requireText(claims, "nonce", nonce.get());
        }
        requireAudience(claims);
        Instant expiry = Instant.ofEpochSecond(claims.path("exp").asLong(0));
        if (!clock.instant().isBefore(expiry.plus(SKEW))) {
            throw unfit("it has expired; is this machine's clock right?");
        }
        return Stream.of("preferred_username", "upn", "email", "name", "sub")
                .map(name -> VisibleText.of(claims.path(name).asText("")))
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    private ObjectNode verified(String token) throws IOException {
        try (IssuerKeys keys = keys()) {
            UnverifiedToken parsed = UnverifiedToken.parse(token);
            TrustedKey key = keys.keyFor(parsed.header().algorithm(), parsed.header().keyId());
            if (!key.verifies(
                    parsed.header().algorithm(), parsed.signingInput(), parsed.signature())) {
                throw unfit("its signature is not the issuer's");
            }
            return parsed.payload();
        } catch (RefusedException refused) {
            throw unfit(refused.refusal().sentence());
        }
    }

    private IssuerKeys keys() throws IOException {
        String template = metadata.issuer().replaceFirst(GUID, "{tenantid}");
        return IssuerKeys.of(
                new IssuerKeys.PublishedKeys(
                        "login",
                        metadata.issuer(),
                        new KeySource(metadata.keySet(), trustedCertificates),
                        Stream.of(metadata.issuer(), template).collect(Collectors.toSet())),
                KeySetTimes.DEFAULT,
                clock,
                KeySetListener.NONE);
    }

    private void requireAudience(ObjectNode claims) throws IOException {
        JsonNode audience = claims.path("aud");
        boolean forUs =
                audience.isArray()
                        ? audience.valueStream().anyMatch(each -> clientId.equals(each.asText()))
                        : clientId.equals(audience.asText());
        boolean severalAudiences = audience.size() > 1;
        if (!forUs || ((severalAudiences || claims.has("azp")) && !isAuthorisedParty(claims))) {
            throw unfit("it is for another client");
        }
    }

    private boolean isAuthorisedParty(ObjectNode claims) {
        return clientId.equals(claims.path("azp").asText());
    }

    private static void requireText(ObjectNode claims, String name, String wanted)
            throws IOException {
        if (!wanted.equals(claims.path(name).textValue())) {
            throw unfit("its claim `" + name + "` is another");
        }
    }

    private static IOException unfit(String why) {
        return new IOException("the issuer's ID token is not good: " + why);
    }
}

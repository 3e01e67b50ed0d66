package io.stagedoor.proxy.assertion;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.security.Provider;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Makes the statements that tell upstreams who is really calling: short-lived JSON Web Tokens (RFC
 * 7519), signed with ES256.
 *
 * <p>One is made for each caller and service, and sent with all their requests until half of its life
 * is over, so that a signature is not paid for by each request. Never waits; safe for any thread.
 */
public final class IdentityAssertions implements AutoCloseable {

    static final int MOST = 20_000;

    private static final JOSEObjectType TYPE = new JOSEObjectType("stagedoor-assertion+jwt");

    /**
     * What all assertions have in common.
     *
     * @param issuer whom they name as their issuer
     * @param audience whom they are for; empty for the address of each upstream
     * @param lifetime how long one is valid
     * @param key what signs
     * @param nextKey what will sign next, if that is known
     * @param provider who computes signatures; empty for the Java runtime's own
     */
    public record Setting(
            String issuer,
            Optional<String> audience,
            Duration lifetime,
            AssertionKey key,
            Optional<AssertionKey> nextKey,
            Optional<Provider> provider) {}

    private record Signed(String text, Instant renewAt) {}

    private final Setting setting;
    private final ECDSASigner signer;
    private final InstantSource clock;
    private final JWSHeader header;
    private final String keySet;
    private final SecureRandom random = new SecureRandom();
    private final Cache<AssertedCaller, Signed> byCaller =
            Caffeine.newBuilder().maximumSize(MOST).executor(Runnable::run).build();

    /** Makes a maker of assertions. */
    public IdentityAssertions(Setting setting, InstantSource clock) {
        this.setting = setting;
        this.clock = clock;
        this.signer = signer(setting);
        this.header =
                new JWSHeader.Builder(JWSAlgorithm.ES256)
                        .type(TYPE)
                        .keyID(setting.key().id())
                        .build();
        List<JWK> keys =
                Stream.concat(Stream.of(setting.key()), setting.nextKey().stream())
                        .<JWK>map(AssertionKey::published)
                        .toList();
        this.keySet = new JWKSet(keys).toString();
    }

    private static ECDSASigner signer(Setting setting) {
        try {
            ECDSASigner signer = new ECDSASigner(setting.key().pair());
            setting.provider().ifPresent(signer.getJCAContext()::setProvider);
            return signer;
        } catch (JOSEException impossible) {
            throw new IllegalStateException("ES256 signs with P-256", impossible);
        }
    }

    /** Returns the public keys as a JSON document (RFC 7517, section 5). */
    public String keySet() {
        return keySet;
    }

    /**
     * Returns an assertion about a caller that is valid for half of its lifetime at least.
     *
     * @param origin the address of the upstream, whom it is for unless that is said otherwise
     */
    public String assertion(AssertedCaller caller, String origin) {
        Instant now = clock.instant();
        Signed known = byCaller.getIfPresent(caller);
        if (known != null && now.isBefore(known.renewAt())) {
            return known.text();
        }
        Signed made = sign(caller, origin, now);
        byCaller.put(caller, made);
        return made.text();
    }

    private Signed sign(AssertedCaller caller, String origin, Instant now) {
        SignedJWT token = new SignedJWT(header, claims(caller, origin, now));
        try {
            token.sign(signer);
        } catch (JOSEException fault) {
            throw new IllegalStateException("an assertion cannot be signed", fault);
        }
        return new Signed(token.serialize(), now.plus(setting.lifetime().dividedBy(2)));
    }

    private JWTClaimsSet claims(AssertedCaller caller, String origin, Instant now) {
        JWTClaimsSet.Builder claims =
                new JWTClaimsSet.Builder()
                        .issuer(setting.issuer())
                        .audience(setting.audience().orElse(origin))
                        .subject(caller.principal().toString())
                        .claim("tid", caller.principal().tenant())
                        .claim("oid", caller.principal().objectId())
                        .claim("service", caller.service())
                        .issueTime(Date.from(now))
                        .expirationTime(Date.from(now.plus(setting.lifetime())))
                        .jwtID(freshId());
        caller.clientApplication().ifPresent(id -> claims.claim("azp", id));
        actors(caller.actors()).ifPresent(act -> claims.claim("act", act));
        return claims.build();
    }

    /** Returns the chain as RFC 8693, section 4.1 nests it: the current actor outermost. */
    private static Optional<Map<String, Object>> actors(List<String> chain) {
        Optional<Map<String, Object>> inner = Optional.empty();
        for (String actor : chain.reversed()) {
            Map<String, Object> outer = new TreeMap<>();
            outer.put("sub", actor);
            inner.ifPresent(act -> outer.put("act", act));
            inner = Optional.of(outer);
        }
        return inner;
    }

    private String freshId() {
        byte[] octets = new byte[16];
        random.nextBytes(octets);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(octets);
    }

    /** What it remembers is left to the garbage collector. */
    @Override
    public void close() {
        byCaller.invalidateAll();
    }
}

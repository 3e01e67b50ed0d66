package io.stagedoor.proxy.credential.tableau;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of the proxy as an issuer: what it signs assertions with, and their published halves.
 *
 * <p>Each is an RSA key of 2048 bits or more in PKCS#8 (RFC 5958) as PEM, read anew for each use, so
 * that a replaced file counts at once. A key that is to follow the current one is published beside it
 * before it signs anything. Safe for any thread; reading may block.
 */
public final class IssuerKeys {

    private static final int LEAST_BITS = 2048;
    private static final int REMEMBERED = 8;
    private static final Pattern PEM =
            Pattern.compile(
                    "\\s*-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----\\s*");

    private final Supplier<String> current;
    private final Optional<Supplier<String>> next;
    private final Map<String, RSAKey> parsed = new ConcurrentHashMap<>();

    /**
     * Makes the keys; nothing is read yet.
     *
     * @param current gives the key that is signed with, as PEM
     * @param next gives the key that is to follow it, if there is one
     */
    public IssuerKeys(Supplier<String> current, Optional<Supplier<String>> next) {
        this.current = current;
        this.next = next;
    }

    /**
     * Returns the public halves as a key set (RFC 7517, section 5), JSON.
     *
     * @throws IllegalStateException if a key cannot be read; the message holds nothing of it
     */
    public String publicSet() {
        return publicSet(List.of(this));
    }

    /**
     * Returns the public halves of the keys of several issuers, each once.
     *
     * @throws IllegalStateException if a key cannot be read; the message holds nothing of it
     */
    public static String publicSet(Collection<IssuerKeys> issuers) {
        Map<String, JWK> byId = new LinkedHashMap<>();
        for (IssuerKeys issuer : issuers) {
            issuer.all().forEach(key -> byId.put(key.getKeyID(), key));
        }
        boolean publicOnly = true;
        return new JWKSet(List.copyOf(byId.values())).toString(publicOnly);
    }

    /** Returns the keys with their private halves, the one to sign with first. */
    List<RSAKey> all() {
        List<RSAKey> keys = new ArrayList<>();
        keys.add(key(current, "the signing key"));
        next.ifPresent(it -> keys.add(key(it, "the next signing key")));
        return keys;
    }

    private RSAKey key(Supplier<String> source, String what) {
        String text = source.get();
        RSAKey known = parsed.get(text);
        if (known != null) {
            return known;
        }
        if (parsed.size() >= REMEMBERED) {
            parsed.clear();
        }
        RSAKey fresh = parse(text, what);
        parsed.put(text, fresh);
        return fresh;
    }

    private static RSAKey parse(String text, String what) {
        Matcher pem = PEM.matcher(text);
        if (!pem.matches()) {
            throw new IllegalStateException(what + " is not one private key in PKCS#8 as PEM");
        }
        try {
            return key(Base64.getMimeDecoder().decode(pem.group(1)), what);
        } catch (GeneralSecurityException | JOSEException | IllegalArgumentException _) {
            throw new IllegalStateException(what + " is not an RSA key in PKCS#8");
        }
    }

    private static RSAKey key(byte[] octets, String what)
            throws GeneralSecurityException, JOSEException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        RSAPrivateCrtKey secret =
                (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(octets));
        if (secret.getModulus().bitLength() < LEAST_BITS) {
            throw new IllegalStateException(what + " is shorter than " + LEAST_BITS + " bits");
        }
        RSAPublicKey open =
                (RSAPublicKey)
                        factory.generatePublic(
                                new RSAPublicKeySpec(
                                        secret.getModulus(), secret.getPublicExponent()));
        return new RSAKey.Builder(open)
                .privateKey(secret)
                .keyUse(KeyUse.SIGNATURE)
                .algorithm(JWSAlgorithm.RS256)
                .keyIDFromThumbprint()
                .build();
    }

    /** Shows no key. */
    @Override
    public String toString() {
        return "IssuerKeys[****]";
    }
}

package io.stagedoor.proxy.assertion;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.KeyUse;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A P-256 key pair for ES256 (RFC 7518, section 3.4), known by the thumbprint of its public part (RFC
 * 7638).
 */
public final class AssertionKey {

    private static final Pattern PEM =
            Pattern.compile(
                    "-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]+)-----END PRIVATE KEY-----");
    private static final String HELP =
            "make one with `openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256`";

    private final ECKey pair;

    private AssertionKey(ECPublicKey publicKey, ECPrivateKey privateKey) throws JOSEException {
        this.pair =
                new ECKey.Builder(Curve.P_256, publicKey)
                        .privateKey(privateKey)
                        .keyUse(KeyUse.SIGNATURE)
                        .algorithm(JWSAlgorithm.ES256)
                        .keyIDFromThumbprint()
                        .build();
    }

    /** Makes a new key pair. */
    public static AssertionKey generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair made = generator.generateKeyPair();
            return new AssertionKey(
                    (ECPublicKey) made.getPublic(), (ECPrivateKey) made.getPrivate());
        } catch (GeneralSecurityException | JOSEException absent) {
            throw new IllegalStateException("every Java runtime has P-256", absent);
        }
    }

    /**
     * Reads a private key; its public part follows from it.
     *
     * @param pem a private key in PKCS #8, PEM form (RFC 5958, RFC 7468)
     * @throws IllegalArgumentException if it is none, or of another kind; the message holds nothing of
     *     it
     */
    public static AssertionKey parse(String pem) {
        Matcher block = PEM.matcher(pem);
        if (!block.find()) {
            throw new IllegalArgumentException("it holds no block `BEGIN PRIVATE KEY`; " + HELP);
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(block.group(1));
            ECPrivateKey key =
                    (ECPrivateKey)
                            KeyFactory.getInstance("EC")
                                    .generatePrivate(new PKCS8EncodedKeySpec(der));
            if (!Curve.P_256.equals(Curve.forECParameterSpec(key.getParams()))) {
                throw new IllegalArgumentException("it is not on the curve P-256; " + HELP);
            }
            return new AssertionKey(PublicPart.of(key), key);
        } catch (GeneralSecurityException | JOSEException unreadable) {
            throw new IllegalArgumentException(
                    "it is no key on an elliptic curve; " + HELP, unreadable);
        }
    }

    /** Returns the key's id. */
    public String id() {
        return pair.getKeyID();
    }

    ECKey pair() {
        return pair;
    }

    ECKey published() {
        return pair.toPublicJWK();
    }

    /** Returns the id alone. */
    @Override
    public String toString() {
        return "AssertionKey[" + id() + "]";
    }
}

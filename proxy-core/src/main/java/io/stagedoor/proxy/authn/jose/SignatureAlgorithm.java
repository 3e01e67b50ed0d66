package io.stagedoor.proxy.authn.jose;

import java.util.Arrays;
import java.util.Optional;

/**
 * The signature algorithms a token may be signed with: the asymmetric ones of RFC 7518, section 3.1,
 * that issuers of access tokens use.
 *
 * <p>Everything else ({@code none}, the HMAC family, other curves and sizes) is unknown here, so that
 * no setting can switch it on.
 */
public enum SignatureAlgorithm {
    /** RSASSA-PKCS1-v1_5 with SHA-256. */
    RS256("RSA"),
    /** ECDSA on the curve P-256 with SHA-256. */
    ES256("EC"),
    /** RSASSA-PSS with SHA-256 and MGF1 with SHA-256. */
    PS256("RSA");

    private final String keyType;

    SignatureAlgorithm(String keyType) {
        this.keyType = keyType;
    }

    /** Returns the algorithm of this name; names are compared with case, as RFC 7515 demands. */
    public static Optional<SignatureAlgorithm> find(String name) {
        return Arrays.stream(values()).filter(known -> known.name().equals(name)).findFirst();
    }

    /** Returns the key type ({@code kty}, RFC 7518, section 6.1) that this algorithm needs. */
    public String keyType() {
        return keyType;
    }
}

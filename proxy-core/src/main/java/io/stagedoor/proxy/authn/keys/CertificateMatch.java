package io.stagedoor.proxy.authn.keys;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;

/**
 * Checks that the certificate published with a key ({@code x5c}, RFC 7517, section 4.7) is for that
 * very key. Who signed the certificate, and until when it is valid, says nothing about tokens.
 */
final class CertificateMatch {

    private CertificateMatch() {}

    /** Returns whether there is no certificate, or the first one has this public key. */
    static boolean holds(JsonNode key, PublicKey material) {
        JsonNode chain = key.path("x5c");
        if (chain.isMissingNode()) {
            return true;
        }
        String first = chain.path(0).textValue();
        return first != null && isFor(first, material);
    }

    private static boolean isFor(String certificate, PublicKey material) {
        try {
            byte[] der = Base64.getDecoder().decode(certificate);
            return areEqual(
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(der))
                            .getPublicKey(),
                    material);
        } catch (CertificateException | IllegalArgumentException malformed) {
            return false;
        }
    }

    /** Compares numbers, since keys of different providers are never equal. */
    private static boolean areEqual(PublicKey one, PublicKey other) {
        return switch (one) {
            case RSAPublicKey rsa ->
                    other instanceof RSAPublicKey that
                            && rsa.getModulus().equals(that.getModulus())
                            && rsa.getPublicExponent().equals(that.getPublicExponent());
            case ECPublicKey ec ->
                    other instanceof ECPublicKey that && ec.getW().equals(that.getW());
            default -> false;
        };
    }
}

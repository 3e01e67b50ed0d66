package io.stagedoor.proxy.credential.tableau;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;

/** A key that assertions can be signed with. */
interface AssertionKey {

    /** Returns what messages call it; not a secret. */
    String name();

    /**
     * Signs an assertion.
     *
     * @throws SignInException with {@code PROOF} if the key cannot be read or used
     */
    String sign(JWTClaimsSet claims) throws SignInException;

    /** Returns the secret of a connected app as a key (HS256). */
    static AssertionKey of(TableauCredential.ConnectedApp app, TableauCredential.AppSecret secret) {
        String name = "secret `" + secret.id() + "` of connected app `" + app.clientId() + "`";
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.HS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(secret.id())
                        .customParam("iss", app.clientId())
                        .build();
        return new Named(
                name, claims -> signed(header, claims, new MACSigner(secret.value().get())));
    }

    /** Returns the issuer's own key (RS256). */
    static AssertionKey of(TableauCredential.OauthTrust trust, RSAKey key) {
        JWSHeader header =
                new JWSHeader.Builder(JWSAlgorithm.RS256)
                        .type(JOSEObjectType.JWT)
                        .keyID(key.getKeyID())
                        .build();
        return new Named(
                "key `" + key.getKeyID() + "` of issuer `" + trust.issuer() + "`",
                claims -> signed(header, claims, new RSASSASigner(key)));
    }

    private static String signed(JWSHeader header, JWTClaimsSet claims, JWSSigner signer)
            throws JOSEException {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(signer);
        return jwt.serialize();
    }

    /** What signs; may read a secret. */
    @FunctionalInterface
    interface Signing {
        String apply(JWTClaimsSet claims) throws JOSEException;
    }

    /** A key that says which it is when it fails. */
    record Named(String name, Signing signing) implements AssertionKey {

        @Override
        public String sign(JWTClaimsSet claims) throws SignInException {
            try {
                return signing.apply(claims);
            } catch (JOSEException _) {
                throw unusable("is too short to sign with, or damaged");
            } catch (RuntimeException failure) {
                throw unusable("cannot be read: " + failure.getMessage());
            }
        }

        private SignInException unusable(String why) {
            return new SignInException(SignInException.Cause.PROOF, "it " + why);
        }
    }
}

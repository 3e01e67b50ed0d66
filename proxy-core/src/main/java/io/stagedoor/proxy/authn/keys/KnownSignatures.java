package io.stagedoor.proxy.authn.keys;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.Optional;

/** The published examples of RFC 7515, appendices A.2 and A.3, to try a provider on. */
final class KnownSignatures {

    private static final String CLAIMS =
            ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290"
                    + "Ijp0cnVlfQ";

    private static final String MODULUS =
            "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt"
                    + "0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63k"
                    + "paSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5Zw"
                    + "Kh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4F"
                    + "RWyuXpoQ";

    private static final String RS256 =
            "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W"
                    + "2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIA"
                    + "RNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7no"
                    + "OPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlU"
                    + "PQGe77Rw";

    private static final String ES256 =
            "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

    private KnownSignatures() {}

    /**
     * Checks that a provider takes the true signatures, and none that is altered.
     *
     * @param provider empty for the runtime's own
     * @throws JOSEException if it does not work
     * @throws IllegalStateException if it answers wrongly
     */
    static void requireToldApart(Optional<Provider> provider) throws JOSEException {
        RSAKey rsa = new RSAKey.Builder(new Base64URL(MODULUS), new Base64URL("AQAB")).build();
        ECKey ec =
                new ECKey.Builder(
                                Curve.P_256,
                                new Base64URL("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"),
                                new Base64URL("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"))
                        .build();
        requireToldApart(by(provider, new RSASSAVerifier(rsa)), JWSAlgorithm.RS256, RS256);
        requireToldApart(by(provider, new ECDSAVerifier(ec)), JWSAlgorithm.ES256, ES256);
    }

    private static JWSVerifier by(Optional<Provider> provider, JWSVerifier verifier) {
        provider.ifPresent(verifier.getJCAContext()::setProvider);
        return verifier;
    }

    private static void requireToldApart(
            JWSVerifier verifier, JWSAlgorithm algorithm, String signature) throws JOSEException {
        JWSHeader header = new JWSHeader(algorithm);
        byte[] signed =
                (Base64URL.encode("{\"alg\":\"" + algorithm + "\"}") + CLAIMS)
                        .getBytes(StandardCharsets.US_ASCII);
        String altered = "A" + signature.substring(1);
        boolean right =
                verifier.verify(header, signed, new Base64URL(signature))
                        && !verifier.verify(header, signed, new Base64URL(altered));
        if (!right) {
            throw new IllegalStateException("it is wrong about an " + algorithm + " signature");
        }
    }
}

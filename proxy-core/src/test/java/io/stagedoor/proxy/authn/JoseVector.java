package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEProcessor;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.text.ParseException;
import java.time.Duration;
import java.util.Set;

/**
 * A token beside the key set it is to be verified with, in the manner of the published test vectors
 * for JOSE libraries (Wycheproof): made here, a vector for each of their classes.
 *
 * @param name what is done to the token or the keys, as the published classes call it
 * @param keySet the key set document
 * @param token the token
 * @param good whether it is to be taken
 */
record JoseVector(String name, ObjectNode keySet, String token, boolean good) {

    /** Returns the draft of a token that stays good for as long as a test takes by its own clock. */
    static Draft draft(AuthnFixture fixture) {
        long far = fixture.clock.instant().plus(Duration.ofDays(9)).getEpochSecond();
        return fixture.good().withoutHeader("typ").claim("exp", far);
    }

    static JoseVector good(String name, ObjectNode keySet, String token) {
        return new JoseVector(name, keySet, token, true);
    }

    static JoseVector bad(String name, ObjectNode keySet, String token) {
        return new JoseVector(name, keySet, token, false);
    }

    /** Returns whether the product takes the token, from the field of the request on. */
    boolean isTakenBy(AuthnFixture fixture) {
        fixture.publish();
        fixture.server.serve(AuthnFixture.KEYS, keySet);
        fixture.use(AuthnFixture.LIMITS, AuthnFixture.TIMES, fixture.entraIssuer());
        try {
            fixture.authenticator()
                    .authenticate(AuthnFixture.bearer(token), Set.of(), new LastToken(), "::1");
            return true;
        } catch (RefusedException refused) {
            assertThat(refused.code()).isNotEqualTo(Code.TOKEN_EXPIRED);
            return false;
        }
    }

    /** Returns whether the library alone verifies the signature, used as its documentation shows. */
    boolean isVerifiedByNimbusAlone() {
        DefaultJOSEProcessor<SecurityContext> processor = new DefaultJOSEProcessor<>();
        processor.setJWSTypeVerifier((type, context) -> {});
        try {
            processor.setJWSKeySelector(
                    new JWSVerificationKeySelector<>(
                            Set.of(
                                    JWSAlgorithm.RS256,
                                    JWSAlgorithm.PS256,
                                    JWSAlgorithm.ES256,
                                    JWSAlgorithm.HS256),
                            new ImmutableJWKSet<>(JWKSet.parse(keySet.toString()))));
            processor.process(token, null);
            return true;
        } catch (ParseException
                | BadJOSEException
                | JOSEException
                | IllegalArgumentException refused) {
            return false;
        }
    }

    @Override
    public String toString() {
        return name;
    }
}

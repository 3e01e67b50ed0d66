package io.stagedoor.proxy.assertion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.directory.testing.TestClock;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IdentityAssertionsTest {

    private static final String ORIGIN = "https://ws1.dev.azuresynapse.net";
    private static final AssertedCaller CALLER =
            new AssertedCaller(
                    PrincipalId.of("okta", "00u1"), Optional.of("app"), List.of(), "ws1");

    private final TestClock clock = new TestClock();
    private final AssertionKey key = AssertionKey.generate();
    private final IdentityAssertions assertions = signing(key, Optional.empty());

    private IdentityAssertions signing(AssertionKey with, Optional<AssertionKey> next) {
        return new IdentityAssertions(
                new IdentityAssertions.Setting(
                        "https://proxy.example",
                        Optional.empty(),
                        Duration.ofMinutes(1),
                        with,
                        next,
                        Optional.empty()),
                clock);
    }

    @Test
    void oneIsSentAgainUntilHalfOfItsLifeIsOver() {
        String first = assertions.assertion(CALLER, ORIGIN);

        clock.advance(Duration.ofSeconds(30).minusMillis(1));
        assertThat(assertions.assertion(CALLER, ORIGIN)).isEqualTo(first);
        clock.advance(Duration.ofMillis(1));

        assertThat(assertions.assertion(CALLER, ORIGIN)).isNotEqualTo(first);
    }

    @Test
    void eachCallerAndServiceHasItsOwn() {
        AssertedCaller elsewhere =
                new AssertedCaller(
                        CALLER.principal(), CALLER.clientApplication(), CALLER.actors(), "ws2");

        assertThat(assertions.assertion(elsewhere, ORIGIN))
                .isNotEqualTo(assertions.assertion(CALLER, ORIGIN));
    }

    @Test
    void actorsAreNestedWithTheCurrentOneOutermost() throws Exception {
        AssertedCaller delegated =
                new AssertedCaller(
                        CALLER.principal(), Optional.empty(), List.of("agent", "before"), "ws1");

        SignedJWT made = SignedJWT.parse(assertions.assertion(delegated, ORIGIN));

        assertThat(made.getJWTClaimsSet().getJSONObjectClaim("act"))
                .isEqualTo(Map.of("sub", "agent", "act", Map.of("sub", "before")));
        assertThat(made.getJWTClaimsSet().getClaim("azp")).isNull();
    }

    @Test
    void keyOfTheFutureIsPublishedAndDoesNotSign() throws Exception {
        AssertionKey next = AssertionKey.generate();
        IdentityAssertions both = signing(key, Optional.of(next));

        JWKSet published = JWKSet.parse(both.keySet());
        SignedJWT made = SignedJWT.parse(both.assertion(CALLER, ORIGIN));

        assertThat(published.getKeys())
                .extracting(each -> each.getKeyID())
                .containsExactly(key.id(), next.id());
        assertThat(made.getHeader().getKeyID()).isEqualTo(key.id());
    }

    @Test
    void publicPartIsFoundToAnyPrivateKey() throws Exception {
        for (int i = 0; i < 20; i++) {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            var pair = generator.generateKeyPair();

            AssertionKey read = AssertionKey.parse(pem(pair.getPrivate()));

            assertThat(read.published().toECPublicKey().getW())
                    .isEqualTo(((java.security.interfaces.ECPublicKey) pair.getPublic()).getW());
        }
    }

    @Test
    void readKeySignsWhatThePublishedOneVerifies() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        AssertionKey read = AssertionKey.parse(pem(generator.generateKeyPair().getPrivate()));
        IdentityAssertions signed = signing(read, Optional.empty());

        SignedJWT made = SignedJWT.parse(signed.assertion(CALLER, ORIGIN));
        ECKey published = JWKSet.parse(signed.keySet()).getKeys().getFirst().toECKey();

        assertThat(made.verify(new ECDSAVerifier(published))).isTrue();
    }

    @Test
    void keysOfOtherKindsAreRefusedAndNotShown() throws Exception {
        KeyPairGenerator other = KeyPairGenerator.getInstance("EC");
        other.initialize(new ECGenParameterSpec("secp384r1"));
        String p384 = pem(other.generateKeyPair().getPrivate());
        String rsa = pem(KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate());

        for (String text : List.of(p384, rsa, "hunter2", "")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AssertionKey.parse(text))
                    .withMessageContaining("openssl genpkey")
                    .withMessageNotContaining("hunter2");
        }
        assertThat(key.toString()).isEqualTo("AssertionKey[" + key.id() + "]");
    }

    private static String pem(PrivateKey privateKey) {
        return "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(privateKey.getEncoded())
                + "\n-----END PRIVATE KEY-----\n";
    }
}

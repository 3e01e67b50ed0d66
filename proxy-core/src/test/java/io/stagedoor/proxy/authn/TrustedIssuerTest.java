package io.stagedoor.proxy.authn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.authn.jose.SignatureAlgorithm;
import io.stagedoor.proxy.authn.keys.KeySetTimes;
import io.stagedoor.proxy.authn.keys.KeySource;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Settings that cannot be meant are refused where they are made. */
class TrustedIssuerTest {

    private static final Set<SignatureAlgorithm> RS256 = EnumSet.of(SignatureAlgorithm.RS256);
    private static final TokenRules RULES = TokenRules.of(Set.of("api1"), RS256, Duration.ZERO);

    private static TrustedIssuer issuer(String name, String issuer) {
        return new TrustedIssuer(
                name,
                issuer,
                KeySource.discovery(),
                RULES,
                new TenantRule.Constant("directory"),
                ClaimNames.ENTRA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://issuer.example",
                "issuer.example",
                "https:///path",
                "https://user@issuer.example",
                "https://issuer.example?a=b",
                "https://issuer.example#a",
                "https://issuer example",
                ""
            })
    void anIssuerIsAPlainHttpsUrl(String url) {
        assertThatIllegalArgumentException().isThrownBy(() -> issuer("name", url));
    }

    @Test
    void anIssuersNameCanBeADirectory() {
        assertThat(issuer("okta-main", "https://issuer.example/a/").name()).isEqualTo("okta-main");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> issuer("two words", "https://issuer.example"));
    }

    @Test
    void keySetsComeOverHttpsOnly() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new KeySource(
                                        Optional.of(URI.create("http://issuer.example/keys")),
                                        Optional.empty()));
    }

    @Test
    void rulesNeedAudienceAlgorithmAndASaneSkew() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRules.of(Set.of(), RS256, Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRules.of(Set.of("a"), Set.of(), Duration.ZERO));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRules.of(Set.of("a"), RS256, Duration.ofSeconds(601)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> TokenRules.of(Set.of("a"), RS256, Duration.ofSeconds(-1)));
        assertThat(TokenRules.of(Set.of("a"), RS256, Duration.ofMinutes(10)).maxAge()).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () ->
                                new TokenRules(
                                        Set.of("a"),
                                        RS256,
                                        Duration.ZERO,
                                        Optional.of(Duration.ZERO),
                                        false));
    }

    @Test
    void tenantsAreListedOrConstant() {
        assertThatIllegalArgumentException().isThrownBy(() -> TenantRule.entra(Set.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TenantRule.Constant("{tenantid}"));
    }

    @Test
    void limitsAndTimesArePositive() {
        Duration second = Duration.ofSeconds(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthenticationLimits(0, 1, 1, second, 1, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AuthenticationLimits(1, 1, 1, second.negated(), 1, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeySetTimes(Duration.ZERO, second, second, second, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeySetTimes(second, second, second, second, second));
    }

    @Test
    void algorithmsAreFoundByTheirExactNames() {
        assertThat(SignatureAlgorithm.find("RS256")).contains(SignatureAlgorithm.RS256);
        assertThat(SignatureAlgorithm.find("rs256")).isEmpty();
        assertThat(SignatureAlgorithm.find("HS256")).isEmpty();
        assertThat(SignatureAlgorithm.find("none")).isEmpty();
    }

    @Test
    void anIssuerIsConfiguredOnce() {
        List<TrustedIssuer> twice =
                List.of(
                        issuer("a", "https://issuer.example"),
                        issuer("b", "https://issuer.example"));

        assertThatThrownBy(
                        () ->
                                TokenAuthenticator.of(
                                        twice,
                                        AuthenticationLimits.defaults(),
                                        KeySetTimes.DEFAULT,
                                        new TestClock(),
                                        AuthenticationListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("configured twice");
    }

    @Test
    void aBundleWithoutCertificateIsRefusedAtStart(@TempDir Path folder) throws IOException {
        Path empty = Files.createFile(folder.resolve("empty.pem"));

        for (Path bundle : List.of(empty, folder.resolve("absent.pem"))) {
            TrustedIssuer issuer =
                    new TrustedIssuer(
                            "a",
                            "https://issuer.example",
                            new KeySource(Optional.empty(), Optional.of(bundle)),
                            RULES,
                            new TenantRule.Constant("directory"),
                            ClaimNames.ENTRA);
            assertThatThrownBy(
                            () ->
                                    TokenAuthenticator.of(
                                            List.of(issuer),
                                            AuthenticationLimits.defaults(),
                                            KeySetTimes.DEFAULT,
                                            new TestClock(),
                                            AuthenticationListener.NONE))
                    .isInstanceOf(IOException.class);
        }
    }
}

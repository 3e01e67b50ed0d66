package io.stagedoor.proxy.cli.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.stagedoor.proxy.cli.login.LoginIssuer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The discovery document and the ID token, over real sockets. */
class IssuerMetadataTest {
    private static final InstantSource CLOCK = InstantSource.system();

    @TempDir Path folder;

    private LoginIssuer issuer;
    private Optional<Path> ca;
    private IssuerConnection connection;

    @BeforeEach
    void start() throws IOException {
        issuer = new LoginIssuer();
        Path file = folder.resolve("ca.pem");
        ca = Optional.of(Files.writeString(file, issuer.authority().certificatePem()));
        connection = IssuerConnection.trusting(ca, Duration.ofSeconds(10));
    }

    @AfterEach
    void stop() {
        connection.close();
        issuer.close();
    }

    @Test
    void theDocumentSaysWhereWhatIs() throws Exception {
        IssuerMetadata metadata = IssuerMetadata.discover(connection, issuer.uri());

        assertThat(metadata.token().toString()).isEqualTo(issuer.uri() + "/token");
        assertThat(metadata.authorization()).isPresent();
        assertThat(metadata.deviceAuthorization()).isPresent();
        assertThat(metadata.revocation()).isPresent();
        assertThat(metadata.namesItselfInRedirects()).isTrue();
    }

    @Test
    void anotherIssuersDocumentIsRefused() {
        issuer.discovery(document -> document.put("issuer", issuer.uri() + "/"));

        assertThatThrownBy(() -> IssuerMetadata.discover(connection, issuer.uri()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("exactly as it calls itself");
    }

    @Test
    void anEndpointThatIsNotHttpsIsRefused() {
        issuer.discovery(document -> document.put("token_endpoint", "http://issuer.example/t"));

        assertThatThrownBy(() -> IssuerMetadata.discover(connection, issuer.uri()))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("token_endpoint", "not an https address");
    }

    @Test
    void anIssuerWithoutDocumentIsRefused() {
        assertThatThrownBy(() -> IssuerMetadata.discover(connection, issuer.uri() + "/none"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no discovery document: status 404");
    }

    @Test
    void anIssuerThatOthersVouchForIsUnreachable() throws IOException {
        try (IssuerConnection other =
                IssuerConnection.trusting(Optional.empty(), Duration.ofSeconds(10))) {
            assertThatThrownBy(() -> IssuerMetadata.discover(other, issuer.uri()))
                    .isInstanceOf(IssuerUnreachableException.class)
                    .hasMessageContaining("certification path");
        }
    }

    static List<UnaryOperator<JWTClaimsSet.Builder>> badClaims() {
        Instant past = CLOCK.instant().minus(Duration.ofHours(1));
        return List.of(
                claims -> claims.issuer("https://evil.example"),
                claims -> claims.audience("another-client"),
                claims -> claims.audience(List.of(LoginIssuer.CLIENT, "another")),
                claims -> claims.claim("azp", "another-client"),
                claims -> claims.claim("nonce", null),
                claims -> claims.expirationTime(Date.from(past)),
                claims -> claims.expirationTime(null));
    }

    @ParameterizedTest
    @MethodSource("badClaims")
    void anIdTokenForAnotherOccasionIsRefused(UnaryOperator<JWTClaimsSet.Builder> edit)
            throws Exception {
        issuer.idToken(claims -> edit.apply(claims.claim("nonce", "n")));

        assertThatThrownBy(() -> account(idToken()))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("the issuer's ID token is not good: ");
    }

    @Test
    void anIdTokenThatWasChangedIsRefused() throws Exception {
        issuer.idToken(claims -> claims.claim("nonce", "n"));
        String good = idToken();
        int place = good.lastIndexOf('.') + 20;
        char other = good.charAt(place) == 'A' ? 'B' : 'A';

        assertThat(account(good)).contains(LoginIssuer.PERSON);
        assertThatThrownBy(
                        () -> account(good.substring(0, place) + other + good.substring(place + 1)))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("signature");
    }

    private String idToken() throws Exception {
        IssuerMetadata metadata = IssuerMetadata.discover(connection, issuer.uri());
        TokenEndpoint endpoint = new TokenEndpoint(connection, metadata, client());
        String verifier = RandomText.next();
        return endpoint.poll(endpoint.deviceCode(verifier), verifier).idToken().orElseThrow();
    }

    private Optional<String> account(String token) throws Exception {
        IssuerMetadata metadata = IssuerMetadata.discover(connection, issuer.uri());
        return new IdTokens(metadata, LoginIssuer.CLIENT, ca, CLOCK)
                .account(token, Optional.of("n"));
    }

    private static ClientRegistration client() {
        return new ClientRegistration(
                LoginIssuer.CLIENT, List.of("openid"), Optional.empty(), Optional.empty());
    }
}

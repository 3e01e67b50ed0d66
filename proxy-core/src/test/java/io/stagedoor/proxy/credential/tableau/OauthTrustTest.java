package io.stagedoor.proxy.credential.tableau;

import static io.stagedoor.proxy.credential.tableau.SiteScene.READ;
import static io.stagedoor.proxy.credential.tableau.SiteScene.demand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWKSet;
import io.stagedoor.proxy.credential.TokenUnavailableException;
import io.stagedoor.proxy.credential.tableau.TableauCredential.AssertionForm;
import io.stagedoor.proxy.testing.tableau.TableauCaller;
import java.net.URI;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OauthTrustTest {

    private static final URI ISSUER = URI.create("https://stagedoor.example.com/tableau");
    private static final AssertionForm SERVER = new AssertionForm.ExternalServer("tableau");
    private static final String FIRST = pem(2048);
    private static final String SECOND = pem(2048);

    private final SiteScene scene = new SiteScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void signsInAsAnExternalAuthorizationServer() throws Exception {
        IssuerKeys keys = new IssuerKeys(() -> FIRST, Optional.empty());
        scene.tableau.trust(ISSUER.toString(), keys::publicSet);
        scene.tableau.addUser("ann");
        try (TableauSessions sessions = scene.sessions(trust(keys, SERVER))) {
            sessions.acquire(demand("ann", READ));

            assertThat(scene.tableau.openSessions())
                    .extracting(TableauCaller::name)
                    .containsExactly("ann");
        }
    }

    @Test
    void signsInWithUnifiedAccessTokens() throws Exception {
        IssuerKeys keys = new IssuerKeys(() -> FIRST, Optional.empty());
        scene.tableau.trust(ISSUER.toString(), keys::publicSet);
        scene.tableau.addUser("ann@example.com");
        AssertionForm unified = new AssertionForm.Unified("tenant-1", "email", Optional.empty());
        try (TableauSessions sessions = scene.sessions(trust(keys, unified))) {
            sessions.acquire(demand("ann@example.com", READ));

            assertThat(scene.tableau.openSessions())
                    .extracting(TableauCaller::name)
                    .containsExactly("ann@example.com");
        }
    }

    @Test
    void publishesTheNextKeyBesideTheOneThatSigns() throws Exception {
        IssuerKeys keys = new IssuerKeys(() -> FIRST, Optional.of(() -> SECOND));

        JWKSet published = JWKSet.parse(keys.publicSet());

        assertThat(published.getKeys()).hasSize(2).noneMatch(key -> key.isPrivate());
        assertThat(published.getKeys().getFirst().getKeyID())
                .isEqualTo(keys.all().getFirst().getKeyID());
    }

    @Test
    void goesOnWithTheNextKeyWhenItFollowsTheFirst() throws Exception {
        AtomicReference<String> current = new AtomicReference<>(FIRST);
        IssuerKeys keys = new IssuerKeys(current::get, Optional.of(() -> SECOND));
        String known = keys.publicSet();
        scene.tableau.trust(ISSUER.toString(), () -> known);
        scene.tableau.addUser("ann");
        scene.tableau.addUser("ben");
        try (TableauSessions sessions = scene.sessions(trust(keys, SERVER))) {
            sessions.acquire(demand("ann", READ));
            current.set(SECOND);

            sessions.acquire(demand("ben", READ));

            assertThat(scene.tableau.refusedSignIns()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no key",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
            })
    void saysThatAKeyCannotBeUsed(String text) {
        IssuerKeys keys = new IssuerKeys(() -> text, Optional.empty());
        try (TableauSessions sessions = scene.sessions(trust(keys, SERVER))) {
            assertThatThrownBy(() -> sessions.acquire(demand("ann", READ)))
                    .isInstanceOf(TokenUnavailableException.class);

            assertThat(sessions.health().lastFailure().orElseThrow())
                    .startsWith("a signing key cannot be read: the signing key is not");
        }
    }

    @Test
    void takesNoShortKey() {
        IssuerKeys keys = new IssuerKeys(() -> pem(1024), Optional.empty());

        assertThatThrownBy(keys::publicSet).hasMessageContaining("shorter than 2048 bits");
    }

    private static TableauCredential trust(IssuerKeys keys, AssertionForm form) {
        return new TableauCredential.OauthTrust(ISSUER, keys, form, Optional.empty());
    }

    private static String pem(int bits) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(bits);
            String text =
                    Base64.getMimeEncoder()
                            .encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
            return "-----BEGIN PRIVATE KEY-----\n" + text + "\n-----END PRIVATE KEY-----\n";
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}

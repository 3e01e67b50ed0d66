package io.stagedoor.proxy.cli.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.cli.oauth.ClientRegistration;
import io.stagedoor.proxy.cli.oauth.IssuerRefusedException;
import io.stagedoor.proxy.cli.profile.Profile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The rhythm of questions about a device code (RFC 8628, section 3.5). */
class DeviceLoginTest {
    @TempDir Path folder;

    private final List<Duration> pauses = new ArrayList<>();
    private Instant now = InstantSource.system().instant();
    private LoginIssuer server;
    private Issuer issuer;

    @BeforeEach
    void start() throws Exception {
        server = new LoginIssuer();
        Path ca = folder.resolve("ca.pem");
        Files.writeString(ca, server.authority().certificatePem());
        Profile profile =
                new Profile(
                        server.uri(),
                        Optional.of(ca),
                        new ClientRegistration(
                                LoginIssuer.CLIENT,
                                List.of("openid"),
                                Optional.empty(),
                                Optional.empty()),
                        Optional.empty(),
                        Optional.empty());
        issuer = Issuer.of(profile, () -> now);
    }

    @AfterEach
    void stop() {
        issuer.close();
        server.close();
    }

    @Test
    void slowDownMakesEveryFurtherPauseFiveSecondsLonger() throws Exception {
        server.deviceErrors(
                "authorization_pending", "slow_down", "authorization_pending", "slow_down");

        login().tokens(issuer);

        assertThat(pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 1L, 6L, 6L, 11L);
    }

    @Test
    void aCodeThatExpiredEndsTheQuestions() {
        server.deviceErrors("authorization_pending", "expired_token");

        assertThatThrownBy(() -> login().tokens(issuer))
                .isInstanceOf(LoginFailedException.class)
                .hasMessageContaining("expired");
        assertThat(pauses).hasSize(2);
    }

    @Test
    void nobodyAsksLongerThanTheCodeIsGood() {
        server.deviceErrors("slow_down".concat(" slow_down".repeat(99)).split(" "));

        assertThatThrownBy(() -> login().tokens(issuer))
                .isInstanceOf(LoginFailedException.class)
                .hasMessageContaining("expired");
        assertThat(pauses.stream().mapToLong(Duration::toSeconds).sum()).isBetween(600L, 700L);
    }

    @Test
    void anotherErrorIsTheIssuersNo() {
        server.deviceErrors("server_error");

        assertThatThrownBy(() -> login().tokens(issuer))
                .isInstanceOf(IssuerRefusedException.class)
                .hasMessageContaining("server_error: this is why");
    }

    private DeviceLogin login() {
        return new DeviceLogin(
                pause -> {
                    pauses.add(pause);
                    now = now.plus(pause);
                },
                _ -> {});
    }
}

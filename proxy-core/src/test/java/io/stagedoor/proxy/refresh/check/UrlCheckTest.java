package io.stagedoor.proxy.refresh.check;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.directory.synapse.WorkspaceTrust;
import io.stagedoor.proxy.directory.testing.FakeWorkspace;
import io.stagedoor.proxy.directory.testing.LoopbackCertificate;
import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.Verdict;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UrlCheckTest {

    @RegisterExtension static final FakeWorkspace SERVER = new FakeWorkspace();

    private static final Duration LONG = Duration.ofSeconds(30);

    @Test
    void isWellWithTheStatusThatIsExpected() throws Exception {
        answer(aResponse().withStatus(204));

        assertThat(look(204, LONG, trust())).isEqualTo(Finding.well("status 204"));
        assertThat(look(200, LONG, trust())).isEqualTo(Finding.unwell("status 204, not 200"));
        SERVER.server()
                .verify(2, getRequestedFor(urlEqualTo("/health")).withoutHeader("Authorization"));
    }

    @Test
    void followsNobodyElsewhere() throws Exception {
        answer(aResponse().withStatus(302).withHeader("Location", "/elsewhere"));

        assertThat(look(200, LONG, trust()).verdict()).isEqualTo(Verdict.UNWELL);
        SERVER.server().verify(0, getRequestedFor(urlEqualTo("/elsewhere")));
    }

    @Test
    void readsNothingOfALongAnswer() throws Exception {
        answer(aResponse().withBody(new byte[8 << 20]));

        assertThat(look(200, LONG, trust())).isEqualTo(Finding.well("status 200"));
    }

    @Test
    void tellsNothingWhenThereIsNoAnswerInTime() throws Exception {
        answer(aResponse().withFixedDelay(60_000));

        assertThat(look(200, Duration.ofMillis(100), trust()))
                .isEqualTo(Finding.unknown("no answer within 100 ms"));
    }

    @Test
    void tellsNothingOfAnAddressWithAStrangeCertificate() throws Exception {
        answer(aResponse());

        assertThat(look(200, LONG, Optional.empty()))
                .isEqualTo(Finding.unknown("its certificate or TLS is not acceptable"));
    }

    @Test
    void tellsNothingWhenNobodyListens() {
        try (UrlCheck check =
                new UrlCheck(URI.create("https://127.0.0.1:1/"), 200, LONG, Optional.empty())) {
            assertThat(check.look()).isEqualTo(Finding.unknown("it could not be asked"));
            assertThat(check.name()).isEqualTo("url");
        }
    }

    private static void answer(
            com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder answer) {
        SERVER.server().stubFor(get(urlEqualTo("/health")).willReturn(answer));
    }

    private static Optional<SSLContext> trust() throws IOException {
        return Optional.of(WorkspaceTrust.of(LoopbackCertificate.localhost().pem()));
    }

    private static Finding look(int status, Duration timeout, Optional<SSLContext> trust) {
        try (UrlCheck check =
                new UrlCheck(SERVER.uri().resolve("/health"), status, timeout, trust)) {
            return check.look();
        }
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.LoopbackServer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.ProxyFixture;
import io.stagedoor.proxy.testing.Verdicts;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tokens that only their issuer can read (RFC 7662), through the whole proxy. */
class OpaqueTokenIT {

    private static final String TOKEN = "mF_9.B5f-4.1JqM.opaque";

    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicBoolean failing = new AtomicBoolean();
    private Optional<LoopbackServer> issuer = Optional.empty();
    private ProxyFixture fixture;

    @BeforeEach
    void start() throws IOException {
        fixture = ProxyFixture.start(this::introspecting, this::openIssuer);
    }

    private void openIssuer(DemoScenery scenery) {
        issuer = Optional.of(LoopbackServer.start(scenery.authority().issue(), this::answer));
    }

    private String introspecting(String yaml) {
        return yaml.replace(
                "issuers:\n  - name: demo\n",
                "issuers:\n  - name: demo\n    introspection:\n      uri: "
                        + issuer.orElseThrow().uri()
                        + "/introspect\n      client_id: proxy\n"
                        + "      client_secret: file:upstream.token\n"
                        + "      trusted_certificates: ca.pem\n");
    }

    private Reply answer(SeenRequest request) {
        asked.incrementAndGet();
        boolean known = request.body().text().contains(TOKEN);
        return failing.get()
                ? Answer.empty(500)
                : Answer.json(200, known ? word() : "{\"active\":false}");
    }

    private String word() {
        Map<String, Object> word = new TreeMap<>(DemoCast.ENGINEER.claims(DemoCast.AUDIENCE));
        word.put("active", true);
        word.put("tid", DemoCast.TENANT);
        word.put("iss", fixture.scenery().issuer().issuer().toString());
        word.put("aud", DemoCast.AUDIENCE);
        word.put("exp", InstantSource.system().instant().getEpochSecond() + 600);
        try {
            return new ObjectMapper().writeValueAsString(word);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @AfterEach
    void stop() {
        fixture.close();
        issuer.ifPresent(LoopbackServer::close);
    }

    private HttpResponse<String> send(String token) throws Exception {
        return fixture.send(fixture.request(token, "GET", "/pipelines", Optional.empty()));
    }

    @Test
    void issuerIsAskedOnceAndItsWordDecided() throws Exception {
        HttpResponse<String> first = send(TOKEN);
        HttpResponse<String> second = send(TOKEN);

        assertThat(first.statusCode())
                .as(Verdicts.record(fixture, first).at("/decision").toString())
                .isEqualTo(200);
        assertThat(second.statusCode()).isEqualTo(200);
        assertThat(asked).hasValue(1);
        assertThat(Verdicts.record(fixture, first).toString())
                .contains(DemoCast.ENGINEER.id().objectId())
                .doesNotContain(TOKEN);
    }

    @Test
    void tokenThatIsNotActiveIsRefused() throws Exception {
        HttpResponse<String> answer = send("made.up");

        Verdicts.assertRefused(fixture, answer, 401, "token_inactive");
        assertThat(answer.headers().firstValue("WWW-Authenticate"))
                .hasValueSatisfying(field -> assertThat(field).contains("invalid_token"));
    }

    @Test
    void nothingIsLetThroughWhileTheIssuerDoesNotAnswer() throws Exception {
        failing.set(true);

        HttpResponse<String> answer = send(TOKEN);

        Verdicts.assertRefused(fixture, answer, 503, "introspection_unavailable");
        failing.set(false);
        assertThat(send(TOKEN).statusCode()).isEqualTo(200);
    }
}

package io.stagedoor.proxy.serverinfo;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.proxy.http.ServerInfo;
import io.stagedoor.proxy.serverinfo.ServerInfos.Told;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** How long an answer is believed, and how often a server is asked. */
class ServerInfosTest {

    private static final ServerInfo OLD = new ServerInfo("2026.1.0", Optional.empty(), "3.27");
    private static final ServerInfo NEW = new ServerInfo("2026.2.0", Optional.empty(), "3.28");

    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private Optional<ServerInfo> server = Optional.of(OLD);
    private final AtomicInteger asked = new AtomicInteger();
    private final ServerInfos infos = new ServerInfos("demo", this::ask, () -> now);

    private ServerInfo ask() throws IOException {
        asked.incrementAndGet();
        return server.orElseThrow(() -> new IOException("down"));
    }

    private void after(Duration time) {
        now = now.plus(time);
    }

    @Test
    void nothingIsAtHandBeforeTheServerWasAsked() {
        assertThat(infos.atHand()).isEmpty();
        assertThat(asked).hasValue(0);
    }

    @Test
    void answerIsGoodForFiveMinutes() {
        assertThat(infos.told()).isEqualTo(new Told.Known(OLD));
        server = Optional.of(NEW);

        after(ServerInfos.FRESH.minusSeconds(1));
        assertThat(infos.told()).isEqualTo(new Told.Known(OLD));
        assertThat(asked).hasValue(1);

        after(Duration.ofSeconds(1));
        assertThat(infos.atHand()).isEmpty();
        assertThat(infos.told()).isEqualTo(new Told.Known(NEW));
        assertThat(infos.atHand()).contains(new Told.Known(NEW));
    }

    @Test
    void lastAnswerServesForAnHourWhileTheServerIsDown() {
        infos.told();
        server = Optional.empty();

        after(ServerInfos.KEPT.minusSeconds(1));
        assertThat(infos.told()).isEqualTo(new Told.Known(OLD));

        after(Duration.ofSeconds(1));
        assertThat(infos.told()).isInstanceOf(Told.Unknown.class);
    }

    @Test
    void serverIsLeftAloneForSomeSecondsAfterAFailure() {
        server = Optional.empty();

        assertThat(infos.told()).isEqualTo(new Told.Unknown(ServerInfos.REST));
        after(Duration.ofSeconds(4));
        assertThat(infos.told()).isEqualTo(new Told.Unknown(Duration.ofSeconds(6)));
        assertThat(asked).hasValue(1);

        server = Optional.of(NEW);
        after(Duration.ofSeconds(6));
        assertThat(infos.told()).isEqualTo(new Told.Known(NEW));
    }

    @Test
    void failureWhileAnAnswerIsKeptIsNotRepeatedAtOnceEither() {
        infos.told();
        server = Optional.empty();
        after(ServerInfos.FRESH);

        infos.told();
        infos.told();

        assertThat(asked).hasValue(2);
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.Faucet;
import io.stagedoor.proxy.testing.KeptConnection;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** A proxy that is told to stop takes nothing new, and lets what runs end. */
class DrainIT {

    @Test
    void runningDownloadEndsWholeAndNobodyNewIsLetIn() throws Exception {
        try (ProxyFixture fixture = ProxyFixture.start()) {
            int port = fixture.proxy().port();
            Faucet faucet = new Faucet();
            HttpResponse<InputStream> download = download(fixture, faucet);

            CompletableFuture<Integer> cut = CompletableFuture.supplyAsync(fixture.proxy()::drain);
            Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> isClosed(fixture, port));
            faucet.drip("the end");
            faucet.close();

            assertThat(download.body().readAllBytes()).asString().isEqualTo("the end");
            assertThat(cut.join()).isZero();
        }
    }

    @Test
    void downloadThatOutlivesTheDrainTimeIsCut() throws Exception {
        try (ProxyFixture fixture =
                ProxyFixture.start(
                        yaml -> yaml.replace("listener:\n", "listener:\n  drain_timeout: 1s\n"))) {
            Faucet faucet = new Faucet();
            HttpResponse<InputStream> download = download(fixture, faucet);

            int cut = fixture.proxy().drain();

            assertThat(cut).isEqualTo(1);
            assertThatThrownBy(() -> download.body().readAllBytes())
                    .isInstanceOf(IOException.class);
            faucet.close();
        }
    }

    private static HttpResponse<InputStream> download(ProxyFixture fixture, Faucet faucet)
            throws Exception {
        fixture.workspace()
                .replyOnce(seen -> seen.path().equals("/pipelines/weekly"), faucet.reply(200));
        HttpResponse<InputStream> answer =
                fixture.client()
                        .send(
                                fixture.request(
                                        fixture.scenery().token(DemoCast.ENGINEER),
                                        "GET",
                                        "/pipelines/weekly",
                                        Optional.empty()),
                                BodyHandlers.ofInputStream());
        faucet.drip("begun");
        assertThat(answer.body().readNBytes(5)).asString().isEqualTo("begun");
        return answer;
    }

    private static boolean isClosed(ProxyFixture fixture, int port) {
        try (KeptConnection _ =
                KeptConnection.open(fixture.scenery().authority().trustingContext(), port)) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}

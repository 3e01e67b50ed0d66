package io.stagedoor.proxy.bench.server;

import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.stagedoor.proxy.listener.EventLoops;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Plays the workspace for exactly what the load needs: its role assignments and role definitions,
 * one pipeline, and the start of a run. On one port for who shows the upstream's token, on the other
 * for anyone.
 */
public final class BenchUpstream {

    private BenchUpstream() {}

    /**
     * Serves until its standard input ends.
     *
     * @param arguments the folder with token and lists; the two ports
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Optional<byte[]> token =
                Optional.of(
                        ("Bearer " + Files.readString(folder.resolve("upstream.token")))
                                .getBytes(StandardCharsets.US_ASCII));
        UpstreamAnswers answers =
                new UpstreamAnswers(
                        Files.readString(folder.resolve("roleAssignments.json")),
                        Files.readString(folder.resolve("roleDefinitions.json")));
        try (EventLoops loops = EventLoops.start(1)) {
            listen(loops, arguments[1], answers, token);
            listen(loops, arguments[2], answers, Optional.empty());
            StandardInput.awaitEnd();
        }
    }

    private static void listen(
            EventLoops loops, String port, UpstreamAnswers answers, Optional<byte[]> token) {
        Loopback.listen(
                loops,
                Integer.parseInt(port),
                true,
                new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline().addLast(new UpstreamService(answers, token));
                    }
                });
    }
}

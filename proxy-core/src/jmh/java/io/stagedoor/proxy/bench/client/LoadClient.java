package io.stagedoor.proxy.bench.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.stagedoor.proxy.listener.EventLoops;
import io.stagedoor.proxy.listener.TlsContexts;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** Puts a proxy under load from one event loop. */
public final class LoadClient implements AutoCloseable {

    private static final String HOST = "localhost";

    /** How much longer than planned a run may take, and how long the proxy to come to rest. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration LOOK = Duration.ofMillis(200);

    /** A proxy that uses no more than this between two looks is at rest. */
    private static final Duration REST = Duration.ofMillis(10);

    private final EventLoops loops = EventLoops.start(1);
    private final SslContext tls;

    /**
     * Makes a client.
     *
     * @param trust a PEM file with the authority that the proxies' certificates come from
     * @throws IOException if the file cannot be read
     */
    public LoadClient(Path trust) throws IOException {
        this.tls = TlsContexts.forUpstream(Optional.of(trust));
    }

    /**
     * Carries a plan out and waits until the proxy is at rest. Connections are new, and closed at the
     * end.
     *
     * @throws LoadFailedException if any answer was wrong or missing
     */
    public LoadResult run(LoadPlan plan) {
        EventLoop loop = loops.group().next();
        LoadRun run = new LoadRun(plan, loop);
        for (int number = 0; number < plan.connections(); number++) {
            connect(loop, plan, run, number);
        }
        Duration atMost = plan.window().plus(PATIENCE);
        try {
            return awaitRest(
                    plan, run.result().orTimeout(atMost.toMillis(), TimeUnit.MILLISECONDS).join());
        } catch (CompletionException failure) {
            throw failure.getCause() instanceof LoadFailedException known
                    ? known
                    : new LoadFailedException("the run did not end: " + failure.getCause());
        }
    }

    private static LoadResult awaitRest(LoadPlan plan, LoadResult answered) {
        long begun = System.nanoTime();
        CpuTimes[] last = {plan.cpu().get()};
        Awaitility.await()
                .pollInterval(LOOK)
                .atMost(PATIENCE)
                .until(
                        () -> {
                            CpuTimes now = plan.cpu().get();
                            Duration used = now.since(last[0]).proxy();
                            last[0] = now;
                            return used.compareTo(REST) <= 0;
                        });
        Duration took = Duration.ofNanos(System.nanoTime() - begun).minus(LOOK);
        return answered.atRest(took, last[0]);
    }

    private void connect(EventLoop loop, LoadPlan plan, LoadRun run, int number) {
        Call call = plan.scenario().call();
        LoadConnection connection =
                new LoadConnection(call, new RequestBytes(call, plan.tokens(), number), run);
        ChannelFuture connected =
                new Bootstrap()
                        .group(loop)
                        .channel(loops.clientChannel())
                        .option(ChannelOption.TCP_NODELAY, true)
                        .handler(new Pipeline(plan, connection))
                        .connect(HOST, plan.port());
        connected.addListener(
                done -> {
                    if (done.isSuccess()) {
                        awaitHandshake(connected.channel(), connection, run);
                    } else {
                        run.failed("cannot connect: " + done.cause());
                    }
                });
    }

    private static void awaitHandshake(Channel channel, LoadConnection connection, LoadRun run) {
        SslHandler handler = channel.pipeline().get(SslHandler.class);
        if (handler == null) {
            run.connected(channel, connection);
            return;
        }
        handler.handshakeFuture()
                .addListener(
                        done -> {
                            if (done.isSuccess()) {
                                run.connected(channel, connection);
                            } else {
                                run.failed("the TLS handshake failed: " + done.cause());
                            }
                        });
    }

    @Override
    public void close() {
        loops.close();
    }

    private final class Pipeline extends ChannelInitializer<Channel> {

        private final LoadPlan plan;
        private final LoadConnection connection;

        Pipeline(LoadPlan plan, LoadConnection connection) {
            this.plan = plan;
            this.connection = connection;
        }

        @Override
        protected void initChannel(Channel channel) {
            if (plan.scenario().wire() == Wire.TLS) {
                channel.pipeline().addLast(tls.newHandler(channel.alloc(), HOST, plan.port()));
            }
            channel.pipeline().addLast(connection);
        }
    }
}

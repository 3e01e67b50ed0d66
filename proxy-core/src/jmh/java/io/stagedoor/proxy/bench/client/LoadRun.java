package io.stagedoor.proxy.bench.client;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A run from its first connection to its last answer. Confined to one event loop, but for the
 * result.
 */
final class LoadRun implements LoadConnection.Listener {

    /** How long the connections are left alone after their handshakes. */
    private static final Duration PAUSE = Duration.ofMillis(300);

    private final LoadPlan plan;
    private final EventLoop loop;
    private final CompletableFuture<LoadResult> result = new CompletableFuture<>();
    private final ChannelGroup channels;
    private final List<LoadConnection> connections = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private @Nullable Pacing pacing;
    private @Nullable CpuTimes cpuAtStart;
    private long startedAt;
    private int starved;
    private boolean ending;
    private boolean over;

    LoadRun(LoadPlan plan, EventLoop loop) {
        this.plan = plan;
        this.loop = loop;
        this.channels = new DefaultChannelGroup(loop);
    }

    /**
     * Gives the result when the last answer has come; its processor times are those of the start.
     */
    CompletableFuture<LoadResult> result() {
        return result;
    }

    /** Takes a connection whose TLS handshake is done; after the last one the load begins. */
    void connected(Channel channel, LoadConnection connection) {
        channels.add(channel);
        connections.add(connection);
        if (connections.size() == plan.connections() && !over) {
            after(PAUSE, this::begin);
        }
    }

    private void after(Duration wait, Runnable step) {
        var _ = loop.schedule(step, wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    private void begin() {
        OptionalInt rate = plan.rate();
        cpuAtStart = plan.cpu().get();
        startedAt = System.nanoTime();
        Pacing chosen =
                rate.isPresent()
                        ? new Pacing.ConstantRate(loop, rate.getAsInt())
                        : new Pacing.ClosedLoop();
        pacing = chosen;
        connections.forEach(chosen::ready);
        after(plan.window(), this::endInTime);
    }

    private void endInTime() {
        if (!ending) {
            end();
        }
    }

    /** Sends no more; what is under way is still awaited. */
    private void end() {
        Pacing current = pacing;
        if (current != null) {
            current.stop();
        }
        ending = true;
        starved = (int) connections.stream().filter(LoadConnection::hasNoAnswer).count();
        finishIfAnswered();
    }

    @Override
    public void answered(LoadConnection connection, long due) {
        latencies.add(System.nanoTime() - due);
        Pacing current = pacing;
        if (!ending && plan.tokens().isUsedUp()) {
            end();
        } else if (ending) {
            finishIfAnswered();
        } else if (current != null) {
            current.ready(connection);
        }
    }

    private void finishIfAnswered() {
        CpuTimes atStart = cpuAtStart;
        boolean answered = connections.stream().noneMatch(LoadConnection::isBusy);
        if (over || atStart == null || !answered) {
            return;
        }
        Duration window = Duration.ofNanos(System.nanoTime() - startedAt);
        close();
        result.complete(
                new LoadResult(
                        latencies.size(),
                        starved,
                        window,
                        Duration.ZERO,
                        atStart,
                        latencies.percentile(0.5),
                        latencies.percentile(0.99)));
    }

    @Override
    public void failed(String reason) {
        if (!over) {
            close();
            result.completeExceptionally(new LoadFailedException(reason));
        }
    }

    private void close() {
        over = true;
        Pacing current = pacing;
        if (current != null) {
            current.stop();
        }
        var _ = channels.close();
    }
}

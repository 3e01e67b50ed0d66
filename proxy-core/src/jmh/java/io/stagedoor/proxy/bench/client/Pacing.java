package io.stagedoor.proxy.bench.client;

import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** When a connection sends its next request. Confined to one event loop. */
sealed interface Pacing {

    /** Takes a connection that may send. */
    void ready(LoadConnection connection);

    /** Sends no more. */
    void stop();

    /** Each connection asks again as soon as it is answered; latency counts from the sending. */
    final class ClosedLoop implements Pacing {

        private boolean stopped;

        @Override
        public void ready(LoadConnection connection) {
            if (!stopped) {
                connection.send(System.nanoTime());
            }
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    /**
     * Requests fall due at even times; one for which no connection is free is sent late, and its
     * latency counts from the time at which it was due.
     */
    final class ConstantRate implements Pacing {

        private final EventLoop loop;
        private final long interval;
        private final Deque<LoadConnection> free = new ArrayDeque<>();
        private long due;
        private boolean stopped;

        ConstantRate(EventLoop loop, int perSecond) {
            this.loop = loop;
            this.interval = TimeUnit.SECONDS.toNanos(1) / perSecond;
            this.due = System.nanoTime() + interval;
            tick();
        }

        @Override
        public void ready(LoadConnection connection) {
            free.addLast(connection);
            sendWhatIsDue();
        }

        @Override
        public void stop() {
            stopped = true;
        }

        private void tick() {
            sendWhatIsDue();
            if (!stopped) {
                long wait = Math.max(due - System.nanoTime(), free.isEmpty() ? interval : 0);
                var _ = loop.schedule(this::tick, wait, TimeUnit.NANOSECONDS);
            }
        }

        private void sendWhatIsDue() {
            while (!stopped && !free.isEmpty() && due - System.nanoTime() <= 0) {
                free.removeFirst().send(due);
                due += interval;
            }
        }
    }
}

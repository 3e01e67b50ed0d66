package io.stagedoor.proxy.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Sampled spans on their way to the exporter: a bounded queue, emptied by one thread, some spans at a
 * time. A span that finds it full is dropped and counted; no request ever waits. Safe for any thread.
 */
public final class SpanQueue implements SpanProcessor {

    private static final int BATCH = 512;
    private static final long PAUSE_MILLIS = 500;
    private static final long EXPORT_SECONDS = 10;

    private final BlockingQueue<SpanData> waiting;
    private final SpanExporter exporter;
    private final LongAdder dropped = new LongAdder();
    private final LongAdder exported = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread sender;

    private SpanQueue(int capacity, SpanExporter exporter) {
        this.waiting = new ArrayBlockingQueue<>(capacity);
        this.exporter = exporter;
        this.sender = Thread.ofPlatform().daemon().name("trace-export").unstarted(this::send);
    }

    /**
     * Starts a queue.
     *
     * @param capacity how many spans wait at most
     * @param exporter gets them; closed with the queue
     */
    public static SpanQueue start(int capacity, SpanExporter exporter) {
        SpanQueue queue = new SpanQueue(capacity, exporter);
        queue.sender.start();
        return queue;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
        return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
        if (span.getSpanContext().isSampled() && !waiting.offer(span.toSpanData())) {
            dropped.increment();
        }
    }

    @Override
    public boolean isEndRequired() {
        return true;
    }

    private void send() {
        try {
            while (!closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
                sendWaiting();
            }
            sendWaiting();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendWaiting() {
        List<SpanData> batch = new ArrayList<>(BATCH);
        while (waiting.drainTo(batch, BATCH) > 0) {
            CompletableResultCode result =
                    exporter.export(List.copyOf(batch)).join(EXPORT_SECONDS, TimeUnit.SECONDS);
            (result.isSuccess() ? exported : failed).add(batch.size());
            batch.clear();
        }
    }

    /** Returns how many spans found the queue full. */
    public long dropped() {
        return dropped.sum();
    }

    /** Returns how many spans the collector took. */
    public long exported() {
        return exported.sum();
    }

    /** Returns how many spans were sent and not taken. */
    public long failed() {
        return failed.sum();
    }

    @Override
    public CompletableResultCode shutdown() {
        closing.countDown();
        try {
            sender.join(TimeUnit.SECONDS.toMillis(EXPORT_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return exporter.shutdown();
    }
}

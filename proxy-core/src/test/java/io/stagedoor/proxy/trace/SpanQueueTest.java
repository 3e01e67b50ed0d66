package io.stagedoor.proxy.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class SpanQueueTest {

    private static final int CAPACITY = 64;

    private final CountDownLatch open = new CountDownLatch(1);
    private final List<SpanData> sent = new CopyOnWriteArrayList<>();
    private boolean accepts = true;

    @Test
    void dropsAndCountsWhatDoesNotFitAndSendsTheRest() {
        SpanQueue queue = SpanQueue.start(CAPACITY, new SlowCollector());

        try (OpenTelemetryTracing tracing = new OpenTelemetryTracing(1, "1", queue)) {
            for (int count = 0; count < 5 * CAPACITY; count++) {
                exchange(tracing);
            }
            open.countDown();
        }

        assertThat(queue.dropped()).isGreaterThanOrEqualTo(3L * CAPACITY);
        assertThat(queue.exported()).isEqualTo(sent.size()).isGreaterThanOrEqualTo(CAPACITY);
        assertThat(queue.exported() + queue.dropped()).isEqualTo(5L * CAPACITY);
    }

    @Test
    void countsWhatTheCollectorRefused() {
        accepts = false;
        open.countDown();
        SpanQueue queue = SpanQueue.start(CAPACITY, new SlowCollector());

        try (OpenTelemetryTracing tracing = new OpenTelemetryTracing(1, "1", queue)) {
            exchange(tracing);
            Awaitility.await().until(() -> queue.failed() == 1);
        }

        assertThat(queue.exported()).isZero();
    }

    @Test
    void aTraceThatIsNotSampledCostsTheQueueNothing() {
        open.countDown();
        SpanQueue queue = SpanQueue.start(CAPACITY, new SlowCollector());

        try (OpenTelemetryTracing tracing = new OpenTelemetryTracing(0, "1", queue)) {
            exchange(tracing);
        }

        assertThat(sent).isEmpty();
    }

    @Test
    void aMethodThatHttpDoesNotDefineIsNotRepeated() {
        open.countDown();
        SpanQueue queue = SpanQueue.start(CAPACITY, new SlowCollector());

        try (OpenTelemetryTracing tracing = new OpenTelemetryTracing(1, "1", queue)) {
            tracing.begin("MY-SECRET", _ -> List.of())
                    .ended(new ExchangeTrace.Ending("id", "none", "none", "bad_request", 400));
        }

        assertThat(sent).singleElement().extracting(SpanData::getName).isEqualTo("_OTHER");
        assertThat(sent.toString()).doesNotContain("MY-SECRET");
    }

    private static void exchange(Tracing tracing) {
        tracing.begin("GET", _ -> List.of())
                .ended(new ExchangeTrace.Ending("id", "none", "none", "no_route", 404));
    }

    private final class SlowCollector implements SpanExporter {

        @Override
        public CompletableResultCode export(Collection<SpanData> spans) {
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return CompletableResultCode.ofFailure();
            }
            sent.addAll(spans);
            return accepts ? CompletableResultCode.ofSuccess() : CompletableResultCode.ofFailure();
        }

        @Override
        public CompletableResultCode flush() {
            return CompletableResultCode.ofSuccess();
        }

        @Override
        public CompletableResultCode shutdown() {
            return CompletableResultCode.ofSuccess();
        }
    }
}

package io.stagedoor.proxy.testing;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.ResourceLeakDetectorFactory;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class after which Netty has reported a buffer that nobody released.
 *
 * <p>Registered for all test classes; every allocation is tracked. A leak shows when the collector
 * has found the buffer, so it may be blamed on a later class: the report names where the buffer was
 * touched.
 */
public final class LeakGuard implements BeforeAllCallback, AfterAllCallback {

    private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();

    static {
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.PARANOID);
        ResourceLeakDetectorFactory.setResourceLeakDetectorFactory(new ReportingFactory());
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        // INVARIANT: the static part has run before the first buffer of the class is allocated.
    }

    @Override
    public void afterAll(ExtensionContext context) {
        pollDetector();
        String first = LEAKS.poll();
        if (first != null) {
            LEAKS.clear();
            throw new AssertionError("a buffer was never released: " + first);
        }
    }

    /** The detector looks for lost buffers whenever another one is allocated. */
    private static void pollDetector() {
        ByteBuf buffer = PooledByteBufAllocator.DEFAULT.buffer(16);
        buffer.release();
    }

    private static final class ReportingFactory extends ResourceLeakDetectorFactory {

        @Override
        @SuppressWarnings("deprecation") // the one method that a factory has to have
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval, long maxActive) {
            return newResourceLeakDetector(resource, samplingInterval);
        }

        @Override
        public <T> ResourceLeakDetector<T> newResourceLeakDetector(
                Class<T> resource, int samplingInterval) {
            return new ReportingDetector<>(resource, samplingInterval);
        }
    }

    private static final class ReportingDetector<T> extends ResourceLeakDetector<T> {

        ReportingDetector(Class<?> resource, int samplingInterval) {
            super(resource, samplingInterval);
        }

        @Override
        protected void reportTracedLeak(String resourceType, String records) {
            LEAKS.add(resourceType + records);
        }

        @Override
        protected void reportUntracedLeak(String resourceType) {
            LEAKS.add(resourceType);
        }
    }
}

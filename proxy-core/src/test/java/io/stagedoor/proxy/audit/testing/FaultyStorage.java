package io.stagedoor.proxy.audit.testing;

import io.stagedoor.proxy.audit.segment.SegmentChannel;
import io.stagedoor.proxy.audit.segment.SegmentName;
import io.stagedoor.proxy.audit.segment.SegmentStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage whose disk can be made full, short of breath, unable to flush, or slow. */
public final class FaultyStorage implements SegmentStorage {
    private final SegmentStorage real;
    public final AtomicInteger forces = new AtomicInteger();
    private volatile boolean full;
    private volatile boolean unflushable;
    private volatile boolean unnameable;
    private volatile int mostBytesAtOnce = Integer.MAX_VALUE;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    public FaultyStorage(SegmentStorage real) {
        this.real = real;
    }

    /** From now on no byte can be written, as with ENOSPC. */
    public void fill() {
        full = true;
    }

    /** From now on a flush fails, as with EIO. */
    public void breakForce() {
        unflushable = true;
    }

    /** From now on a new segment cannot get its name. */
    public void breakPublish() {
        unnameable = true;
    }

    /** From now on the disk works. */
    public void heal() {
        full = false;
        unflushable = false;
        unnameable = false;
    }

    /** From now on a write takes only so many bytes at once. */
    public void shortWrites(int most) {
        mostBytesAtOnce = most;
    }

    /** From now on a flush waits until {@link #resume}. */
    public void stall() {
        gate = new CountDownLatch(1);
    }

    public void resume() {
        gate.countDown();
    }

    @Override
    public List<SegmentName> list() throws IOException {
        return real.list();
    }

    @Override
    public SegmentChannel read(SegmentName name) throws IOException {
        return real.read(name);
    }

    @Override
    public SegmentChannel open(SegmentName name) throws IOException {
        return new Faulty(real.open(name));
    }

    @Override
    public SegmentChannel create(SegmentName name) throws IOException {
        return new Faulty(real.create(name));
    }

    @Override
    public void publish(SegmentName name) throws IOException {
        if (unnameable) {
            throw new IOException("no rename");
        }
        real.publish(name);
    }

    @Override
    public Path keepTorn(SegmentName name, long offset, ByteBuffer torn) throws IOException {
        return real.keepTorn(name, offset, torn);
    }

    private final class Faulty implements SegmentChannel {
        private final SegmentChannel channel;

        private Faulty(SegmentChannel channel) {
            this.channel = channel;
        }

        @Override
        public int read(ByteBuffer target, long position) throws IOException {
            return channel.read(target, position);
        }

        @Override
        public int write(ByteBuffer source, long position) throws IOException {
            if (full) {
                throw new IOException("no space left on device");
            }
            int most = Math.min(mostBytesAtOnce, source.remaining());
            int written = channel.write(source.slice(source.position(), most), position);
            source.position(source.position() + written);
            return written;
        }

        @Override
        public void force() throws IOException {
            forces.incrementAndGet();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            if (unflushable) {
                throw new IOException("input/output error");
            }
            channel.force();
        }

        @Override
        public void truncate(long size) throws IOException {
            channel.truncate(size);
        }

        @Override
        public long size() throws IOException {
            return channel.size();
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}

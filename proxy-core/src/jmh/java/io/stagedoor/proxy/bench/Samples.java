package io.stagedoor.proxy.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Samples of CPU time, counted in several ways. */
final class Samples {

    private static final String OURS = "io.stagedoor.";

    /** Parts of what is not ours, by the class or package that stands nearest to the top. */
    private static final List<String> PARTS =
            List.of(
                    "io.netty.internal.tcnative",
                    "io.netty.handler.ssl",
                    "io.netty.handler.codec.http",
                    "io.netty.handler.flow",
                    "io.netty.channel.unix.FileDescriptor",
                    "io.netty.channel.unix.Socket",
                    "io.netty.channel.epoll.Native",
                    "io.netty.util.concurrent",
                    "io.netty.channel.epoll",
                    "io.netty.buffer",
                    "io.netty.handler",
                    "io.netty.channel",
                    "ch.qos.logback",
                    "io.micrometer",
                    "com.github.benmanes.caffeine",
                    "com.fasterxml.jackson",
                    "sun.nio.ch",
                    "java.security",
                    "java.util.stream");

    private final Map<String, Long> parts = new HashMap<>();
    private final Map<String, Long> lines = new HashMap<>();
    private final Map<String, Long> tops = new HashMap<>();
    private final Map<String, Long> methods = new HashMap<>();
    private long size;

    private Samples() {}

    /** Reads a recording. */
    static Samples of(Path recording) throws IOException {
        Samples samples = new Samples();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                samples.add(file.readEvent());
            }
        }
        return samples;
    }

    private void add(RecordedEvent event) {
        if (!event.getEventType().getName().equals("jdk.CPUTimeSample")) {
            return;
        }
        size++;
        if (event.getStackTrace() == null) {
            count(tops, "(no stack)");
            return;
        }
        List<RecordedFrame> frames = event.getStackTrace().getFrames();
        count(tops, frames.isEmpty() ? "(no stack)" : methodOf(frames.getFirst()));
        count(lines, first(frames, Samples::ownLine) + threadOf(event));
        count(parts, first(frames, Samples::partOf) + threadOf(event));
        frames.stream()
                .filter(frame -> classOf(frame).startsWith(OURS))
                .map(Samples::methodOf)
                .distinct()
                .forEach(method -> count(methods, method + threadOf(event)));
    }

    private static String threadOf(RecordedEvent event) {
        String thread =
                event.getThread("eventThread") == null
                        ? "?"
                        : String.valueOf(event.getThread("eventThread").getJavaName());
        return thread.startsWith("stagedoor-loop") ? "" : "  [" + thread + "]";
    }

    private static String first(List<RecordedFrame> frames, Function<RecordedFrame, String> name) {
        return frames.stream()
                .map(name)
                .filter(each -> !each.isEmpty())
                .findFirst()
                .orElse("(elsewhere)");
    }

    private static String ownLine(RecordedFrame frame) {
        return classOf(frame).startsWith(OURS) ? methodOf(frame) + ":" + frame.getLineNumber() : "";
    }

    private static String partOf(RecordedFrame frame) {
        String type = classOf(frame);
        if (type.startsWith(OURS)) {
            return type.substring(0, type.lastIndexOf('.'));
        }
        return PARTS.stream().filter(type::startsWith).findFirst().orElse("");
    }

    private static String methodOf(RecordedFrame frame) {
        String type = classOf(frame);
        return type.substring(type.lastIndexOf('.') + 1) + "." + frame.getMethod().getName();
    }

    private static String classOf(RecordedFrame frame) {
        return frame.getMethod().getType().getName();
    }

    private static void count(Map<String, Long> counts, String name) {
        counts.merge(name, 1L, Long::sum);
    }

    long size() {
        return size;
    }

    /** Counts by the nearest of our packages or of the parts of what is not ours. */
    Map<String, Long> parts() {
        return Map.copyOf(parts);
    }

    /** Counts by the nearest line of ours, which called whatever was at the top. */
    Map<String, Long> lines() {
        return Map.copyOf(lines);
    }

    /** Counts by each of our methods in the stack: what it costs with all that it calls. */
    Map<String, Long> methods() {
        return Map.copyOf(methods);
    }

    /** Counts by the method at the top of the stack. */
    Map<String, Long> tops() {
        return Map.copyOf(tops);
    }
}

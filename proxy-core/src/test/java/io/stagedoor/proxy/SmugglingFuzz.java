package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.operation.OperationCatalogue;
import io.stagedoor.proxy.testing.GuardedServices;
import io.stagedoor.proxy.testing.StrictReader;
import io.stagedoor.proxy.testing.WireClient;
import io.stagedoor.proxy.testing.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;

/**
 * Sends hostile streams through the whole proxy and holds what it decided against two strict readings:
 * the origin's, of what arrived there, and one of the client's own octets.
 */
final class SmugglingFuzz {

    private static final Duration FOR_A_WHOLE_STREAM = Duration.ofSeconds(10);
    private static final Duration FOR_HALF_A_REQUEST = Duration.ofMillis(40);
    private static final int LANES = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final GuardedServices scene;
    private final long seed;
    private final Map<String, Integer> meant = new ConcurrentHashMap<>();
    private final AtomicLong requests = new AtomicLong();
    private final AtomicLong answers = new AtomicLong();
    private final Queue<String> found = new ConcurrentLinkedQueue<>();
    private final AtomicInteger malformed = new AtomicInteger();

    SmugglingFuzz(GuardedServices scene, long seed) {
        this.scene = scene;
        this.seed = seed;
    }

    /**
     * What came of it.
     *
     * @param requests how many requests a strict reader found in the streams
     * @param malformed how many streams had something in them that is no request
     * @param forwarded how many requests reached the origin
     * @param answers how many answers the clients got
     */
    record Report(long requests, int malformed, long forwarded, long answers) {}

    /** Tries that many streams, a few at a time. */
    void run(int tries) throws InterruptedException {
        AtomicInteger next = new AtomicInteger();
        List<Thread> lanes = new ArrayList<>();
        for (int lane = 0; lane < LANES; lane++) {
            lanes.add(Thread.ofPlatform().start(() -> runLane(next, tries)));
        }
        for (Thread lane : lanes) {
            lane.join();
        }
    }

    private void runLane(AtomicInteger next, int tries) {
        for (int number = next.getAndIncrement(); number < tries; number = next.getAndIncrement()) {
            HostileBytes bytes = new HostileBytes(seed, number, head());
            String stream = bytes.stream();
            try {
                attempt(number, stream, bytes.cuts(stream.length()));
            } catch (IOException | RuntimeException e) {
                found.add("try " + number + " failed with " + e + shown(stream));
            }
        }
    }

    private String head() {
        return "Host: "
                + GuardedServices.HOST
                + "\r\nAuthorization: Bearer "
                + scene.token("reader")
                + "\r\n";
    }

    private void attempt(int number, String stream, List<Integer> cuts) throws IOException {
        Reading reading = read(stream);
        int got = 0;
        try (WireClient client = scene.connect()) {
            client.patience(reading.open() ? FOR_HALF_A_REQUEST : FOR_A_WHOLE_STREAM);
            sendCut(client, stream, cuts);
            for (Optional<WireClient.Answer> one = client.read();
                    one.isPresent();
                    one = client.read()) {
                got += one.get().status() >= 200 ? 1 : 0;
            }
        } catch (SocketTimeoutException e) {
            if (!reading.open()) {
                found.add("neither answered nor closed: try " + number + shown(stream));
            }
        } catch (SocketException | SSLException _) {
            // cut off with octets unread
        }
        answers.addAndGet(got);
        if (got > reading.requests() + 1) {
            found.add(got + " answers to try " + number + shown(stream));
        }
    }

    /** The stream with the token cut out and every control character visible. */
    private String shown(String stream) {
        StringBuilder shown = new StringBuilder(": ");
        for (char octet : stream.replace(scene.token("reader"), "...").toCharArray()) {
            boolean printed = octet >= ' ' && octet < 0x7f;
            shown.append(printed ? octet : String.format(Locale.ROOT, "<%02x>", (int) octet));
        }
        return shown.toString();
    }

    private static void sendCut(WireClient client, String stream, List<Integer> cuts)
            throws IOException {
        int sent = 0;
        for (int cut : cuts) {
            client.send(stream.substring(sent, cut));
            sent = cut;
        }
        client.send(stream.substring(sent));
    }

    /**
     * What a strict reader finds in a stream.
     *
     * @param requests the number of requests
     * @param open whether the stream ends in the middle of one
     */
    private record Reading(int requests, boolean open) {}

    private Reading read(String stream) throws IOException {
        StrictReader reader =
                StrictReader.ofClient(
                        new ByteArrayInputStream(stream.getBytes(StandardCharsets.ISO_8859_1)));
        int count = 0;
        try {
            for (Optional<WireRequest> one = reader.next(); one.isPresent(); one = reader.next()) {
                count++;
                meant.merge(one.get().meaning(), 1, Integer::sum);
                if (!one.get().whole() || one.get().all("Connection").contains("close")) {
                    requests.addAndGet(count);
                    return new Reading(count, !one.get().whole());
                }
            }
        } catch (StrictReader.Malformed _) {
            malformed.incrementAndGet();
            requests.addAndGet(count);
            return new Reading(count, true);
        }
        requests.addAndGet(count);
        return new Reading(count, true);
    }

    /** Stops the proxy and compares everything; the journal is whole then. */
    Report compare() throws IOException {
        scene.fixture().proxy().drain();
        List<WireRequest> seen = scene.first().requests();
        assertThat(scene.first().faults()).as("what reached the origin is no request").isEmpty();
        assertThat(scene.second().octets()).isZero();
        compareMeanings(seen);
        assertThat(found.stream().limit(20)).isEmpty();
        comparePermits(seen);
        return new Report(requests.get(), malformed.get(), seen.size(), answers.get());
    }

    private void compareMeanings(List<WireRequest> seen) {
        Map<String, Integer> left = new HashMap<>(meant);
        for (WireRequest one : seen) {
            if (one.whole() && left.merge(one.meaning(), -1, Integer::sum) < 0) {
                found.add("smuggled or altered: " + one + streamOf(one.target()));
            }
        }
    }

    /** Makes the stream again that a forwarded request came from, if its target still tells. */
    private String streamOf(String target) {
        var number = Pattern.compile("t=([0-9]+)\\.").matcher(target);
        return number.find()
                ? shown(new HostileBytes(seed, Integer.parseInt(number.group(1)), head()).stream())
                : "";
    }

    private void comparePermits(List<WireRequest> seen) throws IOException {
        Map<String, WireRequest> byDecision = new HashMap<>();
        for (WireRequest one : seen) {
            assertThat(byDecision.put(one.only("X-Stagedoor-Decision-Id"), one)).isNull();
        }
        int permits = 0;
        try (Stream<Path> files = Files.list(scene.fixture().journalFolder())) {
            for (Path file : files.filter(one -> one.toString().endsWith(".jsonl")).toList()) {
                permits += comparePermits(file, byDecision);
            }
        }
        assertThat(byDecision.values()).as("forwarded without a permit").isEmpty();
        assertThat(permits).isGreaterThanOrEqualTo(seen.size());
    }

    private static int comparePermits(Path journal, Map<String, WireRequest> byDecision)
            throws IOException {
        int permits = 0;
        try (Stream<String> lines = Files.lines(journal)) {
            for (String line : (Iterable<String>) lines::iterator) {
                if (line.contains("\"verdict\":\"permit\"")) {
                    permits++;
                    comparePermit(JSON.readTree(line).get("request"), byDecision);
                }
            }
        }
        return permits;
    }

    private static void comparePermit(JsonNode request, Map<String, WireRequest> byDecision) {
        WireRequest seen = byDecision.remove(request.get("id").asText());
        if (seen == null) {
            return;
        }
        assertThat(request.get("method").asText()).isEqualTo(seen.method());
        List<String> segments = segmentsOf(seen.target());
        assertThat(request.get("operation").asText())
                .isEqualTo(
                        OperationCatalogue.synapse()
                                .resolve(seen.method(), segments)
                                .orElseThrow()
                                .operation()
                                .name());
        assertThat(request.at("/resource/name").asText()).isEqualTo(segments.get(1));
    }

    /** Reads a target again, with the JDK's own decoder. */
    private static List<String> segmentsOf(String target) {
        return Arrays.stream(target.split("\\?", 2)[0].substring(1).split("/", -1))
                .map(one -> URLDecoder.decode(one.replace("+", "%2B"), StandardCharsets.UTF_8))
                .toList();
    }
}

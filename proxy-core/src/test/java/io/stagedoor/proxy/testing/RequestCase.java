package io.stagedoor.proxy.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One request of {@code request_cases.json}.
 *
 * @param id what the file calls it
 * @param data its entry
 */
public record RequestCase(String id, JsonNode data) {

    /** A good request, that is sent after each case. */
    public static final String CONTROL = "GET /pipelines/daily?api-version=2020-12-01";

    /** A body that is a request to whoever loses count of its octets. */
    public static final String SMUGGLED =
            "POST /pipelines/payroll/createRun HTTP/1.1\r\nHost: ws1.dev.azuresynapse.test\r\n\r\n";

    private static final String FILE = "/io/stagedoor/proxy/http/request_cases.json";

    /** Returns the cases of a protocol, {@code h1} or {@code h2}, in the order of the file. */
    public static Stream<RequestCase> of(String protocol) throws IOException {
        try (InputStream json =
                Objects.requireNonNull(RequestCase.class.getResourceAsStream(FILE), FILE)) {
            List<RequestCase> cases = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(json)) {
                if (node.get("proto").asText().equals(protocol)) {
                    cases.add(new RequestCase(node.get("id").asText(), node));
                }
            }
            return cases.stream();
        }
    }

    /** Returns the outcomes that are right, in the file's words. */
    public List<String> expected() {
        return elements("expect").map(JsonNode::asText).toList();
    }

    /** Returns the file's word for a status that refuses; none that is expected for another. */
    public static String outcomeOf(int status) {
        return switch (status) {
            case 400 -> "reject-400";
            case 403 -> "deny-403";
            case 404 -> "not-found-404";
            default -> "none for " + status;
        };
    }

    /** Returns who sends it. */
    public String caller() {
        return data.get("principal").asText();
    }

    /**
     * Returns method and target, for HTTP/1.1 with its version. The file's names of Tableau sites stand
     * for ids.
     */
    public String line() {
        return data.get("request_line")
                .asText()
                .replaceAll("\\bs1\\b", RecordingOrigin.SITE)
                .replaceAll("\\bs2\\b", "5a9d1f60-0000-4000-8000-0000000000d2");
    }

    /** Returns its fields, names and values in order. */
    public List<Map.Entry<String, String>> fields() {
        return elements("headers")
                .map(field -> Map.entry(field.get(0).asText(), field.get(1).asText()))
                .toList();
    }

    private Stream<JsonNode> elements(String name) {
        return StreamSupport.stream(data.get(name).spliterator(), false);
    }

    @Override
    public String toString() {
        return id;
    }

    /**
     * What a scene has seen so far.
     *
     * @param octets how many the upstreams got
     * @param connections how many were opened to them
     * @param requests the decision ids of those that they got
     * @param permits how many the journal holds
     */
    public record Seen(long octets, int connections, Set<String> requests, long permits) {

        /** Looks at a scene. */
        public static Seen in(GuardedServices scene) {
            return new Seen(
                    scene.origins().stream().mapToLong(RecordingOrigin::octets).sum(),
                    scene.origins().stream().mapToInt(RecordingOrigin::connections).sum(),
                    scene.forwarded().stream()
                            .flatMap(one -> one.all("X-Stagedoor-Decision-Id").stream())
                            .collect(Collectors.toUnmodifiableSet()),
                    permitsIn(scene));
        }

        /** Returns the requests that any upstream has got since. */
        public List<WireRequest> since(GuardedServices scene) {
            return scene.forwarded().stream()
                    .filter(one -> !requests.containsAll(one.all("X-Stagedoor-Decision-Id")))
                    .toList();
        }

        /** Returns how many permits the journal of a scene holds. */
        public static long permitsIn(GuardedServices scene) {
            return scene.decided().stream()
                    .filter(one -> one.at("/decision/verdict").asText().equals("permit"))
                    .count();
        }
    }
}

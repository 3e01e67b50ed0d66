package io.stagedoor.proxy.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.route.RouteRule;
import io.stagedoor.proxy.route.RouteTable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The requests whose meaning two parsers may read differently, as far as head
 * and route decide them; {@code request_cases.outcomes} says what each comes to here. One that
 * passes is left to policy, and must reach it and the upstream with one meaning.
 */
class RequestCasesTest {

    private static final RouteTable ROUTES =
            RouteTable.of(
                    List.of(
                            new RouteRule(
                                    "ws1", Set.of("ws1.dev.azuresynapse.test"), Optional.empty()),
                            new RouteRule(
                                    "ws2", Set.of("ws2.dev.azuresynapse.test"), Optional.empty()),
                            new RouteRule("f1", Set.of("management.azure.test"), Optional.empty()),
                            new RouteRule("s1", Set.of("tableau.test"), Optional.empty())));
    private static final Onward ONWARD =
            new Onward(
                    "ws1.dev.azuresynapse.net",
                    new Fields.Field("Authorization", "Bearer upstream"),
                    new IdentityFields("tenant/alice", Optional.empty(), "decision-1"),
                    Optional.empty(),
                    "192.0.2.7",
                    false);
    private static final List<String> NEVER_SENT =
            List.of(
                    "x-stagedoor-user",
                    "x-forwarded-host",
                    "forwarded",
                    "cookie",
                    "connection",
                    "upgrade",
                    "http2-settings",
                    "keep-alive",
                    "te",
                    "trailer",
                    "proxy-connection",
                    "proxy-authorization",
                    "x-http-method-override",
                    "x-http-method",
                    "x-original-url",
                    "x-rewrite-url",
                    "x-arr-clientcert",
                    "x-ms-client-principal",
                    "x-ms-client-principal-name",
                    "x-ms-authorization-auxiliary",
                    "x-tableau-auth",
                    "x-real-ip",
                    "x-client-ip",
                    "expect");
    private static final Map<String, String> OUTCOMES = outcomes();

    record Case(String id, String method, String target, Fields fields, List<String> expected) {
        @Override
        public String toString() {
            return id;
        }
    }

    static Stream<Case> cases() throws IOException {
        try (InputStream json = RequestCasesTest.class.getResourceAsStream("request_cases.json")) {
            List<Case> cases = new ArrayList<>();
            for (JsonNode node : new ObjectMapper().readTree(json)) {
                cases.add(caseOf(node));
            }
            return cases.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesToItsStatedOutcome(Case request) {
        assertThat(outcomeOf(request)).isEqualTo(OUTCOMES.get(request.id()));
    }

    /** Transfer-Encoding is malformed in HTTP/2 alone, which its codec sees and a head does not. */
    static Stream<Case> casesOfHeads() throws IOException {
        return cases().filter(request -> !request.id().equals("h2-09"));
    }

    @ParameterizedTest
    @MethodSource("casesOfHeads")
    void isRefusedOnlyWhereTheCaseAllowsIt(Case request) {
        String outcome = outcomeOf(request);

        if (outcome.equals("no_route")) {
            assertThat(request.expected()).contains("not-found-404");
        } else if (!outcome.equals("passes")) {
            assertThat(request.expected()).contains("reject-400");
        } else {
            assertThat(request.expected()).containsAnyOf("deny-403", "allow-canonical");
        }
    }

    /** A whole WebSocket opening is a good head; its journey refuses it where there is no tunnel. */
    static Stream<Case> casesWithoutOpening() throws IOException {
        return cases().filter(request -> !request.id().equals("upgrade-03"));
    }

    @ParameterizedTest
    @MethodSource("casesWithoutOpening")
    void reachesTheUpstreamWithOneMeaningIfItPasses(Case request) {
        Optional<UpstreamHead> passed = passed(request);

        passed.ifPresent(
                upstream -> {
                    assertThat(upstream.method()).isEqualTo(request.method());
                    assertThat(upstream.target()).isEqualTo(request.target());
                    assertThat(upstream.fields().all("host"))
                            .containsExactly("ws1.dev.azuresynapse.net");
                    assertThat(upstream.fields().all("authorization"))
                            .containsExactly("Bearer upstream");
                    assertThat(upstream.fields().all("x-stagedoor-principal"))
                            .containsExactly("tenant/alice");
                    assertThat(foldedNames(upstream.fields()))
                            .doesNotContainAnyElementsOf(NEVER_SENT);
                    assertThat(upstream.fields().all("x-forwarded-for"))
                            .containsExactly("192.0.2.7");
                });
    }

    @Test
    void coversAllCases() throws IOException {
        assertThat(cases().map(Case::id)).hasSize(123).doesNotHaveDuplicates();
        assertThat(OUTCOMES.keySet()).isEqualTo(Set.copyOf(cases().map(Case::id).toList()));
    }

    private static String outcomeOf(Case request) {
        try {
            RequestHead head =
                    RequestHead.parse(request.method(), request.target(), request.fields());
            ROUTES.match(head);
            return "passes";
        } catch (RefusedException refused) {
            return refused.code() == io.stagedoor.proxy.refusal.Code.NO_ROUTE
                    ? "no_route"
                    : refused.refusal().toString();
        }
    }

    private static Optional<UpstreamHead> passed(Case request) {
        try {
            RequestHead head =
                    RequestHead.parse(request.method(), request.target(), request.fields());
            return Optional.of(
                    UpstreamHead.of(head, ROUTES.match(head).getFirst().target(), ONWARD));
        } catch (RefusedException _) {
            return Optional.empty();
        }
    }

    private static List<String> foldedNames(Fields fields) {
        List<String> names = new ArrayList<>();
        fields.forEach(field -> names.add(field.name().toLowerCase(Locale.ROOT).replace('_', '-')));
        return names;
    }

    private static Case caseOf(JsonNode node) {
        String line = node.get("request_line").asText();
        boolean h1 = node.get("proto").asText().equals("h1");
        int space = line.indexOf(' ');
        String target = line.substring(space + 1, h1 ? line.lastIndexOf(' ') : line.length());
        Fields.Builder fields = Fields.builder();
        fields.add("Authorization", "Bearer first");
        if (!h1) {
            fields.add("Host", node.get("pseudo").get(":authority").asText());
        }
        node.get("headers")
                .forEach(field -> fields.add(field.get(0).asText(), field.get(1).asText()));
        List<String> expected = new ArrayList<>();
        node.get("expect").forEach(outcome -> expected.add(outcome.asText()));
        return new Case(
                node.get("id").asText(),
                line.substring(0, space),
                target,
                fields.build(),
                List.copyOf(expected));
    }

    private static Map<String, String> outcomes() {
        try (InputStream text =
                RequestCasesTest.class.getResourceAsStream("request_cases.outcomes")) {
            Map<String, String> outcomes = new HashMap<>();
            new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(
                            line ->
                                    outcomes.put(
                                            line.substring(0, line.indexOf(' ')),
                                            line.substring(line.indexOf(' ') + 1)));
            return outcomes;
        } catch (IOException broken) {
            throw new IllegalStateException(broken);
        }
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Authorizer;
import io.stagedoor.policy.decision.Deny;
import io.stagedoor.policy.decision.MinimalGrant;
import io.stagedoor.policy.operation.Operation;
import io.stagedoor.policy.operation.OperationFlag;
import io.stagedoor.policy.operation.Ownership;
import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.principal.GroupMembership;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.role.RoleDefinition;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.DocumentedRequest;
import io.stagedoor.proxy.testing.PlatformScene;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The documented operations of Data Factory and Tableau over real sockets: of every kind and effect one
 * is let pass for the smallest access that suffices and for no smaller one, and every single one is
 * forwarded for an administrator unless nobody may do it or the proxy answers it itself.
 */
class PlatformKindsIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<Attempt> ATTEMPTS = attempts();

    private static PlatformScene scene;

    /** A request of somebody who holds just these assignments. */
    record Attempt(
            DocumentedRequest request,
            CastMember caller,
            List<MinimalGrant.Part> held,
            boolean suffices) {

        private String assignments() {
            return held.stream()
                    .map(
                            part ->
                                    "  - {principal: %s, role: %s, scope: %s}\n"
                                            .replaceFirst("%s", caller.id().objectId())
                                            .replaceFirst("%s", part.role().name())
                                            .replaceFirst("%s", part.scope().text()))
                    .collect(Collectors.joining());
        }

        @Override
        public String toString() {
            return request
                    + " with "
                    + (held.isEmpty() ? "nothing" : new MinimalGrant(held).text());
        }
    }

    @BeforeAll
    static void start() throws IOException {
        scene =
                PlatformScene.start(
                        ATTEMPTS.stream().map(Attempt::assignments).collect(Collectors.joining()));
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    @ParameterizedTest
    @MethodSource("sufficient")
    void smallestAccessThatSufficesIsLetPass(Attempt attempt) throws Exception {
        HttpResponse<String> answer = scene.send(attempt.caller(), attempt.request());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(scene.forwarded(answer)).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("insufficient")
    void nextSmallerAccessIsRefused(Attempt attempt) throws Exception {
        HttpResponse<String> answer = scene.send(attempt.caller(), attempt.request());

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(403);
        assertThat(refusalIn(answer)).isEqualTo("not_permitted");
        assertThat(scene.forwarded(answer)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"DATA_FACTORY, 118", "TABLEAU, 570"})
    void administratorMayDoAllThatAnybodyMay(Platform platform, int operations) throws Exception {
        Map<String, String> expected = new TreeMap<>();
        Map<String, String> outcomes = new TreeMap<>();

        for (DocumentedRequest request : DocumentedRequest.all(platform)) {
            expected.put(request.operation().name(), expectedOf(request.operation()));
            outcomes.put(
                    request.operation().name(), outcomeOf(scene.send(DemoCast.ENGINEER, request)));
        }

        assertThat(outcomes).hasSize(operations).isEqualTo(expected);
    }

    private static String expectedOf(Operation operation) {
        if (operation.isUnmapped()) {
            return "403 unmapped_operation";
        }
        if (isOnlyForItsOwner(operation)) {
            return "403 not_owner";
        }
        return operation.traits().answeredLocally() ? "answered by the proxy" : "forwarded";
    }

    private static String outcomeOf(HttpResponse<String> answer) throws IOException {
        int forwarded = scene.forwarded(answer);
        if (forwarded > 0) {
            return forwarded == 1 && answer.statusCode() == 200
                    ? "forwarded"
                    : answer.statusCode() + " forwarded " + forwarded + " times";
        }
        return answer.statusCode() == 403 ? "403 " + refusalIn(answer) : "answered by the proxy";
    }

    private static String refusalIn(HttpResponse<String> answer) throws IOException {
        JsonNode error = JSON.readTree(answer.body()).path("error");
        String code = error.path("code").asText();
        return switch (code) {
            case "403004" -> error.path("detail").asText().split(":", 2)[0];
            case "Unauthorized" -> "not_permitted";
            default -> code;
        };
    }

    static Stream<Attempt> sufficient() {
        return ATTEMPTS.stream().filter(Attempt::suffices);
    }

    static Stream<Attempt> insufficient() {
        return ATTEMPTS.stream().filter(attempt -> !attempt.suffices());
    }

    private static List<Attempt> attempts() {
        List<Attempt> all = new ArrayList<>();
        for (Platform platform : List.of(Platform.DATA_FACTORY, Platform.TABLEAU)) {
            for (DocumentedRequest sample : samples(platform)) {
                addAttempts(sample, all);
            }
        }
        return List.copyOf(all);
    }

    /** Gives the first operation of each kind and effect that a role can give. */
    private static List<DocumentedRequest> samples(Platform platform) {
        Map<String, DocumentedRequest> samples = new LinkedHashMap<>();
        for (DocumentedRequest request : DocumentedRequest.all(platform)) {
            Operation operation = request.operation();
            if (request.isTold() && isGivenByRoles(operation)) {
                samples.putIfAbsent(operation.kind() + " " + operation.effect(), request);
            }
        }
        return List.copyOf(samples.values());
    }

    private static boolean isGivenByRoles(Operation operation) {
        return !operation.isUnmapped()
                && !operation.traits().answeredLocally()
                && !operation.traits().has(OperationFlag.BEFORE_SIGN_IN)
                && !isOnlyForItsOwner(operation);
    }

    private static boolean isOnlyForItsOwner(Operation operation) {
        return operation
                .traits()
                .ownership()
                .map(Ownership::rule)
                .equals(Optional.of(Ownership.Rule.OWNER_ONLY));
    }

    private static void addAttempts(DocumentedRequest request, List<Attempt> all) {
        CastMember caller = PlatformScene.caller(all.size());
        List<MinimalGrant.Part> needed = smallestGrant(request, caller).parts();
        all.add(new Attempt(request, caller, needed, true));
        for (MinimalGrant.Part part : needed) {
            List<MinimalGrant.Part> held = new ArrayList<>(needed);
            held.remove(part);
            nextSmaller(part).ifPresent(held::add);
            all.add(new Attempt(request, PlatformScene.caller(all.size()), held, false));
        }
    }

    private static MinimalGrant smallestGrant(DocumentedRequest request, CastMember caller) {
        Principal nobody =
                new Principal(
                        caller.id(),
                        caller.kind(),
                        Optional.empty(),
                        GroupMembership.known(Set.of()));
        AccessSnapshot nothing =
                AccessSnapshot.builder(request.bound().root())
                        .id("nothing")
                        .takenAt(Instant.EPOCH)
                        .build();
        return switch (new Authorizer().decide(nothing, nobody, request.bound(), Instant.EPOCH)) {
            case Deny.MissingPermission missing -> missing.minimalGrants().getFirst();
            case Object other -> throw new IllegalStateException(request + ": " + other);
        };
    }

    /** Gives the largest role that gives some of a role's actions and no other; empty if none does. */
    private static Optional<MinimalGrant.Part> nextSmaller(MinimalGrant.Part part) {
        return BuiltInRoles.all().stream()
                .filter(role -> role.assignableAt().contains(part.scope().type()))
                .filter(role -> part.role().actions().containsAll(role.actions()))
                .filter(role -> role.actions().size() < part.role().actions().size())
                .max(Comparator.comparingInt((RoleDefinition role) -> role.actions().size()))
                .map(role -> new MinimalGrant.Part(role, part.scope()));
    }
}

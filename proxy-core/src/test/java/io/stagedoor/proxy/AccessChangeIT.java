package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.LeakGuard;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Role assignments written through the proxy, where the next poll is an hour away: what counts
 * within seconds can only be due to the write.
 */
@ExtendWith(LeakGuard.class)
class AccessChangeIT {

    private static final Duration LONG_BEFORE_THE_NEXT_POLL = Duration.ofSeconds(20);
    private static final CastMember ADMINISTRATOR = member("administrator", "d1");
    private static final CastMember NEWCOMER = member("newcomer", "d2");

    private static ProxyFixture fixture;

    private static CastMember member(String name, String suffix) {
        return new CastMember(
                name,
                PrincipalId.of(DemoCast.TENANT, "5a9d1f60-0000-4000-8000-0000000000" + suffix),
                PrincipalKind.USER,
                "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                List.of());
    }

    @BeforeAll
    static void start() throws IOException {
        fixture =
                ProxyFixture.start(
                        yaml ->
                                yaml.replace(
                                        "poll_interval: 5s",
                                        "poll_interval: 1h\n      max_age: 2h"),
                        scenery ->
                                scenery.workspace()
                                        .assign(
                                                role("Synapse Administrator"),
                                                ADMINISTRATOR.id().objectId(),
                                                Scope.workspace(DemoCast.WORKSPACE).text()));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    @Test
    void assignmentWrittenThroughTheProxyCountsAtOnceAndSoDoesItsRemoval() throws Exception {
        String path = "/roleAssignments/" + UUID.nameUUIDFromBytes(new byte[] {1});
        assertThat(status()).isEqualTo(403);

        HttpResponse<String> given = fixture.send(ADMINISTRATOR, "PUT", path, assignment());
        assertThat(given.statusCode()).as(given.body()).isEqualTo(200);
        awaitStatus(200);

        HttpResponse<String> taken = fixture.send(ADMINISTRATOR, "DELETE", path);
        assertThat(taken.statusCode()).as(taken.body()).isIn(200, 204);
        awaitStatus(403);
    }

    private static void awaitStatus(int status) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(LONG_BEFORE_THE_NEXT_POLL)
                .until(() -> status() == status);
    }

    private static int status() throws Exception {
        return fixture.send(NEWCOMER, "GET", "/pipelines").statusCode();
    }

    private static String assignment() {
        return "{\"roleId\":\""
                + role("Synapse Artifact User")
                + "\",\"principalId\":\""
                + NEWCOMER.id().objectId()
                + "\",\"scope\":\"workspaces/"
                + DemoCast.WORKSPACE
                + "\"}";
    }

    private static String role(String name) {
        return BuiltInRoles.byName(name).orElseThrow().id();
    }
}

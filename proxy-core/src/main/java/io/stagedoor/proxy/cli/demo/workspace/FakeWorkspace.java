package io.stagedoor.proxy.cli.demo.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.LoopbackServer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.RequestHandler;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * A Synapse workspace's data plane on loopback over TLS.
 *
 * <p>Answers every documented data-plane call in the shape of the service, and only to its one
 * upstream bearer; everything else is refused with 401 or 404 in the service's error shapes.
 * Remembers each request in order of arrival, refused ones included. Safe for use by several threads.
 */
public final class FakeWorkspace implements AutoCloseable {
    /** The object id by which the service knows whoever calls it: the proxy's own identity. */
    public static final String OWN_IDENTITY = "5a9d1f60-0000-4000-8000-00000000000f";

    static final String UID = "5a9d1f60-0000-4000-8000-0000000000ff";

    private static final String SCHEME = "Bearer ";

    private final LoopbackServer server;
    private final WorkspaceState state;
    private final List<SeenRequest> requests = new CopyOnWriteArrayList<>();
    private final List<Prepared> prepared = new CopyOnWriteArrayList<>();
    private volatile Predicate<String> accepted;
    private volatile Duration latency = Duration.ZERO;
    private volatile RequestHandler areas = request -> Answer.empty(503);

    private FakeWorkspace(
            String name, String bearer, InstantSource clock, ServerIdentity identity) {
        this.accepted = bearer::equals;
        this.server = LoopbackServer.start(identity, this::reply);
        this.state = new WorkspaceState(name, server.uri(), clock);
        this.areas = state::reply;
    }

    /**
     * Starts a workspace that holds no artifact, no pool and no role assignment.
     *
     * @param name the workspace's name
     * @param bearer the only token it accepts, as it stands after {@code Bearer}
     */
    public static FakeWorkspace start(
            String name, String bearer, InstantSource clock, ServerIdentity identity) {
        return new FakeWorkspace(name, bearer, clock, identity);
    }

    /** Gives its address, as it stands in every absolute link it sends. */
    public URI uri() {
        return server.uri();
    }

    /** Gives every request so far, in order of arrival. */
    public List<SeenRequest> requests() {
        return List.copyOf(requests);
    }

    /** Gives the requests so far that pass a test, in order of arrival. */
    public List<SeenRequest> requests(Predicate<SeenRequest> test) {
        return requests.stream().filter(test).toList();
    }

    /** Forgets the requests so far. */
    public void forgetRequests() {
        requests.clear();
    }

    /** Accepts another token from now on, and the one before no more. */
    public void acceptOnly(String newBearer) {
        accepted = newBearer::equals;
    }

    /** Accepts the tokens that pass a test from now on. */
    public void acceptIf(Predicate<String> test) {
        accepted = test;
    }

    /** Makes each request wait before it is answered. */
    public void answerAfter(Duration wait) {
        latency = wait;
    }

    /** Sets how many elements a page of a list holds. */
    public void pageSize(int elements) {
        state.pageSize(elements);
    }

    /** Gives the next request that passes a test this reply instead of the workspace's own. */
    public void replyOnce(Predicate<SeenRequest> test, Reply reply) {
        prepared.add(new Prepared(test, reply));
    }

    /** Forgets the replies that were prepared and not given yet. */
    public void forgetReplies() {
        prepared.clear();
    }

    /**
     * Stores an artifact.
     *
     * @param kind the path segment of its kind, such as {@code pipelines}
     * @throws IllegalArgumentException when there is no such kind
     */
    public void store(String kind, String name, JsonNode properties) {
        state.artifacts(kind).store(name, properties);
    }

    /** Adds a Spark pool. */
    public void addSparkPool(String name) {
        state.pools().add(name);
    }

    /**
     * Adds a role assignment and gives its new id.
     *
     * @throws IllegalArgumentException when the scope is malformed
     */
    public String assign(String roleDefinitionId, String principalId, String scope) {
        String id = UUID.randomUUID().toString();
        state.roleAssignments().store(id, roleDefinitionId, principalId, scope);
        return id;
    }

    /** Removes a role assignment; tells whether there was one. */
    public boolean unassign(String id) {
        return state.roleAssignments().remove(id);
    }

    @Override
    public void close() {
        server.close();
    }

    private Reply reply(SeenRequest request) {
        requests.add(request);
        pause();
        if (request.field("Authorization").filter(this::isAccepted).isEmpty()) {
            return unauthorized();
        }
        return preparedFor(request).orElseGet(() -> areas.reply(request));
    }

    private boolean isAccepted(String authorization) {
        return authorization.startsWith(SCHEME)
                && accepted.test(authorization.substring(SCHEME.length()));
    }

    private Optional<Reply> preparedFor(SeenRequest request) {
        Optional<Prepared> found =
                prepared.stream().filter(each -> each.test().test(request)).findFirst();
        return found.filter(prepared::remove).map(Prepared::reply);
    }

    private void pause() {
        long end = System.nanoTime() + latency.toNanos();
        for (long left = latency.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static Answer unauthorized() {
        return Json.error(401, "AuthenticationFailed", "the token is missing or not accepted")
                .with("WWW-Authenticate", "Bearer realm=\"workspace\"");
    }

    private record Prepared(Predicate<SeenRequest> test, Reply reply) {}
}

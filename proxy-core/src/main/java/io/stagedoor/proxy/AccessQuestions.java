package io.stagedoor.proxy;

import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.policy.decision.AccessSnapshot;
import io.stagedoor.policy.decision.Authorizer;
import io.stagedoor.policy.decision.Decision;
import io.stagedoor.policy.operation.BoundOperation;
import io.stagedoor.policy.operation.MatchedOperation;
import io.stagedoor.policy.principal.Principal;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.body.ScopeInputReader;
import io.stagedoor.proxy.directory.Declared;
import io.stagedoor.proxy.directory.RefreshOutcome;
import io.stagedoor.proxy.directory.WorkspaceDirectory;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.journey.AdmissionTrace;
import io.stagedoor.proxy.journey.Attempt;
import io.stagedoor.proxy.journey.Destination;
import io.stagedoor.proxy.journey.NotYet;
import io.stagedoor.proxy.journey.OperationBinder;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/**
 * Answers whether somebody may do something, without doing it: the same catalogue, assignments and
 * authorizer as the running proxy, read afresh.
 *
 * <p>Blocks while the workspace is read. Not for event loops; used by one thread at a time.
 */
public final class AccessQuestions implements AutoCloseable {

    private final ShutdownOrder closing;
    private final Translation translation;
    private final StagedoorConfig config;
    private final InstantSource clock;

    private AccessQuestions(
            StagedoorConfig config,
            Function<String, Optional<String>> environment,
            InstantSource clock)
            throws IOException {
        this.config = config;
        this.clock = clock;
        this.closing = new ShutdownOrder();
        this.translation =
                new Translation(
                        closing.closing(
                                new CredentialTranslation(
                                        config.upstreams().credentials(), environment, clock)));
    }

    /**
     * Prepares to answer questions about the configured workspaces; nothing is asked yet.
     *
     * @throws IOException if the certificates to trust for credentials cannot be read
     */
    public static AccessQuestions of(
            StagedoorConfig config,
            Function<String, Optional<String>> environment,
            InstantSource clock)
            throws IOException {
        return new AccessQuestions(config, environment, clock);
    }

    /**
     * A request that is asked about.
     *
     * @param method the HTTP method
     * @param target path and query below the workspace's host
     * @param body the JSON body, if the decision depends on one
     */
    public record Request(String method, String target, Optional<String> body) {}

    /**
     * Decides a request of a principal.
     *
     * @throws IOException if the workspace cannot be read
     * @throws RefusedException if the request is malformed or no documented operation
     */
    public Decision decide(ServiceConfig workspace, Principal principal, Request request)
            throws IOException, RefusedException {
        Declared declared =
                Translation.declared(config.access().declared(), config.access().groups().mapped());
        ServiceParts parts = closing.closing(ServiceParts.of(workspace, translation, clock));
        WorkspaceDirectory directory = parts.directory(declared);
        if (directory.refreshNow().join() instanceof RefreshOutcome.Failed failed) {
            throw new IOException("the workspace cannot be read: " + failed.reason());
        }
        AccessSnapshot snapshot = directory.snapshot();
        BoundOperation operation = bind(parts.forJourney(workspace), request);
        return new Authorizer().decide(snapshot, principal, operation, clock.instant());
    }

    private BoundOperation bind(Destination destination, Request request) throws RefusedException {
        RequestHead head = headOf(request);
        MatchedOperation matched =
                destination
                        .operations()
                        .calls()
                        .resolve(head.method(), head.target().segments(), head.target()::query)
                        .filter(found -> destination.names().accept(found.parameters()))
                        .orElseThrow(
                                () ->
                                        RefusedException.of(
                                                Code.UNKNOWN_OPERATION,
                                                "`"
                                                        + request.method()
                                                        + " "
                                                        + request.target()
                                                        + "` is no documented operation"));
        Attempt attempt =
                Attempt.first(head, new AdmissionTrace(clock.instant()), new LastToken())
                        .withBody(bodyOf(request))
                        .waiting();
        try {
            return new OperationBinder(new ScopeInputReader(ScopeInputReader.DEFAULT_LIMIT))
                    .bind(attempt, matched, destination);
        } catch (NotYet impossible) {
            throw new IllegalStateException(
                    "a waiting attempt with a body lacks nothing", impossible);
        }
    }

    private static RequestHead headOf(Request request) throws RefusedException {
        String length = Integer.toString(bodyOf(request).length);
        return RequestHead.parse(
                request.method(),
                request.target(),
                Fields.of(
                        "Host",
                        "localhost",
                        "Content-Type",
                        "application/json",
                        "Content-Length",
                        length));
    }

    private static byte[] bodyOf(Request request) {
        return request.body().orElse("").getBytes(StandardCharsets.UTF_8);
    }

    /** Lets go of what was opened. */
    @Override
    public void close() {
        closing.close();
    }
}

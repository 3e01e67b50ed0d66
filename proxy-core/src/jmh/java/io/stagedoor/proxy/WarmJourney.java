package io.stagedoor.proxy;

import io.stagedoor.config.ConfigLoader;
import io.stagedoor.config.LoadResult;
import io.stagedoor.config.StagedoorConfig;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.policy.decision.Permit;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.authn.LastToken;
import io.stagedoor.proxy.body.ScopeInputReader;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.http.RequestHead;
import io.stagedoor.proxy.journey.AdmissionTrace;
import io.stagedoor.proxy.journey.Admitted;
import io.stagedoor.proxy.journey.Attempt;
import io.stagedoor.proxy.journey.Destination;
import io.stagedoor.proxy.journey.NotYet;
import io.stagedoor.proxy.journey.OperationBinder;
import io.stagedoor.proxy.journey.SessionDesk;
import io.stagedoor.proxy.journey.Stages;
import io.stagedoor.proxy.refusal.RefusedException;
import io.stagedoor.proxy.reload.PartList;
import io.stagedoor.proxy.route.RouteTable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The journey as the proxy wires it, before the demo's issuer and workspace, with everything learned
 * that it can learn. The caller is in 30 groups, of which one holds a role.
 */
public final class WarmJourney implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final int OTHER_GROUPS = 29;
    private static final String PREFIX = "/synapse/" + DemoCast.WORKSPACE;

    private final DemoScenery scenery = DemoScenery.set(InstantSource.system(), 0, 0);
    private final ShutdownOrder closing = new ShutdownOrder();
    private final StagedoorConfig config;
    private final Foundation foundation;
    private final Generation generation;
    private final String bearer;

    /**
     * A request that was admitted.
     *
     * @param head its head
     * @param trace all that became known of it
     * @param permit why it was admitted
     */
    public record Asked(RequestHead head, AdmissionTrace trace, Permit permit) {}

    /** Wires the parts and waits until they know all they need. */
    public WarmJourney() {
        try {
            config = load(scenery.configuration());
            foundation = Foundation.open(config, Surroundings.of(_ -> Optional.empty()), closing);
            generation =
                    closing.closing(new Wiring(config, foundation, PartList.first()).generation());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        generation.begin();
        if (!generation.awaitKnowledge(PATIENCE)) {
            throw new IllegalStateException("the workspace or the keys were not read in time");
        }
        bearer =
                "Bearer "
                        + scenery.issuer()
                                .mint(
                                        caller().claims(DemoCast.AUDIENCE),
                                        PATIENCE.multipliedBy(60));
    }

    /** Reads the demo's configuration with the ordinary interval between two polls. */
    private static StagedoorConfig load(Path file) throws IOException {
        Files.writeString(file, Files.readString(file).replace("poll_interval: 5s", ""));
        return switch (ConfigLoader.load(file)) {
            case LoadResult.Ok(StagedoorConfig good, var _) -> good;
            case LoadResult.Bad bad -> throw new IllegalStateException(bad.problems().toString());
        };
    }

    private static CastMember caller() {
        CastMember engineer = DemoCast.ENGINEER;
        List<PrincipalId> groups = new ArrayList<>();
        for (int number = 0; number < OTHER_GROUPS; number++) {
            groups.add(
                    PrincipalId.of(
                            DemoCast.TENANT,
                            String.format(Locale.ROOT, "96000000-0000-4000-8000-%012x", number)));
        }
        groups.addAll(engineer.groups());
        return new CastMember(
                engineer.name(),
                engineer.id(),
                engineer.kind(),
                engineer.clientApplication(),
                groups);
    }

    /**
     * Has a request admitted, first where it may wait and then where it must not.
     *
     * @param request method and path
     */
    public Asked ask(String request) {
        try {
            RequestHead head = parse(request);
            AdmissionTrace first = new AdmissionTrace(clock().instant());
            generation
                    .exchanges()
                    .journey()
                    .admit(Attempt.first(head, first, new LastToken()).waiting());
            AdmissionTrace trace = new AdmissionTrace(clock().instant());
            Admitted admitted = admit(head, trace);
            return new Asked(head, trace, admitted.permit());
        } catch (RefusedException | NotYet e) {
            throw new IllegalStateException("`" + request + "` is not admitted", e);
        }
    }

    /**
     * Checks a head such as a client of the Azure SDKs sends.
     *
     * @param request method and path
     */
    public RequestHead parse(String request) throws RefusedException {
        int space = request.indexOf(' ');
        return RequestHead.parse(
                request.substring(0, space), targetOf(request.substring(space + 1)), fields());
    }

    /** Returns the target of a path in the workspace. */
    public static String targetOf(String path) {
        return PREFIX + path + "?api-version=2020-12-01";
    }

    /** Returns the fields of all requests. */
    public Fields fields() {
        return Fields.of(
                "Host", "proxy.example",
                "Authorization", bearer,
                "User-Agent", "azsdk-python-synapse-artifacts/0.20.0 Python/3.12.3",
                "Accept", "application/json",
                "Accept-Encoding", "gzip, deflate",
                "x-ms-client-request-id", "0b1f7e3c-0000-4000-8000-000000000001",
                "Connection", "keep-alive");
    }

    /** Takes a request through all stages, without waiting. */
    public Admitted admit(RequestHead head, AdmissionTrace trace) throws RefusedException, NotYet {
        return generation.exchanges().journey().admit(Attempt.first(head, trace, new LastToken()));
    }

    /** Returns the routes, as the journey has them. */
    public RouteTable routes() {
        return RouteTable.of(config.services().stream().map(Places::route).toList());
    }

    /** Returns the stages, as the journey has them. */
    public Stages stages() {
        return new Stages(
                generation.authenticator(),
                Translation.rates(config.listener().clients().rate()),
                generation.directory(),
                new OperationBinder(new ScopeInputReader(ScopeInputReader.DEFAULT_LIMIT)),
                foundation.ownership,
                generation.credentials(),
                new SessionDesk(foundation.sessions, Map.of()));
    }

    /** Returns the service that all requests go to, as the journey has it. */
    public Destination destination() {
        ServiceConfig only = config.services().getFirst();
        return Objects.requireNonNull(generation.workspaces().get(only.name())).forJourney(only);
    }

    /** Returns the clock of the journey. */
    public InstantSource clock() {
        return foundation.clock;
    }

    @Override
    public void close() {
        closing.close();
        scenery.close();
    }
}

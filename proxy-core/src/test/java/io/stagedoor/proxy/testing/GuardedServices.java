package io.stagedoor.proxy.testing;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;

/**
 * The proxy before two workspaces, {@code ws1} and {@code ws2}, the factory {@code f1} and the Tableau
 * site {@code s1}, each a {@link RecordingOrigin}, with two callers: {@code reader} may read the
 * artifacts of ws1 and the content of s1, {@code runner_daily} may run the pipeline {@code daily} of ws1 and f1 and nothing else. Access is declared,
 * so that the proxy has nothing of its own to ask the services.
 *
 * <p>The case file lets the runner read and start {@code daily}, gives it nothing on other pipelines
 * and refuses it the runs of all (synapse-05); since a Synapse role cannot be narrowed to one pipeline
 * and a guardrail leaves all reading or none, only a guardrail without reading gives no more than
 * that.
 */
public final class GuardedServices implements AutoCloseable {

    /** The host that leads to the first workspace. */
    public static final String HOST = "ws1.dev.azuresynapse.test";

    private static final Map<String, CastMember> CALLERS =
            Map.of(
                    "reader",
                    DemoCast.ANALYST,
                    "runner_daily",
                    member("runner", "5a9d1f60-0000-4000-8000-0000000000c1"));

    private static final String ACCESS =
            """
            assignments:
              - {principal: @reader@, role: Synapse Artifact User, scope: workspaces/ws1}
              - {principal: @runner@, role: Synapse Artifact User, scope: workspaces/ws1}
              - principal: @runner@
                role: Synapse Credential User
                scope: workspaces/ws1/credentials/WorkspaceSystemIdentity
              - {principal: @reader@, role: Synapse Artifact User, scope: sites/s1}
              - {principal: @runner@, role: Synapse Artifact User, scope: factories/f1}
              - principal: @runner@
                role: Synapse Credential User
                scope: factories/f1/credentials/WorkspaceSystemIdentity
            guardrails:
              - name: daily-only
                applies_to:
                  principals: [@runner@]
                may:
                  run:
                    pipelines: [daily]
            """;

    private static final String MAIN =
            """
            listener:
              host: 127.0.0.1
              port: 0
              tls: {certificate: proxy.pem, private_key: proxy.key}
            admin: {host: 127.0.0.1, port: 0}
            issuers:
              - name: demo
                issuer: @issuer@
                audiences: [@audience@]
                keys: {trusted_certificates: ca.pem}
            workspaces:
              - name: ws1
                tenant: @tenant@
                hosts: [ws1.dev.azuresynapse.test]
                upstream: {uri: "https://localhost:@first@", trusted_certificates: ca.pem}
                credential: {static_bearer: {token: "file:upstream.token"}}
                assignments: {from: declared}
              - name: ws2
                tenant: @tenant@
                hosts: [ws2.dev.azuresynapse.test]
                upstream: {uri: "https://localhost:@second@", trusted_certificates: ca.pem}
                credential: {static_bearer: {token: "file:upstream.token"}}
                assignments: {from: declared}
            factories:
              - name: f1
                subscription: 11111111-1111-1111-1111-111111111111
                resource_group: rg1
                tenant: @tenant@
                hosts: [management.azure.test]
                upstream: {uri: "https://localhost:@factory@", trusted_certificates: ca.pem}
                credential: {static_bearer: {token: "file:upstream.token"}}
            sites:
              - name: s1
                tenant: @tenant@
                hosts: [tableau.test]
                upstream: {uri: "https://localhost:@site@", trusted_certificates: ca.pem}
                credential:
                  personal_access_token: {name: replica, secret: "file:upstream.token"}
            audit:
              directory: audit
            access:
              file: guarded.yaml
            """;

    private final ProxyFixture fixture;
    private final Origins origins;
    private final Map<String, String> tokens;
    private final SSLContext tls;

    /** What was read of the journal so far; a record never changes. */
    private final List<JsonNode> records = new ArrayList<>();

    private record Origins(
            RecordingOrigin first,
            RecordingOrigin second,
            RecordingOrigin factory,
            RecordingOrigin site) {

        private static Origins start(DemoScenery scenery) {
            return new Origins(origin(scenery), origin(scenery), origin(scenery), origin(scenery));
        }

        private static RecordingOrigin origin(DemoScenery scenery) {
            return RecordingOrigin.start(scenery.authority().issue());
        }

        private List<RecordingOrigin> all() {
            return List.of(first, second, factory, site);
        }
    }

    private GuardedServices(ProxyFixture fixture, Origins origins) {
        this.fixture = fixture;
        this.origins = origins;
        this.tls = fixture.scenery().authority().trustingContext();
        this.tokens =
                Map.of(
                        "reader", fixture.scenery().token(CALLERS.get("reader")),
                        "runner_daily", fixture.scenery().token(CALLERS.get("runner_daily")));
    }

    /** Starts everything. */
    public static GuardedServices start() throws IOException {
        return start(UnaryOperator.identity());
    }

    /**
     * Starts everything with a changed configuration.
     *
     * @param edit changes the text of {@code stagedoor.yaml}
     */
    public static GuardedServices start(UnaryOperator<String> edit) throws IOException {
        AtomicReference<Origins> origins = new AtomicReference<>();
        AtomicReference<String> main = new AtomicReference<>();
        ProxyFixture fixture =
                ProxyFixture.start(
                        _ -> edit.apply(main.get()),
                        scenery -> {
                            Origins started = Origins.start(scenery);
                            origins.set(started);
                            scenery.folder().write("guarded.yaml", access());
                            main.set(main(scenery, started));
                        });
        return new GuardedServices(fixture, origins.get());
    }

    private static String access() {
        return ACCESS.replace("@reader@", CALLERS.get("reader").id().objectId())
                .replace("@runner@", CALLERS.get("runner_daily").id().objectId());
    }

    private static String main(DemoScenery scenery, Origins origins) {
        return MAIN.replace("@issuer@", scenery.issuer().issuer().toString())
                .replace("@audience@", DemoCast.AUDIENCE)
                .replace("@tenant@", DemoCast.TENANT)
                .replace("@first@", Integer.toString(origins.first().port()))
                .replace("@second@", Integer.toString(origins.second().port()))
                .replace("@factory@", Integer.toString(origins.factory().port()))
                .replace("@site@", Integer.toString(origins.site().port()));
    }

    private static CastMember member(String name, String objectId) {
        return new CastMember(
                name,
                new PrincipalId(DemoCast.TENANT, objectId),
                PrincipalKind.USER,
                "04b07795-8ddb-461a-bbee-02f9e1bf7b46",
                List.of());
    }

    /** Gives the proxy with what is around it. */
    public ProxyFixture fixture() {
        return fixture;
    }

    /** Gives the workspace {@code ws1}. */
    public RecordingOrigin first() {
        return origins.first();
    }

    /** Gives the workspace {@code ws2}, in which nobody may do anything. */
    public RecordingOrigin second() {
        return origins.second();
    }

    /** Gives all services' upstreams. */
    public List<RecordingOrigin> origins() {
        return origins.all();
    }

    /** Gives all requests that any upstream got, each upstream's in the order of their ends. */
    public List<WireRequest> forwarded() {
        return origins().stream().flatMap(origin -> origin.requests().stream()).toList();
    }

    /** Gives the token of {@code reader} or {@code runner_daily}. */
    public String token(String caller) {
        return tokens.get(caller);
    }

    /** Gives the principal behind the name. */
    public PrincipalId principal(String caller) {
        return CALLERS.get(caller).id();
    }

    /** Connects to the proxy. */
    public WireClient connect() throws IOException {
        return WireClient.connect(tls, fixture.proxy().port());
    }

    /** Gives the context of clients that trust the proxy. */
    public SSLContext tls() {
        return tls;
    }

    /** Gives a request without a body, from its line on. */
    public String request(String line, String caller, String... fields) {
        return line
                + " HTTP/1.1\r\nHost: "
                + HOST
                + "\r\nAuthorization: Bearer "
                + token(caller)
                + "\r\n"
                + (fields.length == 0 ? "" : String.join("\r\n", fields) + "\r\n")
                + "\r\n";
    }

    /** Gives the decided records that are in the journal now, in order. */
    public synchronized List<JsonNode> decided() {
        records.addAll(JournalReading.recordsFrom(fixture.journalFolder(), records.size()));
        return records.stream().filter(record -> record.has("decision")).toList();
    }

    @Override
    public void close() {
        fixture.close();
        origins().forEach(RecordingOrigin::close);
    }
}

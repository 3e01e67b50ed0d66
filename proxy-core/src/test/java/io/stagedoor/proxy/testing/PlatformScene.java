package io.stagedoor.proxy.testing;

import io.stagedoor.policy.operation.Platform;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The real proxy with the factory {@code f1} below {@code /arm} and a Tableau site below {@code
 * /tableau}, each a {@link WillingOrigin}, so that whatever is refused is refused by the proxy.
 * Access is what a test declares; beside it the engineer is administrator of both.
 */
public final class PlatformScene implements AutoCloseable {

    /** The configured name of the site. */
    public static final String SITE = "sales";

    private static final String SERVICES =
            """
            factories:
              - name: f1
                subscription: @subscription@
                resource_group: rg1
                tenant: @tenant@
                path_prefix: /arm
                upstream: {uri: "@factory@", trusted_certificates: ca.pem}
                credential: {static_bearer: {token: "file:upstream.token"}}
            sites:
              - name: sales
                tenant: @tenant@
                path_prefix: /tableau
                content_url: demo
                upstream: {uri: "@site@", trusted_certificates: ca.pem}
                credential: {personal_access_token: {name: pat, secret: "file:upstream.token"}}
            """;
    private static final String ACCESS =
            """
            assignments:
              - {principal: @engineer@, role: Synapse Administrator, scope: factories/f1}
              - {principal: @engineer@, role: Synapse Administrator, scope: sites/sales}
            """;

    private final ProxyFixture fixture;
    private final Origins origins;

    private record Origins(WillingOrigin factory, WillingOrigin site) {

        private static Origins start(DemoScenery scenery) {
            return new Origins(
                    WillingOrigin.start(scenery.authority().issue()),
                    WillingOrigin.start(scenery.authority().issue()));
        }
    }

    private PlatformScene(ProxyFixture fixture, Origins origins) {
        this.fixture = fixture;
        this.origins = origins;
    }

    /**
     * Starts everything.
     *
     * @param assignments lines of the access file, each an entry of its list of assignments
     */
    public static PlatformScene start(String assignments) throws IOException {
        AtomicReference<Origins> origins = new AtomicReference<>();
        ProxyFixture fixture =
                ProxyFixture.start(
                        yaml -> extended(yaml, Objects.requireNonNull(origins.get())),
                        scenery -> {
                            origins.set(Origins.start(scenery));
                            scenery.folder().write("platforms.yaml", access() + assignments);
                        });
        return new PlatformScene(fixture, origins.get());
    }

    private static String access() {
        return ACCESS.replace("@engineer@", DemoCast.ENGINEER.id().objectId());
    }

    private static String extended(String yaml, Origins origins) {
        return yaml.replaceFirst("file: access.yaml", "file: platforms.yaml")
                + "\n"
                + SERVICES.replace("@subscription@", FakeFactory.SUBSCRIPTION)
                        .replace("@tenant@", DemoCast.TENANT)
                        .replace("@factory@", origins.factory().uri().toString())
                        .replace("@site@", origins.site().uri().toString());
    }

    /** Gives somebody whom nobody else is. */
    public static CastMember caller(int number) {
        return new CastMember(
                "caller" + number,
                PrincipalId.of(
                        DemoCast.TENANT,
                        String.format(
                                Locale.ROOT, "5a9d1f60-0000-4000-8000-%012d", 800_000 + number)),
                PrincipalKind.USER,
                DemoCast.ENGINEER.clientApplication(),
                List.of());
    }

    /** Sends a request of a caller; bodies are left out where none may be. */
    public HttpResponse<String> send(CastMember caller, DocumentedRequest request)
            throws IOException, InterruptedException {
        String method = request.operation().method();
        boolean bodiless = method.equals("GET") || method.equals("DELETE");
        return fixture.send(
                HttpRequest.newBuilder(
                                URI.create(
                                        "https://localhost:"
                                                + fixture.proxy().port()
                                                + targetOf(request)))
                        .version(HttpClient.Version.HTTP_1_1)
                        .header("Authorization", "Bearer " + fixture.scenery().token(caller))
                        .header("Accept", "application/json")
                        .header("Content-Type", "application/json")
                        .method(
                                method,
                                bodiless
                                        ? BodyPublishers.noBody()
                                        : BodyPublishers.ofString(request.body()))
                        .build());
    }

    private static String targetOf(DocumentedRequest request) {
        return request.operation().platform() == Platform.TABLEAU
                ? "/tableau" + request.target()
                : "/arm" + request.target() + "?api-version=2018-06-01";
    }

    /** Gives how often the upstream was sent what is answered so. */
    public int forwarded(HttpResponse<?> answer) {
        String decision = answer.headers().firstValue("X-Stagedoor-Decision-Id").orElse("");
        return origins.factory().forwarded(decision) + origins.site().forwarded(decision);
    }

    @Override
    public void close() {
        fixture.close();
        origins.factory().close();
        origins.site().close();
    }
}

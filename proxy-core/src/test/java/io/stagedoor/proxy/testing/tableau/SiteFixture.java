package io.stagedoor.proxy.testing.tableau;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The real proxy between real clients and a Tableau site, beside the demo's workspace: over TLS, with a
 * connected app. Of its hundred and more users all may read the site.
 */
public final class SiteFixture implements AutoCloseable {

    /** How many users there are. */
    public static final int USERS = 120;

    private static final String SECRET = "first-secret-first-secret-first-secret-1";
    private static final String PREFIX = "/tableau/demo";
    private static final String VERSION = "/api/3.22";

    private final FakeTableau tableau;
    private final ProxyFixture proxy;

    private SiteFixture(FakeTableau tableau, ProxyFixture proxy) {
        this.tableau = tableau;
        this.proxy = proxy;
    }

    /** Starts everything. */
    public static SiteFixture start() throws IOException {
        return start(UnaryOperator.identity());
    }

    /** Starts everything with changed lines of the site in the configuration. */
    public static SiteFixture start(UnaryOperator<String> edit) throws IOException {
        return start(edit, "");
    }

    /** Starts everything with more lines of assignments, too. */
    public static SiteFixture start(UnaryOperator<String> edit, String more) throws IOException {
        AtomicReference<FakeTableau> site = new AtomicReference<>();
        ProxyFixture proxy =
                ProxyFixture.start(
                        yaml -> yaml + edit.apply(configuration(site.get())),
                        scenery -> {
                            FakeTableau started =
                                    FakeTableau.start(scenery.authority(), InstantSource.system());
                            started.secrets().put("k1", SECRET);
                            started.addAccessToken("replica-1", SECRET, "the-service");
                            IntStream.range(0, USERS)
                                    .forEach(i -> started.addUser(nameOf(user(i))));
                            Path folder = scenery.configuration().resolveSibling("access.yaml");
                            write(folder.resolveSibling("k1.secret"), SECRET);
                            write(folder.resolveSibling("k2.secret"), SECRET);
                            append(folder, assignments() + more);
                            site.set(started);
                        });
        return new SiteFixture(site.get(), proxy);
    }

    private static String configuration(FakeTableau site) {
        return """
               sites:
                 - name: demo-site
                   tenant: @tenant@
                   path_prefix: @prefix@
                   content_url: demo
                   upstream:
                     uri: @uri@
                     trusted_certificates: ca.pem
                   credential:
                     connected_app:
                       client_id: @client@
                       secrets:
                         - id: k1
                           value: file:k1.secret
                         - id: k2
                           value: file:k2.secret
               """
                .replace("@tenant@", DemoCast.TENANT)
                .replace("@prefix@", PREFIX)
                .replace("@uri@", site.uri().toString())
                .replace("@client@", FakeTableau.CLIENT_ID);
    }

    private static String assignments() {
        return IntStream.range(0, USERS)
                .mapToObj(
                        i ->
                                "  - {principal: "
                                        + user(i).id().objectId()
                                        + ", role: Synapse Artifact User, scope: sites/demo-site}\n")
                .collect(
                        Collectors.joining(
                                "", "tenant: " + DemoCast.TENANT + "\nassignments:\n", ""));
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void append(Path file, String text) {
        try {
            Files.writeString(file, text + Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gives one of the users. */
    public static CastMember user(int number) {
        return new CastMember(
                "user" + number,
                PrincipalId.of(
                        DemoCast.TENANT,
                        String.format(
                                Locale.ROOT, "5a9d1f60-0000-4000-8000-%012d", 700_000 + number)),
                PrincipalKind.USER,
                DemoCast.ENGINEER.clientApplication(),
                List.of());
    }

    /** Gives the name by which Tableau knows a user. */
    public static String nameOf(CastMember user) {
        return user.name() + "@demo.example";
    }

    public FakeTableau tableau() {
        return tableau;
    }

    public ProxyFixture proxy() {
        return proxy;
    }

    public String token(CastMember user) {
        return proxy.scenery().token(user);
    }

    /** Changes a secret's file, as a secret store does. */
    public void changeSecret(String file, String secret) {
        write(proxy.scenery().configuration().resolveSibling(file), secret);
    }

    /** Begins a request below the site; the path follows the version of the API. */
    public HttpRequest.Builder request(String method, String path) {
        return request(method, path, "");
    }

    /** Begins a request with a body. */
    public HttpRequest.Builder request(String method, String path, String body) {
        return requestBelow(VERSION, method, path, body);
    }

    /** Begins a request in another version of the API, such as {@code /api/2.4}. */
    public HttpRequest.Builder requestBelow(
            String version, String method, String path, String body) {
        return HttpRequest.newBuilder(
                        URI.create(
                                "https://localhost:"
                                        + proxy.proxy().port()
                                        + PREFIX
                                        + version
                                        + path))
                .version(HttpClient.Version.HTTP_1_1)
                .method(
                        method,
                        body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    }

    public HttpResponse<String> send(HttpRequest.Builder request)
            throws IOException, InterruptedException {
        return proxy.send(request.build());
    }

    /** Signs in as the Tableau Server Client does, and gives the answer. */
    public HttpResponse<String> signInByXml(String token) throws IOException, InterruptedException {
        String body =
                "<tsRequest><credentials jwt=\""
                        + token
                        + "\" isUat=\"false\"><site contentUrl=\"demo\" /></credentials></tsRequest>";
        return send(request("POST", "/auth/signin", body).header("Content-Type", "text/xml"));
    }

    /** Asks for the site's workbooks with a session. */
    public HttpResponse<String> workbooks(String session) throws IOException, InterruptedException {
        return send(
                request("GET", "/sites/" + FakeTableau.SITE_ID + "/workbooks")
                        .header("X-Tableau-Auth", session));
    }

    @Override
    public void close() {
        proxy.close();
        tableau.close();
    }
}

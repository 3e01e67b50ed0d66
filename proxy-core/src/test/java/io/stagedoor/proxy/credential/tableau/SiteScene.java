package io.stagedoor.proxy.credential.tableau;

import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import io.stagedoor.proxy.credential.CallerProof;
import io.stagedoor.proxy.credential.CredentialDemand;
import io.stagedoor.proxy.directory.testing.TestClock;
import io.stagedoor.proxy.testing.tableau.FakeTableau;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** A site, and what sessions at it are made of. */
final class SiteScene implements AutoCloseable {

    static final String OLD = "old-secret-old-secret-old-secret-0001";
    static final String NEW = "new-secret-new-secret-new-secret-0002";
    static final Set<String> READ = Set.of("tableau:content:read");

    static final SessionLimits LIMITS =
            new SessionLimits(
                    1000, Duration.ofHours(2), Duration.ofHours(1), Duration.ofSeconds(20));

    final TestClock clock = new TestClock();
    private final DemoAuthority authority = DemoAuthority.create(InstantSource.system());
    final FakeTableau tableau = FakeTableau.start(authority, clock);
    private final HttpClient client =
            HttpClient.newBuilder().sslContext(authority.trustingContext()).build();

    TableauSite site() {
        return site(FakeTableau.CONTENT_URL);
    }

    TableauSite site(String contentUrl) {
        return new TableauSite(
                "site",
                tableau.uri(),
                "3.22",
                contentUrl,
                Optional.of(authority.trustingContext()));
    }

    TableauSessions sessions(TableauCredential credential) {
        return TableauSessions.of(site(), credential, LIMITS, clock);
    }

    static TableauCredential.ConnectedApp app(TableauCredential.AppSecret... secrets) {
        return new TableauCredential.ConnectedApp(
                FakeTableau.CLIENT_ID, List.of(secrets), Optional.empty());
    }

    static TableauCredential.AppSecret secret(String id, Supplier<String> value) {
        return new TableauCredential.AppSecret(id, value);
    }

    static CredentialDemand demand(String user, Set<String> scopes) {
        return new CredentialDemand(
                "site",
                new CallerProof(PrincipalId.of("tenant", "oid-of-" + user), Optional.of(user), ""),
                scopes);
    }

    /**
     * Calls the site with a session and gives the answer's text. The server closes idle connections when
     * it has many, perhaps the one that a call is just sent on: it is sent again then.
     */
    HttpResponse<String> call(String session) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(tableau.uri() + "/api/3.22/sites/x/views"))
                        .header("X-Tableau-Auth", session)
                        .header("Accept", "application/json")
                        .build();
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException _) {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        }
    }

    @Override
    public void close() {
        client.close();
        tableau.close();
    }
}

package io.stagedoor.proxy.bench;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import io.stagedoor.policy.principal.PrincipalId;
import io.stagedoor.policy.principal.PrincipalKind;
import io.stagedoor.policy.role.BuiltInRoles;
import io.stagedoor.policy.scope.ItemType;
import io.stagedoor.policy.scope.Scope;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.issuer.DemoIssuer;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.cli.demo.workspace.FakeWorkspace;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * What the processes of the bench need: certificates, an issuer and its tokens, the recorded role
 * assignments of a workspace, and Stagedoor's configuration, all in one folder.
 *
 * <p>Every caller has its rights through two of its groups, which are the last that are looked at;
 * the other assignments are of no use to any of them.
 */
public final class BenchScenery implements AutoCloseable {

    /** How many different tokens there are. */
    static final int TOKENS = 64;

    /** How many groups each token names. */
    static final int GROUPS = 30;

    /** How many role assignments the workspace has that help no caller. */
    static final int OTHER_ASSIGNMENTS = 1_000;

    private static final String TENANT = "5a9d1f60-0000-4000-8000-000000000001";
    private static final String AUDIENCE = "https://dev.azuresynapse.net";
    private static final String CLIENT = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
    private static final String WORKSPACE = "bench";
    private static final Duration TOKEN_LIFETIME = Duration.ofHours(2);
    private static final int NO_ONE_S_GROUPS = 10_000;
    private static final int READERS = 20_000;
    private static final int RUNNERS = 20_001;
    private static final int STRANGER = 30_000;

    private final Path folder;
    private final DemoAuthority authority = DemoAuthority.create(InstantSource.system());
    private final DemoIssuer issuer;

    private BenchScenery(Path folder) throws IOException {
        this.folder = folder;
        this.issuer = DemoIssuer.start(TENANT, InstantSource.system(), authority.issue());
        write("ca.pem", authority.certificatePem());
        writeIdentity(authority.issue());
        String bearer = UUID.randomUUID().toString();
        write("upstream.token", bearer);
        record(bearer);
    }

    /**
     * Sets the scene.
     *
     * @param folder an empty folder on the disk that the journal is measured on
     */
    static BenchScenery set(Path folder) throws IOException {
        return new BenchScenery(folder);
    }

    /** Returns a file of the scene. */
    public Path file(String name) {
        return folder.resolve(name);
    }

    /** Gives a client that trusts the certificates of the scene. */
    HttpClient httpClient() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .sslContext(authority.trustingContext())
                .build();
    }

    /** Gives what trusts the certificates of the scene. */
    public SSLContext trust() {
        return authority.trustingContext();
    }

    /** Mints a good token of someone who may do everything that is asked. */
    public String goodToken() {
        return token(0, List.of(READERS, RUNNERS));
    }

    /** Mints the callers' tokens. */
    List<String> tokens() {
        return IntStream.range(0, TOKENS)
                .mapToObj(number -> token(number, List.of(READERS, RUNNERS)))
                .toList();
    }

    /** Mints tokens of the same callers, no two alike, on all processors. */
    List<byte[]> newTokens(int count) {
        return IntStream.range(0, count)
                .parallel()
                .mapToObj(number -> token(number % TOKENS, List.of(READERS, RUNNERS)))
                .map(token -> token.getBytes(StandardCharsets.US_ASCII))
                .toList();
    }

    /** Mints a good token of someone who may do nothing. */
    String tokenOfStranger() {
        return token(STRANGER, List.of());
    }

    /** Tells the peers' configurations how the tokens of the callers look. */
    public Map<String, String> tokenFacts() throws IOException {
        try (HttpClient client = httpClient()) {
            HttpRequest request = HttpRequest.newBuilder(issuer.keySetUri()).build();
            RSAKey key =
                    JWKSet.parse(client.send(request, BodyHandlers.ofString()).body())
                            .getKeys()
                            .getFirst()
                            .toRSAKey();
            String pem =
                    Base64.getMimeEncoder(64, new byte[] {'\n'})
                            .encodeToString(key.toRSAPublicKey().getEncoded());
            Path signer =
                    write(
                            "signer.pem",
                            "-----BEGIN PUBLIC KEY-----\n" + pem + "\n-----END PUBLIC KEY-----\n");
            return Map.of(
                    "ISSUER", issuer.issuer().toString(),
                    "AUDIENCE", AUDIENCE,
                    "SIGNER", signer.toString(),
                    "KEY_ID", key.getKeyID(),
                    "GROUP", Integer.toString(GROUPS - 1),
                    "RUNNERS", principal(RUNNERS).objectId());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } catch (ParseException | JOSEException e) {
            throw new IOException("the issuer's keys cannot be read", e);
        }
    }

    private String token(int number, List<Integer> helpfulGroups) {
        int first = NO_ONE_S_GROUPS + number * GROUPS;
        List<PrincipalId> groups =
                Stream.concat(
                                IntStream.range(first, first + GROUPS - helpfulGroups.size())
                                        .boxed(),
                                helpfulGroups.stream())
                        .map(BenchScenery::principal)
                        .toList();
        CastMember caller =
                new CastMember(
                        "caller" + number, principal(number), PrincipalKind.USER, CLIENT, groups);
        return issuer.mint(caller.claims(AUDIENCE), TOKEN_LIFETIME);
    }

    /**
     * Writes Stagedoor's configuration; all that can be left out is.
     *
     * @param name of the file, and of the folder of its journal
     * @param listener the lines of the listener that say what it speaks
     */
    public Path configuration(String name, String listener, int port, int admin, int upstream)
            throws IOException {
        return write(
                name + ".yaml",
                String.format(
                        Locale.ROOT,
                        """
                listener:
                  host: 127.0.0.1
                  port: %d
                %s
                admin:
                  host: 127.0.0.1
                  port: %d
                issuers:
                  - name: bench
                    issuer: %s
                    audiences: [%s]
                    keys:
                      trusted_certificates: ca.pem
                workspaces:
                  - name: %s
                    tenant: %s
                    hosts: [bench.proxy.example]
                    upstream:
                      uri: http://127.0.0.1:%d
                    credential:
                      static_bearer:
                        token: file:upstream.token
                audit:
                  directory: %s
                """,
                        port,
                        listener,
                        admin,
                        issuer.issuer(),
                        AUDIENCE,
                        WORKSPACE,
                        TENANT,
                        upstream,
                        name));
    }

    /** Has the demo's workspace say what a workspace with these assignments says. */
    private void record(String bearer) throws IOException {
        try (FakeWorkspace workspace =
                        FakeWorkspace.start(
                                WORKSPACE, bearer, InstantSource.system(), authority.issue());
                HttpClient client = httpClient()) {
            workspace.pageSize(2 * OTHER_ASSIGNMENTS);
            assign(workspace);
            for (String list : List.of("roleAssignments", "roleDefinitions")) {
                write(list + ".json", fetch(client, workspace.uri(), bearer, list));
            }
        }
    }

    private static void assign(FakeWorkspace workspace) {
        Scope root = Scope.workspace(WORKSPACE);
        Scope ownIdentity = root.item(ItemType.CREDENTIAL, "WorkspaceSystemIdentity");
        assign(workspace, "Synapse Contributor", READERS, root);
        assign(workspace, "Synapse Credential User", RUNNERS, ownIdentity);
        for (int number = 0; number < OTHER_ASSIGNMENTS; number++) {
            Scope pool = root.item(ItemType.BIG_DATA_POOL, "pool" + number % 10);
            assign(workspace, "Synapse Compute Operator", NO_ONE_S_GROUPS + number, pool);
        }
    }

    private static void assign(FakeWorkspace workspace, String role, int principal, Scope scope) {
        String id = BuiltInRoles.byName(role).orElseThrow().id();
        String _ = workspace.assign(id, principal(principal).objectId(), scope.text());
    }

    private static String fetch(HttpClient client, URI workspace, String bearer, String list)
            throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(
                                URI.create(workspace + "/" + list + "?api-version=2020-12-01"))
                        .header("Authorization", "Bearer " + bearer)
                        .build();
        try {
            return client.send(request, BodyHandlers.ofString()).body();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static PrincipalId principal(int number) {
        return new PrincipalId(
                TENANT, "5a9d1f60-0000-4000-8000-" + String.format(Locale.ROOT, "%012x", number));
    }

    private void writeIdentity(ServerIdentity identity) throws IOException {
        write("proxy.pem", identity.certificateChainPem());
        write("proxy.key", identity.privateKeyPem());
        write("pair.pem", identity.certificateChainPem() + identity.privateKeyPem());
    }

    private Path write(String name, String content) throws IOException {
        Path file =
                Files.createFile(
                        file(name),
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }

    @Override
    public void close() {
        issuer.close();
    }
}

package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.nimbusds.jwt.JWTClaimsSet;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.DemoScenery;
import io.stagedoor.proxy.cli.demo.loopback.ServerIdentity;
import io.stagedoor.proxy.testing.Browser;
import io.stagedoor.proxy.testing.JournalReading;
import io.stagedoor.proxy.testing.LoginIssuer;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signing in to the admin pages with a browser, over real HTTPS with a real provider. */
class AdminLoginIT {

    private static final String CLIENT = "stagedoor-admin";
    private static final String SECRET = "the-client-s-secret";
    private static final String SESSION = "__Host-stagedoor";
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String OPERATOR = DemoCast.ENGINEER.id().objectId();
    private static final Pattern KEY = Pattern.compile("name=\"form_key\" value=\"([^\"]+)\"");

    private final List<LoginIssuer> issuers = new ArrayList<>();
    private ProxyFixture fixture;
    private Browser browser;
    private URI admin;

    @BeforeEach
    void start() throws IOException {
        int port = freePort();
        admin = URI.create("https://localhost:" + port);
        fixture = ProxyFixture.start(yaml -> configured(yaml, port), this::addIssuer);
        issuer().claims(user(OPERATOR));
        browser = new Browser(fixture.scenery().authority().trustingContext());
    }

    @AfterEach
    void stop() {
        browser.close();
        fixture.close();
        issuer().close();
    }

    private LoginIssuer issuer() {
        return issuers.getFirst();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void addIssuer(DemoScenery scenery) {
        ServerIdentity identity = scenery.authority().issue();
        issuers.add(new LoginIssuer(CLOCK, identity, CLIENT, SECRET));
        scenery.folder().write("admin.pem", identity.certificateChainPem());
        scenery.folder().write("admin.key", identity.privateKeyPem());
        scenery.folder().write("client.secret", SECRET);
    }

    private String configured(String yaml, int port) {
        return yaml.replace(
                        "admin:\n  host: 127.0.0.1\n  port: 0\n",
                        "admin:\n  host: 127.0.0.1\n  port: "
                                + port
                                + "\n  tls: {certificate: admin.pem, private_key: admin.key}\n"
                                + "  operators: {tenant: "
                                + DemoCast.TENANT
                                + ", principals: ["
                                + OPERATOR
                                + "]}\n  login: {issuer: sign-in, client_id: "
                                + CLIENT
                                + ", client_secret: file:client.secret, public_url: '"
                                + admin
                                + "'}\n")
                .replace(
                        "workspaces:\n",
                        "  - name: sign-in\n    issuer: "
                                + issuer().uri()
                                + "\n    audiences: [unused]\n    tenants: ["
                                + DemoCast.TENANT
                                + "]\n    keys: {trusted_certificates: ca.pem}\nworkspaces:\n");
    }

    private static UnaryOperator<JWTClaimsSet.Builder> user(String objectId) {
        return claims ->
                claims.claim("oid", objectId)
                        .claim("tid", DemoCast.TENANT)
                        .claim("preferred_username", "<b>ada</b>@demo.example");
    }

    /** Goes to the issuer and comes back with its answer, which is not yet shown to the proxy. */
    private URI comeBack() throws Exception {
        HttpResponse<String> started = browser.get(admin.resolve("/login"));
        assertThat(started.statusCode()).isEqualTo(303);
        try (Browser elsewhere = new Browser(fixture.scenery().authority().trustingContext())) {
            return Browser.locationOf(elsewhere.get(Browser.locationOf(started)));
        }
    }

    private HttpResponse<String> signIn() throws Exception {
        return browser.get(comeBack());
    }

    private static String formKey(HttpResponse<String> page) {
        Matcher matcher = KEY.matcher(page.body());
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private List<JsonNode> records(String action) {
        return JournalReading.records(fixture.journalFolder()).stream()
                .filter(record -> record.toString().contains("\"" + action + "\""))
                .toList();
    }

    private void awaitRecord(String action) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(records(action)).isNotEmpty());
    }

    @Test
    void anOperatorSignsInSeesTheStateAndSignsOut() throws Exception {
        HttpResponse<String> before = browser.get(admin.resolve("/"));
        HttpResponse<String> back = signIn();
        String cookie =
                back.headers().allValues("Set-Cookie").stream()
                        .filter(field -> field.startsWith(SESSION + "="))
                        .findFirst()
                        .orElseThrow();
        HttpResponse<String> page = browser.follow(back);
        HttpResponse<String> out =
                browser.post(admin.resolve("/logout"), "form_key=" + formKey(page));
        HttpResponse<String> after = browser.get(admin.resolve("/"));

        assertThat(before.body()).contains("Sign in").doesNotContain("Role assignments");
        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location")).hasValue("/");
        assertThat(cookie)
                .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                .doesNotContain("Domain");
        assertThat(page.body())
                .contains("Role assignments", "demo", "fresh", "static bearer")
                .contains("&lt;b&gt;ada&lt;/b&gt;")
                .doesNotContain("<b>")
                .doesNotContain("<script");
        assertThat(page.headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(
                        policy ->
                                assertThat(policy)
                                        .contains("default-src 'none'", "frame-ancestors 'none'"));
        assertThat(page.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(out.statusCode()).isEqualTo(200);
        assertThat(out.body()).contains(issuer().uri() + "/logout?client_id=" + CLIENT);
        assertThat(after.body()).doesNotContain("Role assignments");
        for (String action : List.of("admin.login", "admin.page", "admin.logout")) {
            awaitRecord(action);
        }
        assertThat(records("admin.login").getFirst().toString())
                .contains(DemoCast.ENGINEER.id().toString());
    }

    @Test
    void aSessionThatWasEndedIsOverWhoeverHasItsId() throws Exception {
        HttpResponse<String> page = browser.follow(signIn());
        String stolen = browser.cookies().get(SESSION);
        browser.post(admin.resolve("/logout"), "form_key=" + formKey(page));

        browser.cookies().put(SESSION, stolen);

        assertThat(browser.get(admin.resolve("/")).body()).doesNotContain("Role assignments");
    }

    @Test
    void signingInBeginsANewSessionAndEndsTheOneBefore() throws Exception {
        signIn();
        String first = browser.cookies().get(SESSION);
        signIn();
        String second = browser.cookies().get(SESSION);
        browser.cookies().put(SESSION, first);
        HttpResponse<String> fixed = browser.get(admin.resolve("/"));

        assertThat(second).hasSizeGreaterThanOrEqualTo(43).isNotEqualTo(first);
        assertThat(fixed.body()).doesNotContain("Role assignments");
    }

    @Test
    void whoIsNoOperatorIsNotSignedIn() throws Exception {
        issuer().claims(user(DemoCast.ANALYST.id().objectId()));

        HttpResponse<String> back = signIn();

        assertThat(back.statusCode()).isEqualTo(403);
        assertThat(back.body()).contains("you are not an operator");
        assertThat(browser.cookies()).doesNotContainKey(SESSION);
        awaitRecord("admin.login.refused");
    }

    @Test
    void anotherBrowserCannotBeSignedInByALink() throws Exception {
        URI answer = comeBack();

        try (Browser victim = new Browser(fixture.scenery().authority().trustingContext())) {
            HttpResponse<String> without = victim.get(answer);
            assertThat(without.statusCode()).isEqualTo(400);
            assertThat(victim.cookies()).isEmpty();
        }
        assertThat(browser.get(answer).statusCode())
                .as("an attempt uses the sign-in up")
                .isEqualTo(400);
    }

    @Test
    void anAnswerIsGoodOnce() throws Exception {
        URI answer = comeBack();
        String signingIn = browser.cookies().get("__Host-stagedoor-login");
        browser.get(answer);

        browser.cookies().put("__Host-stagedoor-login", signingIn);

        assertThat(browser.get(answer).statusCode()).isEqualTo(400);
    }

    @Test
    void whatTheIssuerSendsIsLookedAt() throws Exception {
        String answer = comeBack().toString();
        assertThat(browser.get(URI.create(answer.replaceFirst("iss=[^&]*", "iss=https%3A%2F%2Fx"))))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(400);
        assertThat(browser.get(URI.create(comeBack().toString().replaceFirst("&iss=[^&]*", ""))))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(400);
        assertThat(
                        browser.get(
                                URI.create(
                                        comeBack()
                                                .toString()
                                                .replaceFirst("code=[^&]*", "code=x"))))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(502);
        assertThat(browser.get(URI.create(comeBack() + "&error=access_denied")))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(403);
        assertThat(browser.get(URI.create(comeBack() + "&state=x")))
                .extracting(HttpResponse::statusCode)
                .isEqualTo(400);
        assertThat(browser.cookies()).doesNotContainKey(SESSION);
    }

    static Stream<Arguments> badTokens() {
        return Stream.of(
                bad("another nonce", claims -> claims.claim("nonce", "x")),
                bad("no nonce", claims -> claims.claim("nonce", null)),
                bad("another client", claims -> claims.audience("somebody-else")),
                bad("two clients", claims -> claims.audience(List.of(CLIENT, "somebody-else"))),
                bad("issued to another", claims -> claims.claim("azp", "somebody-else")),
                bad("another issuer", claims -> claims.issuer("https://issuer.example")),
                bad("expired", claims -> claims.expirationTime(before(Duration.ofMinutes(5)))),
                bad("old", claims -> claims.issueTime(before(Duration.ofMinutes(15)))),
                bad("of no age", claims -> claims.issueTime(null)),
                bad("no subject", claims -> claims.subject(null)),
                bad("another tenant", claims -> claims.claim("tid", OPERATOR)),
                bad("no principal", claims -> claims.claim("oid", null)),
                bad("an access token", claims -> claims.claim("scp", "user_impersonation")));
    }

    private static Date before(Duration ago) {
        return Date.from(CLOCK.instant().minus(ago));
    }

    private static Arguments bad(String name, UnaryOperator<JWTClaimsSet.Builder> change) {
        return Arguments.of(name, change);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badTokens")
    void anIdTokenThatIsNotOfThisSignInIsRefused(
            String name, UnaryOperator<JWTClaimsSet.Builder> change) throws Exception {
        issuer().claims(claims -> change.apply(user(OPERATOR).apply(claims)));

        HttpResponse<String> back = signIn();

        assertThat(back.statusCode()).as(name).isEqualTo(403);
        assertThat(back.body()).contains("cannot be taken");
        assertThat(browser.cookies()).doesNotContainKey(SESSION);
    }

    @Test
    void aForgedIdTokenIsRefused() throws Exception {
        issuer().forge();

        assertThat(signIn().statusCode()).isEqualTo(403);
    }

    @Test
    void noFormOfAnotherSiteSignsAnybodyOut() throws Exception {
        signIn();

        HttpResponse<String> forged = browser.post(admin.resolve("/logout"), "form_key=x");
        HttpResponse<String> got = browser.get(admin.resolve("/logout"));

        assertThat(forged.statusCode()).isEqualTo(403);
        assertThat(got.statusCode()).isEqualTo(405);
        assertThat(browser.get(admin.resolve("/")).body()).contains("Role assignments");
    }

    @Test
    void pagesLeadNowhereElse() throws Exception {
        HttpResponse<String> started =
                browser.get(
                        admin.resolve("/login?return=https://evil.example&next=//evil.example"));
        URI answer =
                URI.create(
                        comeBack()
                                + "&redirect_uri=https://evil.example&return=https://evil.example");

        assertThat(Browser.locationOf(started).getHost()).isEqualTo("localhost");
        assertThat(Browser.locationOf(started).toString()).doesNotContain("evil");
        assertThat(browser.get(answer).headers().firstValue("Location")).hasValue("/");
    }

    @Test
    void anotherHostNameHasNoPages() throws Exception {
        HttpResponse<String> answer =
                browser.get(URI.create("https://127.0.0.1:" + admin.getPort() + "/"));

        assertThat(answer.statusCode()).isEqualTo(421);
    }

    @Test
    void theCookieOpensNothingButPages() throws Exception {
        signIn();

        HttpResponse<String> state = browser.get(admin.resolve("/state"));
        HttpResponse<String> refresh = browser.post(admin.resolve("/refresh"), "");
        HttpResponse<String> api = browser.get(URI.create(fixture.base() + "/pipelines"));
        HttpResponse<String> whoAmI =
                browser.get(URI.create(fixture.base() + "/.stagedoor/who-am-i"));

        assertThat(state.statusCode()).isIn(401, 403);
        assertThat(refresh.statusCode()).isIn(401, 403, 413);
        for (HttpResponse<String> answer : List.of(api, whoAmI)) {
            assertThat(answer.statusCode()).isEqualTo(401);
            assertThat(answer.headers().firstValue("Location")).isEmpty();
            assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
            assertThat(answer.headers().firstValue("WWW-Authenticate")).isPresent();
        }
    }
}

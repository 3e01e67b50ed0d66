package io.stagedoor.proxy.testing.tableau;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.cli.demo.loopback.Answer;
import io.stagedoor.proxy.cli.demo.loopback.DemoAuthority;
import io.stagedoor.proxy.cli.demo.loopback.LoopbackServer;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * One Tableau site over TLS on a loopback port.
 *
 * <p>Assertions are checked with signature, times, scopes and replay; sessions are checked on every
 * call; a second sign-in with an access token ends the first. A call for which no answer was planned
 * tells whose session it came with. Everything may be changed while it runs.
 */
public final class FakeTableau implements AutoCloseable {

    /** The site's LUID. */
    public static final String SITE_ID = "9a8b7c6d-5e4f-4a2b-8c0d-9e8f7a6b5c4d";

    /** The site's name in addresses. */
    public static final String CONTENT_URL = "demo";

    /** The client id of the connected app. */
    public static final String CLIENT_ID = AssertionCheck.CLIENT_ID;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_ACCESS_TOKEN = 10000;
    private static final int USER_NOT_FOUND = 5;

    private record Planned(String method, Pattern path, TableauCall call) {}

    private record AccessToken(String secret, String user) {}

    private final LoopbackServer server;
    private final AssertionCheck assertions;
    private final FakeSessions sessions = new FakeSessions();
    private final Map<String, String> users = new ConcurrentHashMap<>();
    private final Map<String, AccessToken> accessTokens = new ConcurrentHashMap<>();
    private final List<Planned> planned = new CopyOnWriteArrayList<>();
    private final List<SeenRequest> calls = new CopyOnWriteArrayList<>();
    private final List<SeenRequest> infoCalls = new CopyOnWriteArrayList<>();
    private final AtomicInteger signingIn = new AtomicInteger();
    private final AtomicInteger mostSigningIn = new AtomicInteger();
    private final AtomicInteger refusedSignIns = new AtomicInteger();
    private volatile Optional<Answer> outage = Optional.empty();
    private volatile Optional<String> life = Optional.empty();
    private volatile Runnable beforeSignIn = () -> {};

    private FakeTableau(DemoAuthority authority, InstantSource clock) {
        this.assertions = new AssertionCheck(clock);
        this.server = LoopbackServer.start(authority.issue(), this::reply);
    }

    /** Starts a site without users, secrets and access tokens. */
    public static FakeTableau start(DemoAuthority authority, InstantSource clock) {
        return new FakeTableau(authority, clock);
    }

    public URI uri() {
        return server.uri();
    }

    /** Adds a user and gives its LUID; names are told apart by case. */
    public String addUser(String name) {
        return users.computeIfAbsent(
                name, it -> UUID.nameUUIDFromBytes(it.getBytes(StandardCharsets.UTF_8)).toString());
    }

    /** Gives the secrets of the connected app by their ids, to be changed. */
    public Map<String, String> secrets() {
        return assertions.secrets();
    }

    /** Trusts an issuer of assertions whose key set is asked for at each sign-in. */
    public void trust(String issuer, Supplier<String> keySet) {
        assertions.issuers().put(issuer, keySet);
    }

    public void addAccessToken(String name, String secret, String user) {
        addUser(user);
        accessTokens.put(name, new AccessToken(secret, user));
    }

    /** Plans the answer to calls whose path, without query, matches as a whole. */
    public void plan(String method, String path, TableauCall call) {
        planned.addFirst(new Planned(method, Pattern.compile(path), call));
    }

    /** Has every request answered like this, until told otherwise. */
    public void breakDown(Optional<Answer> answer) {
        outage = answer;
    }

    /** Has sign-in tell how long a session is estimated to last. */
    public void tellLife(String hoursMinutesSeconds) {
        life = Optional.of(hoursMinutesSeconds);
    }

    /** Has something done within each sign-in, before it is answered. */
    public void beforeSignIn(Runnable action) {
        beforeSignIn = action;
    }

    /** Ends all sessions, as a restart does. */
    public void endSessions() {
        sessions.closeAll();
    }

    public List<TableauCaller> openSessions() {
        return sessions.all();
    }

    public int signIns() {
        return sessions.opened();
    }

    public int signIns(String user) {
        return sessions.opened(user);
    }

    public int signOuts() {
        return sessions.signedOut();
    }

    public int refusedSignIns() {
        return refusedSignIns.get();
    }

    /** Gives how many sign-ins there were at a time, at the most. */
    public int mostSignInsAtOnce() {
        return mostSigningIn.get();
    }

    /** Gives the calls that bore a good session, signing out apart. */
    public List<SeenRequest> calls() {
        return List.copyOf(calls);
    }

    /** Gives the questions what the server is, which need no session. */
    public List<SeenRequest> infoCalls() {
        return List.copyOf(infoCalls);
    }

    private Reply reply(SeenRequest request) {
        if (outage.isPresent()) {
            return outage.get();
        }
        try {
            return answer(request);
        } catch (TableauRefusal refused) {
            return refused.answerTo(request);
        }
    }

    private Answer answer(SeenRequest request) throws TableauRefusal {
        String path = request.path();
        if (path.matches("/api/[0-9.]+/auth/signin")) {
            return signIn(request);
        }
        if (path.matches("/api/[0-9.]+/auth/signout")) {
            if (!sessions.close(request.field("X-Tableau-Auth"))) {
                throw TableauRefusal.unknownSession();
            }
            return Answer.empty(204);
        }
        if (path.matches("/api/[0-9.]+/server[iI]nfo")) {
            infoCalls.add(request);
            return Answer.json(
                    200,
                    "{\"serverInfo\":{\"productVersion\":{\"value\":\"2026.1.0\","
                            + "\"build\":\"20261.26.0301.1200\"},"
                            + "\"restApiVersion\":\"3.27\",\"platform\":\"Linux\"}}");
        }
        return call(request);
    }

    private Answer call(SeenRequest request) throws TableauRefusal {
        TableauCaller caller =
                sessions.find(request.field("X-Tableau-Auth"))
                        .orElseThrow(TableauRefusal::unknownSession);
        calls.add(request);
        for (Planned each : planned) {
            if (each.method().equals(request.method())
                    && each.path().matcher(request.path()).matches()) {
                return each.call().answer(caller, request);
            }
        }
        return echo(caller, request);
    }

    private static Answer echo(TableauCaller caller, SeenRequest request) {
        ObjectNode told = JSON.createObjectNode();
        told.putObject("user").put("name", caller.name()).put("id", caller.id());
        told.put("path", request.path());
        told.putPOJO("scopes", caller.scopes());
        return Answer.json(200, told.toString());
    }

    private Answer signIn(SeenRequest request) throws TableauRefusal {
        mostSigningIn.accumulateAndGet(signingIn.incrementAndGet(), Math::max);
        try {
            beforeSignIn.run();
            return opened(request);
        } catch (TableauRefusal refused) {
            refusedSignIns.incrementAndGet();
            throw refused;
        } finally {
            signingIn.decrementAndGet();
        }
    }

    private Answer opened(SeenRequest request) throws TableauRefusal {
        JsonNode credentials = read(request.body().text()).path("credentials");
        if (!credentials.at("/site/contentUrl").asText("").equals(CONTENT_URL)) {
            throw TableauRefusal.signIn(BAD_ACCESS_TOKEN);
        }
        if (credentials.has("jwt")) {
            AssertionCheck.Asserted asserted =
                    assertions.check(
                            credentials.path("jwt").asText(),
                            credentials.path("isUat").asBoolean());
            TableauCaller caller = caller(asserted.user(), asserted.scopes());
            return session(sessions.open(caller), caller);
        }
        String name = credentials.path("personalAccessTokenName").asText();
        AccessToken known = accessTokens.get(name);
        if (known == null
                || !known.secret().equals(credentials.path("personalAccessTokenSecret").asText())) {
            throw new TableauRefusal(
                    401,
                    "401001",
                    "Signin Error",
                    "The personal access token you provided is invalid.");
        }
        TableauCaller caller = caller(known.user(), List.of());
        return session(sessions.openAlone(name, caller), caller);
    }

    private static JsonNode read(String text) throws TableauRefusal {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new TableauRefusal(400, "400000", "Bad Request", "Payload is malformed.");
        }
    }

    private TableauCaller caller(String user, List<String> scopes) throws TableauRefusal {
        String id =
                Optional.ofNullable(users.get(user))
                        .orElseThrow(() -> TableauRefusal.signIn(USER_NOT_FOUND));
        return new TableauCaller(user, id, scopes);
    }

    private Answer session(String token, TableauCaller caller) {
        ObjectNode whole = JSON.createObjectNode();
        ObjectNode credentials = whole.putObject("credentials");
        credentials.putObject("site").put("id", SITE_ID).put("contentUrl", CONTENT_URL);
        credentials.putObject("user").put("id", caller.id());
        credentials.put("token", token);
        life.ifPresent(it -> credentials.put("estimatedTimeToExpiration", it));
        return Answer.json(200, whole.toString());
    }

    @Override
    public void close() {
        server.close();
    }
}

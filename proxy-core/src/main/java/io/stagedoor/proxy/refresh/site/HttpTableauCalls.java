package io.stagedoor.proxy.refresh.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Calls over HTTPS by the JDK's client.
 *
 * <p>No redirect is followed. A refused session is replaced once; nothing else is tried again. Calls
 * block and belong on virtual threads; a bounded number is under way at a time.
 */
public final class HttpTableauCalls implements TableauCalls, AutoCloseable {

    private static final int UNAUTHORIZED = 401;
    private static final Pattern LUID =
            Pattern.compile("\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");
    private static final Pattern CODE = Pattern.compile("[0-9]{3,6}");

    private final Site site;
    private final String base;
    private final SiteSessions sessions;
    private final Limits limits;
    private final Semaphore places;
    private final HttpClient http;
    private volatile Optional<String> luid = Optional.empty();

    /**
     * Where the site is.
     *
     * @param name its configured name, for messages
     * @param origin scheme, host and port of its server: https, or http to a literal loopback address
     * @param apiVersion the version of the REST API, such as {@code 3.24}
     * @param trust whom its certificate is trusted by; empty for the JDK's authorities
     */
    public record Site(String name, URI origin, String apiVersion, Optional<SSLContext> trust) {}

    /**
     * How much is waited for and read.
     *
     * @param answer the longest time from sending a request to the last octet of its answer
     * @param answerBytes the largest body of an answer
     * @param atOnce how many calls may be under way
     */
    public record Limits(Duration answer, int answerBytes, int atOnce) {

        /** Returns limits that fit single documents. */
        public static Limits defaults() {
            return new Limits(Duration.ofSeconds(10), 1 << 20, 8);
        }
    }

    /** Makes the means of calling; nothing is called yet. */
    public HttpTableauCalls(Site site, SiteSessions sessions, Limits limits) {
        this.site = site;
        this.base =
                site.origin().getScheme()
                        + "://"
                        + site.origin().getRawAuthority()
                        + "/api/"
                        + site.apiVersion()
                        + "/";
        this.sessions = sessions;
        this.limits = limits;
        this.places = new Semaphore(limits.atOnce());
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limits.answer())
                        .executor(Executors.newVirtualThreadPerTaskExecutor());
        site.trust().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    @Override
    public JsonNode get(String path) throws TableauCallException {
        return document(call("GET", path, Optional.empty()), false);
    }

    @Override
    public JsonNode post(String path, String json) throws TableauCallException {
        return document(call("POST", path, Optional.of(json)), true);
    }

    @Override
    public JsonNode put(String path, String json) throws TableauCallException {
        return document(call("PUT", path, Optional.of(json)), true);
    }

    @Override
    public void delete(String path) throws TableauCallException {
        var _ = call("DELETE", path, Optional.empty());
    }

    /** Closes the connections; calls under way fail. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private HttpResponse<byte[]> call(String method, String path, Optional<String> json)
            throws TableauCallException {
        requirePlace();
        try {
            SiteSession session = session();
            Optional<String> known = session.siteLuid().or(() -> luid);
            String site = known.isPresent() ? known.get() : learnedLuid();
            return succeeded(attempt(method, "sites/" + site + "/" + path, json));
        } finally {
            places.release();
        }
    }

    private HttpResponse<byte[]> attempt(String method, String path, Optional<String> json)
            throws TableauCallException {
        SiteSession session = session();
        HttpResponse<byte[]> answer = send(method, path, json, session);
        boolean again = answer.statusCode() == UNAUTHORIZED && sessions.refused(session);
        return again ? send(method, path, json, session()) : answer;
    }

    /** The site of a session is asked for once: a configured site does not become another. */
    private String learnedLuid() throws TableauCallException {
        HttpResponse<byte[]> answer = attempt("GET", "sessions/current", Optional.empty());
        String found = document(succeeded(answer), false).at("/session/site/id").asText("");
        if (!LUID.matcher(found).matches()) {
            throw failure("does not say which site the session is at");
        }
        luid = Optional.of(found);
        return found;
    }

    private void requirePlace() throws TableauCallException {
        try {
            if (!places.tryAcquire(limits.answer().toMillis(), TimeUnit.MILLISECONDS)) {
                throw failure("answers too slowly for all who wait for it");
            }
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private SiteSession session() throws TableauCallException {
        try {
            return sessions.session();
        } catch (RefusedException refused) {
            throw failure("lets the proxy have no session: " + refused.refusal().sentence());
        }
    }

    private HttpResponse<byte[]> send(
            String method, String path, Optional<String> json, SiteSession session)
            throws TableauCallException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(
                        request(method, path, json, session),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerBytes()));
        try {
            return exchange.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            exchange.cancel(true);
            throw failure("did not answer in full within " + limits.answer());
        } catch (ExecutionException failed) {
            throw failure(
                    "could not be asked: "
                            + Optional.ofNullable(failed.getCause())
                                    .map(cause -> cause.getClass().getSimpleName())
                                    .orElse("unknown"));
        } catch (InterruptedException _) {
            exchange.cancel(true);
            throw interrupted();
        }
    }

    private HttpRequest request(
            String method, String path, Optional<String> json, SiteSession session)
            throws TableauCallException {
        BodyPublisher body = json.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody);
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(base + path))
                            .timeout(limits.answer())
                            .header("Accept", "application/json")
                            .header(session.field(), session.value())
                            .method(method, body);
            json.ifPresent(_ -> request.header("Content-Type", "application/json"));
            return request.build();
        } catch (IllegalArgumentException _) {
            throw failure("cannot be asked: a value holds what no request may hold");
        }
    }

    private HttpResponse<byte[]> succeeded(HttpResponse<byte[]> answer)
            throws TableauCallException {
        int status = answer.statusCode();
        if (status / 100 == 2) {
            return answer;
        }
        throw new TableauCallException(
                status, "site `" + site.name() + "` answered status " + status + codeOf(answer));
    }

    private JsonNode document(HttpResponse<byte[]> answer, boolean mayBeEmpty)
            throws TableauCallException {
        if (mayBeEmpty && answer.body().length == 0) {
            return JsonNodeFactory.instance.objectNode();
        }
        String type = answer.headers().firstValue("content-type").orElse("none");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json") && !media.endsWith("+json")) {
            throw new TableauCallException(
                    answer.statusCode(), "the answer of site `" + site.name() + "` is not JSON");
        }
        try {
            return SiteJson.object(answer.body());
        } catch (IOException _) {
            throw new TableauCallException(
                    answer.statusCode(),
                    "the answer of site `" + site.name() + "` is not one well-formed document");
        }
    }

    /** Tableau's own code says more than the status; its texts may hold anything. */
    private static String codeOf(HttpResponse<byte[]> answer) {
        try {
            String code = SiteJson.object(answer.body()).at("/error/code").asText("");
            return CODE.matcher(code).matches() ? ", code " + code : "";
        } catch (IOException _) {
            return "";
        }
    }

    private TableauCallException failure(String what) {
        return new TableauCallException(
                TableauCallException.NO_STATUS, "site `" + site.name() + "` " + what);
    }

    private TableauCallException interrupted() {
        Thread.currentThread().interrupt();
        return failure("was not waited for");
    }
}

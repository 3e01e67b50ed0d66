package io.stagedoor.proxy.directory.remote;

import io.stagedoor.proxy.directory.remote.NoAnswerException.Reason;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Asks one service over HTTPS with a credential of the proxy's own.
 *
 * <p>No redirect is followed, and nothing is tried again but a refused credential, once. A 429 or 503
 * closes the host for as long as it asks, for everybody who asks it: until then there is no request
 * at all. Calls block and belong on virtual threads; any number may run at once, and a bounded number
 * is under way.
 */
public final class RemoteReader implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVER_ERROR = 500;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final String name;
    private final URI base;
    private final String origin;
    private final UpstreamAuthorization authorization;
    private final RemoteLimits limits;
    private final HostPatience patience;
    private final InstantSource clock;
    private final Semaphore places;
    private final HttpClient http;

    /**
     * Whom to ask.
     *
     * @param name what messages call the service, such as {@code Microsoft Graph}
     * @param base its address without path: https
     * @param trust whom its certificate is trusted by; empty for the JDK's authorities
     */
    public record Service(String name, URI base, Optional<SSLContext> trust) {

        /** Checks the address, since a credential is sent there. */
        public Service {
            if (base.getHost() == null || !"https".equalsIgnoreCase(base.getScheme())) {
                throw new IllegalArgumentException("`" + base + "` is not an https address");
            }
        }
    }

    /** Makes a reader; nothing is asked yet. */
    public RemoteReader(
            Service service,
            UpstreamAuthorization authorization,
            RemoteLimits limits,
            HostPatience patience,
            InstantSource clock) {
        this.name = service.name();
        this.base = service.base();
        this.origin = base.getScheme() + "://" + base.getRawAuthority();
        this.authorization = authorization;
        this.limits = limits;
        this.patience = patience;
        this.clock = clock;
        this.places = new Semaphore(limits.atOnce());
        this.http = client(service.trust(), limits);
    }

    /** Returns the limits. */
    public RemoteLimits limits() {
        return limits;
    }

    /** Returns when asking may begin again, if it may not now. */
    public Optional<Duration> patienceLeft() {
        return patience.left();
    }

    /**
     * Asks for a resource.
     *
     * @param target path and query, already encoded
     * @throws NoAnswerException if the answer is not 200 with a JSON body
     */
    public RemoteAnswer get(String target) throws NoAnswerException {
        return ask(target, Optional.empty());
    }

    /**
     * Asks by sending a JSON document; only for what changes nothing.
     *
     * @param target path and query, already encoded
     * @throws NoAnswerException if the answer is not 200 with a JSON body
     */
    public RemoteAnswer post(String target, String json) throws NoAnswerException {
        return ask(target, Optional.of(json));
    }

    /**
     * Returns path and query of a link that an answer holds.
     *
     * @throws NoAnswerException if it leads anywhere but to this very service: the credential must
     *     not go there
     */
    public String targetOf(String link) throws NoAnswerException {
        try {
            URI uri = URI.create(link);
            boolean own =
                    base.getScheme().equalsIgnoreCase(uri.getScheme())
                            && base.getRawAuthority().equalsIgnoreCase(uri.getRawAuthority())
                            && uri.getRawFragment() == null;
            if (own && uri.getRawPath() != null && !uri.getRawPath().isEmpty()) {
                String query = uri.getRawQuery();
                return uri.getRawPath() + (query == null ? "" : "?" + query);
            }
        } catch (IllegalArgumentException _) {
            // no link at all leads elsewhere too
        }
        throw new NoAnswerException(
                Reason.UNUSABLE, "a link of " + name + " leads to another host");
    }

    /** Closes the connections; what is under way fails. */
    @Override
    public void close() {
        http.shutdownNow();
    }

    private RemoteAnswer ask(String target, Optional<String> json) throws NoAnswerException {
        requirePlace();
        try {
            requireOpen();
            return accepted(sendAuthorised(target, json));
        } finally {
            places.release();
        }
    }

    private void requirePlace() throws NoAnswerException {
        try {
            if (!places.tryAcquire(limits.answer().toMillis(), TimeUnit.MILLISECONDS)) {
                throw new NoAnswerException(
                        Reason.UNREACHABLE, name + " answers too slowly for all who wait for it");
            }
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private void requireOpen() throws NoAnswerException {
        Optional<Duration> left = patience.left();
        if (left.isPresent()) {
            throw new NoAnswerException(
                    Reason.BUSY, name + " is left alone, since " + patience.why(), left.get());
        }
    }

    private HttpResponse<byte[]> sendAuthorised(String target, Optional<String> json)
            throws NoAnswerException {
        String value = authorizationValue();
        HttpResponse<byte[]> response = send(target, json, value);
        return response.statusCode() == UNAUTHORIZED && authorization.refused(value)
                ? send(target, json, authorizationValue())
                : response;
    }

    private String authorizationValue() throws NoAnswerException {
        try {
            return authorization.value();
        } catch (RefusedException refused) {
            throw new NoAnswerException(Reason.UNAUTHORIZED, refused.refusal().sentence());
        }
    }

    private HttpResponse<byte[]> send(String target, Optional<String> json, String value)
            throws NoAnswerException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(
                        request(target, json, value),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerBytes()));
        try {
            HttpResponse<byte[]> response =
                    exchange.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
            note(response.statusCode());
            return response;
        } catch (TimeoutException _) {
            exchange.cancel(true);
            patience.unreachable();
            throw new NoAnswerException(
                    Reason.UNREACHABLE, name + " did not answer in full within " + limits.answer());
        } catch (ExecutionException failure) {
            patience.unreachable();
            throw new NoAnswerException(Reason.UNREACHABLE, describe(failure.getCause()));
        } catch (InterruptedException _) {
            exchange.cancel(true);
            throw interrupted();
        }
    }

    private void note(int status) {
        if (status >= SERVER_ERROR && status != SERVICE_UNAVAILABLE) {
            patience.unreachable();
        } else {
            patience.answered();
        }
    }

    private HttpRequest request(String target, Optional<String> json, String value)
            throws NoAnswerException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(origin + target))
                            .timeout(limits.answer())
                            .header("Accept", "application/json")
                            .header("Authorization", value);
            return json.map(
                            body ->
                                    request.header("Content-Type", "application/json")
                                            .POST(BodyPublishers.ofString(body)))
                    .orElseGet(request::GET)
                    .build();
        } catch (IllegalArgumentException _) {
            throw new NoAnswerException(
                    Reason.UNUSABLE, "the request holds a character that no request may hold");
        }
    }

    private RemoteAnswer accepted(HttpResponse<byte[]> response) throws NoAnswerException {
        int status = response.statusCode();
        if (status != OK) {
            throw refusal(status, response);
        }
        requireJson(response.headers());
        try {
            return new RemoteAnswer(response.headers(), StrictJson.tree(response.body()));
        } catch (IOException _) {
            throw new NoAnswerException(
                    Reason.UNUSABLE, "the answer of " + name + " is not one well-formed document");
        }
    }

    private NoAnswerException refusal(int status, HttpResponse<byte[]> response) {
        String said = name + " answered status " + status + ErrorCode.of(response.body());
        return switch (status) {
            case TOO_MANY_REQUESTS, SERVICE_UNAVAILABLE ->
                    new NoAnswerException(
                            Reason.BUSY,
                            said,
                            patience.busy(
                                    RetryAfter.of(response.headers(), clock.instant()), status));
            case NOT_FOUND -> new NoAnswerException(Reason.NOT_FOUND, said);
            case UNAUTHORIZED -> new NoAnswerException(Reason.UNAUTHORIZED, said);
            case FORBIDDEN -> new NoAnswerException(Reason.FORBIDDEN, said);
            default ->
                    new NoAnswerException(
                            status >= SERVER_ERROR ? Reason.UNREACHABLE : Reason.UNUSABLE, said);
        };
    }

    private void requireJson(HttpHeaders fields) throws NoAnswerException {
        String type = fields.firstValue("content-type").orElse("none");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        String coding = fields.firstValue("content-encoding").orElse("identity").strip();
        boolean json = media.equals("application/json") || media.endsWith("+json");
        if (!json || !coding.equalsIgnoreCase("identity")) {
            throw new NoAnswerException(
                    Reason.UNUSABLE, "the answer of " + name + " is not plain JSON");
        }
    }

    private NoAnswerException interrupted() {
        Thread.currentThread().interrupt();
        return new NoAnswerException(Reason.UNREACHABLE, "interrupted while asking " + name);
    }

    private String describe(@Nullable Throwable failure) {
        String said = failure == null ? "" : String.valueOf(failure.getMessage());
        return name
                + " could not be asked: "
                + (failure == null ? "unknown" : failure.getClass().getSimpleName())
                + " "
                + said.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static HttpClient client(Optional<SSLContext> trust, RemoteLimits limits) {
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limits.connect())
                        .executor(Executors.newVirtualThreadPerTaskExecutor());
        trust.ifPresent(builder::sslContext);
        return builder.build();
    }
}

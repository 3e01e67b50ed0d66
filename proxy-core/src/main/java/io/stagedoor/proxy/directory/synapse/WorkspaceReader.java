package io.stagedoor.proxy.directory.synapse;

import io.stagedoor.proxy.directory.remote.RetryAfter;
import io.stagedoor.proxy.directory.remote.UpstreamAuthorization;
import io.stagedoor.proxy.refusal.RefusedException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Reads from one workspace over HTTPS with the proxy's own credential.
 *
 * <p>No redirect is followed. A refused credential is replaced once; a 429 or 503 is waited out as
 * its {@code Retry-After} asks, as often and as long as the limits allow; nothing else is tried
 * again. Calls block and belong on virtual threads; any number may run at once.
 */
public final class WorkspaceReader implements AutoCloseable {

    static final int OK = 200;
    static final int NOT_MODIFIED = 304;
    static final int NOT_FOUND = 404;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int SERVICE_UNAVAILABLE = 503;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final String origin;
    private final UpstreamAuthorization authorization;
    private final ReadLimits limits;
    private final InstantSource clock;
    private final Pause pause;
    private final HttpClient http;

    /**
     * Makes a reader.
     *
     * @param base the workspace's address without path: https, or http to a loopback address
     * @param trust whom its certificate is trusted by; empty for the JDK's authorities
     * @param authorization the proxy's credential
     * @throws IllegalArgumentException if the address is another, since a credential is sent there
     */
    public WorkspaceReader(
            URI base,
            Optional<SSLContext> trust,
            UpstreamAuthorization authorization,
            ReadLimits limits,
            InstantSource clock) {
        this(base, trust, authorization, limits, clock, Pause.real());
    }

    WorkspaceReader(
            URI base,
            Optional<SSLContext> trust,
            UpstreamAuthorization authorization,
            ReadLimits limits,
            InstantSource clock,
            Pause pause) {
        if (base.getHost() == null || !isProtected(base)) {
            throw new IllegalArgumentException(
                    "workspace address `" + base + "` is not an https address");
        }
        this.origin = base.getScheme() + "://" + base.getRawAuthority();
        this.authorization = authorization;
        this.limits = limits;
        this.clock = clock;
        this.pause = pause;
        this.http = client(trust, limits);
    }

    /** What goes to a loopback address does not leave the machine. */
    private static boolean isProtected(URI base) {
        return switch (base.getScheme()) {
            case "https" -> true;
            case "http" -> isLoopback(base.getHost());
            default -> false;
        };
    }

    /** A name could lead anywhere: only an address written out counts. */
    private static boolean isLoopback(String host) {
        try {
            return InetAddress.ofLiteral(host).isLoopbackAddress();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Closes the connections; reads under way fail. */
    @Override
    public void close() {
        pause.end();
        http.shutdownNow();
    }

    ReadLimits limits() {
        return limits;
    }

    InstantSource clock() {
        return clock;
    }

    /**
     * Reads one resource.
     *
     * @param target path and query, already encoded
     * @param fields further request fields
     * @param patience how long the workspace may have this request repeated later, in all
     * @throws WorkspaceReadException if the answer is neither 200 with a JSON body, 304 nor 404
     */
    WorkspaceAnswer get(String target, Map<String, String> fields, Duration patience)
            throws WorkspaceReadException {
        return answer(new Call(target, fields, Optional.empty()), patience);
    }

    /**
     * Asks a question that is a POST and changes nothing, as queries for runs are.
     *
     * @param target path and query, already encoded
     * @param body JSON
     * @throws WorkspaceReadException if the answer is neither 200 with a JSON body nor 404
     */
    WorkspaceAnswer query(String target, String body, Duration patience)
            throws WorkspaceReadException {
        Map<String, String> fields = Map.of("Content-Type", "application/json");
        return answer(new Call(target, fields, Optional.of(body)), patience);
    }

    private record Call(String target, Map<String, String> fields, Optional<String> body) {}

    private WorkspaceAnswer answer(Call call, Duration patience) throws WorkspaceReadException {
        Duration left = patience;
        for (int attempt = 1; ; attempt++) {
            HttpResponse<byte[]> response = sendAuthorised(call);
            if (!isBusy(response)) {
                return accepted(response);
            }
            Duration wait = RetryAfter.of(response.headers(), clock.instant()).orElse(PATIENCE);
            if (attempt >= limits.attempts() || wait.compareTo(left) > 0) {
                throw new WorkspaceReadException(
                        "the workspace is busy (status " + response.statusCode() + ")", wait);
            }
            left = left.minus(wait);
            rest(wait);
        }
    }

    private HttpResponse<byte[]> sendAuthorised(Call call) throws WorkspaceReadException {
        String value = authorizationValue();
        HttpResponse<byte[]> response = send(call, value);
        return response.statusCode() == UNAUTHORIZED && authorization.refused(value)
                ? send(call, authorizationValue())
                : response;
    }

    private String authorizationValue() throws WorkspaceReadException {
        try {
            return authorization.value();
        } catch (RefusedException refused) {
            throw new WorkspaceReadException(refused.refusal().sentence());
        }
    }

    private HttpResponse<byte[]> send(Call call, String value) throws WorkspaceReadException {
        CompletableFuture<HttpResponse<byte[]>> exchange =
                http.sendAsync(
                        request(call, value),
                        BodyHandlers.limiting(BodyHandlers.ofByteArray(), limits.answerBytes()));
        try {
            return exchange.get(limits.answer().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            exchange.cancel(true);
            throw new WorkspaceReadException(
                    "the workspace did not answer in full within " + limits.answer());
        } catch (ExecutionException failure) {
            throw new WorkspaceReadException(describe(failure.getCause()));
        } catch (InterruptedException _) {
            exchange.cancel(true);
            throw interrupted();
        }
    }

    private HttpRequest request(Call call, String value) throws WorkspaceReadException {
        try {
            HttpRequest.Builder request =
                    HttpRequest.newBuilder(URI.create(origin + call.target()))
                            .timeout(limits.answer())
                            .header("Accept", "application/json")
                            .header("Authorization", value);
            call.fields().forEach(request::header);
            return call.body()
                    .map(text -> request.POST(BodyPublishers.ofString(text)))
                    .orElseGet(request::GET)
                    .build();
        } catch (IllegalArgumentException _) {
            throw new WorkspaceReadException(
                    "the request holds a character that no request may hold");
        }
    }

    private void rest(Duration wait) throws WorkspaceReadException {
        try {
            if (!pause.last(wait)) {
                throw new WorkspaceReadException("the reader was closed");
            }
        } catch (InterruptedException _) {
            throw interrupted();
        }
    }

    private static WorkspaceAnswer accepted(HttpResponse<byte[]> response)
            throws WorkspaceReadException {
        int status = response.statusCode();
        switch (status) {
            case OK -> requireJson(response.headers());
            case NOT_MODIFIED, NOT_FOUND -> {
                // answers too: nothing newer, nothing there
            }
            case UNAUTHORIZED ->
                    throw new WorkspaceReadException(
                            "the workspace refused the proxy's credential (status 401)");
            case FORBIDDEN ->
                    throw new WorkspaceReadException(
                            "the proxy's identity lacks a Synapse role for this (status 403)");
            default -> throw new WorkspaceReadException("the workspace answered status " + status);
        }
        return new WorkspaceAnswer(status, response.headers(), response.body());
    }

    private static void requireJson(HttpHeaders fields) throws WorkspaceReadException {
        String type = fields.firstValue("content-type").orElse("none");
        String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!media.equals("application/json") && !media.endsWith("+json")) {
            throw new WorkspaceReadException("the answer is `" + media + "`, not JSON");
        }
        String coding = fields.firstValue("content-encoding").orElse("identity").strip();
        if (!coding.equalsIgnoreCase("identity")) {
            throw new WorkspaceReadException(
                    "the answer is in the coding `" + coding + "`, which was not asked for");
        }
    }

    private static boolean isBusy(HttpResponse<byte[]> response) {
        return response.statusCode() == TOO_MANY_REQUESTS
                || response.statusCode() == SERVICE_UNAVAILABLE;
    }

    private static WorkspaceReadException interrupted() {
        Thread.currentThread().interrupt();
        return new WorkspaceReadException("interrupted while reading from the workspace");
    }

    private static String describe(@Nullable Throwable failure) {
        return switch (failure) {
            case HttpTimeoutException _ -> "the workspace did not answer in time";
            case ConnectException _ -> "the workspace could not be connected to";
            case SSLException _ -> "the workspace's certificate or TLS is not acceptable";
            case IOException io -> "reading from the workspace failed: " + oneLine(io);
            case null, default -> "reading from the workspace failed unexpectedly";
        };
    }

    private static String oneLine(IOException failure) {
        String said = Optional.ofNullable(failure.getMessage()).orElse("no message");
        return said.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    private static HttpClient client(Optional<SSLContext> trust, ReadLimits limits) {
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

package io.stagedoor.proxy.cli.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.StrictJson;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks an issuer over HTTPS, within bounds: no redirects, no cookies, at most {@value #MAX_OCTETS}
 * octets an answer, and a limit on the whole time of each request.
 *
 * <p>Blocks. Safe for use by several threads.
 */
public final class IssuerConnection implements AutoCloseable {
    private static final int MAX_OCTETS = 512 * 1024;

    /**
     * An answer of the issuer.
     *
     * @param body the JSON object in it; nothing if it holds none, or one that is not strict
     */
    record Reply(int status, Optional<ObjectNode> body) {
        boolean isGood() {
            return status == 200;
        }

        ObjectNode object(String what) throws IOException {
            return body.orElseThrow(
                    () -> new IOException(what + " is not a strict JSON object: " + status));
        }
    }

    private final HttpClient client;
    private final Duration limit;

    private IssuerConnection(HttpClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    /**
     * Makes a connection; nothing is asked yet.
     *
     * @param certificates a PEM bundle of the only authorities to trust; without it, those of the
     *     Java runtime
     * @param limit how long one request may take, from name look-up to last octet
     * @throws IOException if the certificates cannot be read
     */
    public static IssuerConnection trusting(Optional<Path> certificates, Duration limit)
            throws IOException {
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(TlsTrust.context(certificates))
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limit)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        return new IssuerConnection(client, limit);
    }

    Reply get(URI address) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder(address));
    }

    Reply post(URI address, Form form) throws IOException, InterruptedException {
        return send(
                HttpRequest.newBuilder(address)
                        .header("content-type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form.text())));
    }

    private Reply send(HttpRequest.Builder builder) throws IOException, InterruptedException {
        HttpRequest request = builder.header("accept", "application/json").build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_OCTETS));
        try {
            HttpResponse<byte[]> response = answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Reply(response.statusCode(), StrictJson.readObject(response.body()));
        } catch (TimeoutException late) {
            throw new IssuerUnreachableException(
                    place(request) + " took longer than " + limit.toSeconds() + " s");
        } catch (ExecutionException failed) {
            throw new IssuerUnreachableException(
                    place(request) + " cannot be asked: " + reason(failed));
        } finally {
            answer.cancel(true);
        }
    }

    private static String place(HttpRequest request) {
        return "`" + request.uri().getScheme() + "://" + request.uri().getRawAuthority() + "`";
    }

    private static String reason(ExecutionException failed) {
        String message = failed.getCause() == null ? null : failed.getCause().getMessage();
        return VisibleText.of(Objects.requireNonNullElse(message, "nobody answers there"));
    }

    /** Drops the connections. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}

package io.stagedoor.proxy.authn.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.StrictJson;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Fetches JSON documents of issuers over HTTPS, within bounds: no redirects, no cookies, no content
 * encodings, at most {@value #MAX_OCTETS} octets, and a limit on the whole time.
 *
 * <p>Blocks; for threads that may. Safe for use by many threads.
 */
final class HttpsDocuments implements AutoCloseable {

    private static final int MAX_OCTETS = 512 * 1024;

    private final HttpClient client;
    private final Duration limit;

    private HttpsDocuments(HttpClient client, Duration limit) {
        this.client = client;
        this.limit = limit;
    }

    /**
     * Makes a fetcher.
     *
     * @throws IOException if the certificates cannot be read
     */
    static HttpsDocuments trusting(Optional<Path> certificates, Duration limit) throws IOException {
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(TlsTrust.context(certificates))
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(limit)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        return new HttpsDocuments(client, limit);
    }

    /**
     * Fetches one document.
     *
     * @throws IOException if it cannot be had within the bounds, or is no strict JSON object; the
     *     message is fit for operators and repeats nothing of the document
     */
    ObjectNode fetch(URI address) throws IOException {
        if (!KeySource.isHttps(address)) {
            throw new IOException("the address is not one of https");
        }
        HttpResponse<byte[]> response = send(address);
        if (response.statusCode() != 200) {
            throw new IOException("the answer has status " + response.statusCode());
        }
        if (isEncoded(response)) {
            throw new IOException("the answer has a content encoding");
        }
        if (!isDeclaredAsJson(response)) {
            throw new IOException("the answer's content type is not that of JSON");
        }
        return StrictJson.readObject(response.body())
                .orElseThrow(() -> new IOException("the answer is not a strict JSON object"));
    }

    private HttpResponse<byte[]> send(URI address) throws IOException {
        HttpRequest request =
                HttpRequest.newBuilder(address).header("accept", "application/json").build();
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_OCTETS));
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("the answer took longer than " + limit.toMillis() + " ms");
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("the fetch was interrupted");
        } catch (ExecutionException failed) {
            throw new IOException(reason(failed), failed.getCause());
        }
    }

    private static String reason(ExecutionException failed) {
        Throwable cause = failed.getCause();
        String message = cause == null ? null : cause.getMessage();
        return message == null ? "the connection failed" : message;
    }

    private static boolean isEncoded(HttpResponse<?> response) {
        return response.headers()
                .firstValue("content-encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isPresent();
    }

    /** {@code application/json}, or a type built on it such as that of RFC 7517, section 8.5. */
    private static boolean isDeclaredAsJson(HttpResponse<?> response) {
        return response.headers()
                .firstValue("content-type")
                .map(type -> type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT))
                .filter(type -> type.equals("application/json") || type.endsWith("+json"))
                .isPresent();
    }

    /** Drops all connections. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}

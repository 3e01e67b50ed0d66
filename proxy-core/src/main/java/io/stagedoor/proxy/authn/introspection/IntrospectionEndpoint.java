package io.stagedoor.proxy.authn.introspection;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.authn.jose.StrictJson;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An issuer's introspection endpoint (RFC 7662, section 2), asked over HTTPS within bounds: no
 * redirects, no cookies, no content encodings, at most {@value #MAX_OCTETS} octets, and a limit on the
 * whole time.
 */
final class IntrospectionEndpoint implements AutoCloseable {

    private static final int MAX_OCTETS = 256 * 1024;

    private final HttpClient client;
    private final IntrospectionSource source;

    private IntrospectionEndpoint(HttpClient client, IntrospectionSource source) {
        this.client = client;
        this.source = source;
    }

    static IntrospectionEndpoint of(IntrospectionSource source) throws IOException {
        HttpClient client =
                HttpClient.newBuilder()
                        .sslContext(TlsTrust.context(source.trustedCertificates()))
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(source.timeLimit())
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .build();
        return new IntrospectionEndpoint(client, source);
    }

    /**
     * Asks about a token.
     *
     * @throws IOException if there is no answer within the bounds, or it is no strict JSON object; the
     *     message is fit for operators and repeats neither token nor answer
     */
    ObjectNode ask(String token) throws IOException {
        HttpResponse<byte[]> answer = send(requestAbout(token));
        if (answer.statusCode() != 200) {
            throw new IOException("the answer has status " + answer.statusCode());
        }
        if (!isJson(answer) || isEncoded(answer)) {
            throw new IOException("the answer is not plain JSON");
        }
        return StrictJson.readObject(answer.body())
                .orElseThrow(() -> new IOException("the answer is not a strict JSON object"));
    }

    private HttpRequest requestAbout(String token) throws IOException {
        return HttpRequest.newBuilder(source.endpoint())
                .header("accept", "application/json")
                .header("content-type", "application/x-www-form-urlencoded")
                .header("authorization", "Basic " + credentials())
                .POST(
                        BodyPublishers.ofString(
                                "token=" + encoded(token) + "&token_type_hint=access_token"))
                .build();
    }

    /** RFC 6749, section 2.3.1: both parts are form-encoded before they are joined. */
    private String credentials() throws IOException {
        String secret;
        try {
            secret = source.client().secret().get();
        } catch (RuntimeException unreadable) {
            throw new IOException("the client secret cannot be read", unreadable);
        }
        String pair = encoded(source.client().id()) + ":" + encoded(secret);
        return Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpResponse<byte[]> send(HttpRequest request) throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                client.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), MAX_OCTETS));
        long limit = source.timeLimit().toMillis();
        try {
            return answer.get(limit, TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            answer.cancel(true);
            throw new IOException("the answer took longer than " + limit + " ms");
        } catch (InterruptedException interrupted) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("the question was interrupted");
        } catch (ExecutionException failed) {
            throw new IOException("the connection failed", failed.getCause());
        }
    }

    private static boolean isJson(HttpResponse<?> answer) {
        String type = answer.headers().firstValue("content-type").orElse("");
        String essence = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        return essence.equals("application/json");
    }

    private static boolean isEncoded(HttpResponse<?> answer) {
        return answer.headers()
                .firstValue("content-encoding")
                .filter(encoding -> !encoding.equalsIgnoreCase("identity"))
                .isPresent();
    }

    /** Drops all connections. */
    @Override
    public void close() {
        client.shutdownNow();
    }
}

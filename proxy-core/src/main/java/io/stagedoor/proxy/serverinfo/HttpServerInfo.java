package io.stagedoor.proxy.serverinfo;

import com.fasterxml.jackson.databind.JsonNode;
import io.stagedoor.proxy.http.ServerInfo;
import io.stagedoor.proxy.refresh.site.SiteJson;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * {@code GET /api/{version}/serverinfo} over HTTPS by the JDK's client, without any credential: Tableau
 * answers it to everybody. No redirect is followed, and nothing is tried again.
 */
public final class HttpServerInfo implements ServerInfoSource {

    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int LARGEST_ANSWER = 16 * 1024;
    private static final int OK = 200;
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z][0-9A-Za-z._-]{0,63}");
    private static final Pattern API_VERSION = Pattern.compile("[0-9]{1,3}\\.[0-9]{1,3}");

    private final HttpClient http;
    private final HttpRequest request;

    /**
     * Makes the means of asking; nothing is asked yet.
     *
     * @param origin scheme, host and port of the server
     * @param apiVersion the version of the REST API to ask with, such as {@code 3.24}
     * @param trust whom its certificate is trusted by
     */
    public HttpServerInfo(URI origin, String apiVersion, SSLContext trust) {
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT)
                        .executor(Executors.newVirtualThreadPerTaskExecutor())
                        .sslContext(trust)
                        .build();
        this.request =
                HttpRequest.newBuilder(
                                URI.create(
                                        origin.getScheme()
                                                + "://"
                                                + origin.getRawAuthority()
                                                + "/api/"
                                                + apiVersion
                                                + "/serverinfo"))
                        .timeout(ANSWER)
                        .header("Accept", "application/json")
                        .build();
    }

    @Override
    public ServerInfo ask() throws IOException {
        HttpResponse<byte[]> answer = answer();
        if (answer.statusCode() != OK) {
            throw new IOException("status " + answer.statusCode());
        }
        return read(answer.body());
    }

    /** Waits for the whole answer, body included, for a bounded time. */
    private HttpResponse<byte[]> answer() throws IOException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw new IOException(
                    Optional.ofNullable(failure.getCause())
                            .map(cause -> cause.getClass().getSimpleName())
                            .orElse("failed"),
                    failure);
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw new IOException("no answer within " + ANSWER.toSeconds() + " seconds");
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
    }

    /**
     * Reads the documented JSON form; what it says beyond the three values is left aside.
     *
     * @throws IOException if it is anything else
     */
    static ServerInfo read(byte[] octets) throws IOException {
        JsonNode info = SiteJson.object(octets).path("serverInfo");
        JsonNode product = info.path("productVersion");
        JsonNode build = product.path("build");
        return new ServerInfo(
                text(product.path("value"), VERSION, "productVersion"),
                build.isMissingNode()
                        ? Optional.empty()
                        : Optional.of(text(build, VERSION, "build")),
                text(info.path("restApiVersion"), API_VERSION, "restApiVersion"));
    }

    private static String text(JsonNode node, Pattern form, String name) throws IOException {
        if (!node.isTextual() || !form.matcher(node.textValue()).matches()) {
            throw new IOException("the answer has no usable `" + name + "`");
        }
        return node.textValue();
    }

    /** Closes the connections; a question under way fails. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}

package io.stagedoor.proxy.refresh.check;

import io.stagedoor.proxy.refresh.Finding;
import io.stagedoor.proxy.refresh.SourceCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;

/**
 * Whether an address answers with the status that it should. No redirect is followed, no credential
 * is sent, and nothing of the answer is read but its status.
 */
public final class UrlCheck implements SourceCheck, AutoCloseable {

    private final URI uri;
    private final int status;
    private final Duration timeout;
    private final HttpClient http;

    /**
     * Makes a check.
     *
     * @param uri what is asked for
     * @param status the status that is well
     * @param timeout how long an answer is waited for
     * @param trust whom its certificate is trusted by; empty for the JDK's authorities
     */
    public UrlCheck(URI uri, int status, Duration timeout, Optional<SSLContext> trust) {
        this.uri = uri;
        this.status = status;
        this.timeout = timeout;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(timeout);
        trust.ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /** Returns the name of the check, without the address: callers read it. */
    @Override
    public String name() {
        return "url";
    }

    @Override
    public Finding look() {
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(timeout).GET().build();
        try {
            return judge(statusOf(http.send(request, BodyHandlers.ofInputStream())));
        } catch (HttpTimeoutException _) {
            return Finding.unknown("no answer within " + timeout.toMillis() + " ms");
        } catch (SSLException _) {
            return Finding.unknown("its certificate or TLS is not acceptable");
        } catch (IOException _) {
            return Finding.unknown("it could not be asked");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Finding.unknown("interrupted");
        }
    }

    /** However long the body is, nobody waits for it. */
    private static int statusOf(HttpResponse<InputStream> answer) throws IOException {
        answer.body().close();
        return answer.statusCode();
    }

    private Finding judge(int found) {
        String seen = "status " + found;
        return found == status ? Finding.well(seen) : Finding.unwell(seen + ", not " + status);
    }

    /** Closes the connections. */
    @Override
    public void close() {
        http.shutdownNow();
    }
}

package io.stagedoor.proxy.credential.tableau;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.stagedoor.proxy.credential.tableau.SignInException.Cause;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Signs in to one Tableau site, and out. No redirect is followed, and nothing is tried again. Calls
 * block and belong on virtual threads; any number may run at once.
 */
final class SiteClient implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration ANSWER = Duration.ofSeconds(15);
    private static final int LARGEST_ANSWER = 64 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TableauSite site;
    private final HttpClient http;

    SiteClient(TableauSite site) {
        this.site = site;
        HttpClient.Builder builder =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .connectTimeout(CONNECT);
        site.trust().ifPresent(builder::sslContext);
        this.http = builder.build();
    }

    /**
     * Opens a session.
     *
     * @throws SignInException if there is none, or it is one at another site
     */
    SiteSession signIn(SignInProof proof) throws SignInException {
        HttpRequest request =
                request(site.call("signin"), BodyPublishers.ofString(body(proof)))
                        .header("Content-Type", "application/json")
                        .build();
        HttpResponse<byte[]> answer = send(request);
        SiteSession session = SignInAnswer.read(answer.statusCode(), answer.body());
        if (!session.contentUrl().equalsIgnoreCase(site.contentUrl())) {
            signOut(session.token());
            throw new SignInException(
                    Cause.UNUSABLE,
                    "tableau signed in to another site than `" + site.contentUrl() + "`");
        }
        return session;
    }

    /**
     * Ends a session.
     *
     * @return whether Tableau says that it is ended
     */
    boolean signOut(String token) {
        HttpRequest request =
                request(site.call("signout"), BodyPublishers.noBody())
                        .header("X-Tableau-Auth", token)
                        .build();
        try {
            int status = send(request).statusCode();
            return status == 204 || status == 200;
        } catch (SignInException _) {
            return false;
        }
    }

    private static HttpRequest.Builder request(URI uri, BodyPublisher body) {
        return HttpRequest.newBuilder(uri)
                .timeout(ANSWER)
                .header("Accept", "application/json")
                .POST(body);
    }

    private String body(SignInProof proof) {
        ObjectNode whole = JSON.createObjectNode();
        ObjectNode credentials = whole.putObject("credentials");
        switch (proof) {
            case SignInProof.Assertion(String value, boolean unified) -> {
                credentials.put("jwt", value);
                if (unified) {
                    credentials.put("isUat", true);
                }
            }
            case SignInProof.AccessToken(String name, String secret) ->
                    credentials
                            .put("personalAccessTokenName", name)
                            .put("personalAccessTokenSecret", secret);
        }
        credentials.putObject("site").put("contentUrl", site.contentUrl());
        return whole.toString();
    }

    /** Waits for the whole answer, body included, for a bounded time. */
    private HttpResponse<byte[]> send(HttpRequest request) throws SignInException {
        CompletableFuture<HttpResponse<byte[]>> answer =
                http.sendAsync(
                        request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER));
        try {
            return answer.get(ANSWER.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failure) {
            throw unreachable(
                    failure.getCause() instanceof IOException known
                            ? known.getClass().getSimpleName()
                            : "failed");
        } catch (TimeoutException _) {
            answer.cancel(true);
            throw unreachable("no answer within " + ANSWER.toSeconds() + " seconds");
        } catch (InterruptedException _) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw unreachable("interrupted");
        }
    }

    private static SignInException unreachable(String why) {
        return new SignInException(Cause.UNREACHABLE, "tableau was not reached (" + why + ")");
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}

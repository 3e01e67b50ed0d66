package io.stagedoor.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.AccessToken;
import com.azure.core.exception.HttpResponseException;
import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpMethod;
import com.azure.core.http.HttpPipeline;
import com.azure.core.http.HttpPipelineBuilder;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.AddDatePolicy;
import com.azure.core.http.policy.BearerTokenAuthenticationPolicy;
import com.azure.core.http.policy.CookiePolicy;
import com.azure.core.http.policy.HttpLogOptions;
import com.azure.core.http.policy.HttpLoggingPolicy;
import com.azure.core.http.policy.RequestIdPolicy;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.core.http.policy.UserAgentPolicy;
import com.azure.core.http.rest.PagedIterable;
import com.azure.core.http.rest.PagedResponse;
import com.azure.core.http.rest.PagedResponseBase;
import com.azure.core.http.rest.Response;
import com.azure.core.http.rest.SimpleResponse;
import com.azure.core.util.BinaryData;
import com.azure.core.util.Context;
import com.azure.core.util.polling.LocationPollingStrategy;
import com.azure.core.util.polling.LongRunningOperationStatus;
import com.azure.core.util.polling.PollerFlux;
import com.azure.core.util.polling.SyncPoller;
import com.azure.core.util.serializer.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import io.stagedoor.proxy.cli.demo.loopback.Reply;
import io.stagedoor.proxy.cli.demo.loopback.SeenRequest;
import io.stagedoor.proxy.testing.ProxyFixture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

/**
 * A real Azure client works through the proxy: azure-core with the policies of the Synapse clients in
 * their builders' order (the clients themselves are not on Maven Central).
 */
class AzureCoreClientIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SCOPE = "https://dev.azuresynapse.net/.default";
    private static final String VERSION = "?api-version=2020-12-01";

    private static ProxyFixture fixture;

    private final AtomicReference<List<String>> scopesAsked = new AtomicReference<>(List.of());

    @BeforeAll
    static void start() throws IOException {
        fixture = ProxyFixture.start(yaml -> yaml, scenery -> scenery.workspace().pageSize(2));
    }

    @AfterAll
    static void stop() {
        fixture.close();
    }

    private HttpPipeline pipelineOf(CastMember caller) {
        return new HttpPipelineBuilder()
                .httpClient(client())
                .policies(
                        new UserAgentPolicy("azsdk-java-analytics-synapse-artifacts/test"),
                        new RequestIdPolicy(),
                        new RetryPolicy(),
                        new AddDatePolicy(),
                        new BearerTokenAuthenticationPolicy(
                                request -> {
                                    scopesAsked.set(request.getScopes());
                                    return Mono.just(
                                            new AccessToken(
                                                    fixture.scenery().token(caller),
                                                    OffsetDateTime.now(ZoneOffset.UTC)
                                                            .plusHours(1)));
                                },
                                SCOPE),
                        new CookiePolicy(),
                        new HttpLoggingPolicy(new HttpLogOptions()))
                .build();
    }

    private static HttpClient client() {
        return new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder()
                                .sslContext(fixture.scenery().authority().trustingContext()))
                .build();
    }

    private static String url(String path) {
        return fixture.base() + path + VERSION;
    }

    @Test
    void listsPipelinesOverTwoPages() {
        HttpPipeline client = pipelineOf(DemoCast.ANALYST);

        PagedIterable<String> names =
                new PagedIterable<>(
                        () -> page(client, url("/pipelines")), next -> page(client, next));

        assertThat(names.stream()).contains("nightly", "weekly", "backfill");
        assertThat(names.streamByPage().count()).isEqualTo(2);
        assertThat(scopesAsked.get()).containsExactly(SCOPE);
        assertNothingWentAround();
    }

    private static PagedResponse<String> page(HttpPipeline client, String url) {
        HttpRequest request = new HttpRequest(HttpMethod.GET, url);
        HttpResponse response = client.sendSync(request, Context.NONE);
        JsonNode body = json(response);
        List<String> names = new ArrayList<>();
        body.at("/value").forEach(item -> names.add(item.at("/name").asText()));
        String next = body.at("/nextLink").asText();
        return new PagedResponseBase<Void, String>(
                request,
                response.getStatusCode(),
                response.getHeaders(),
                names,
                next.isEmpty() ? null : next,
                null);
    }

    @Test
    void startsARunPollsItAndCancelsIt() {
        HttpPipeline client = pipelineOf(DemoCast.ENGINEER);

        HttpResponse started = post(client, "/pipelines/nightly/createRun");
        String runId = json(started).at("/runId").asText();
        HttpResponse polled =
                client.sendSync(
                        new HttpRequest(HttpMethod.GET, url("/pipelineruns/" + runId)),
                        Context.NONE);
        HttpResponse cancelled = post(client, "/pipelineruns/" + runId + "/cancel");

        assertThat(started.getStatusCode()).isEqualTo(202);
        assertThat(json(polled).at("/runId").asText()).isEqualTo(runId);
        assertThat(cancelled.getStatusCode()).isEqualTo(200);
        assertNothingWentAround();
    }

    @Test
    void lostAnswerIsNotRepeatedByTheClientsRetryPolicy() {
        int before = runsSeen();
        fixture.workspace()
                .replyOnce(seen -> seen.path().endsWith("/createRun"), new Reply.Dropped());

        HttpResponse answer = post(pipelineOf(DemoCast.ENGINEER), "/pipelines/weekly/createRun");

        assertThat(answer.getStatusCode()).isEqualTo(409);
        assertThat(runsSeen() - before).isEqualTo(1);
    }

    @Test
    void longRunningWriteEndsThroughThePoller() {
        HttpPipeline client = pipelineOf(DemoCast.ENGINEER);
        SyncPoller<BinaryData, BinaryData> poller =
                PollerFlux.create(
                                Duration.ofMillis(20),
                                () -> Mono.fromCallable(() -> put(client, "/pipelines/written")),
                                new LocationPollingStrategy<>(client),
                                TypeReference.createInstance(BinaryData.class),
                                TypeReference.createInstance(BinaryData.class))
                        .getSyncPoller();

        var last = poller.waitForCompletion(Duration.ofSeconds(20));

        assertThat(last.getStatus()).isEqualTo(LongRunningOperationStatus.SUCCESSFULLY_COMPLETED);
        assertNothingWentAround();
    }

    private static Response<BinaryData> put(HttpPipeline client, String path) {
        HttpRequest request =
                new HttpRequest(HttpMethod.PUT, url(path))
                        .setHeader(HttpHeaderName.CONTENT_TYPE, "application/json")
                        .setBody("{\"properties\":{}}");
        HttpResponse response = client.sendSync(request, Context.NONE);
        return new SimpleResponse<>(
                request,
                response.getStatusCode(),
                response.getHeaders(),
                response.getBodyAsBinaryData());
    }

    @Test
    void refusalReadsWellInTheClientsException() {
        HttpResponse refused = post(pipelineOf(DemoCast.ANALYST), "/pipelines/nightly/createRun");

        assertThatThrownBy(() -> throwAsClientsDo(refused))
                .isInstanceOf(HttpResponseException.class)
                .hasMessageContaining("Unauthorized")
                .hasMessageContaining("credentials/useSecret/action")
                .hasMessageContaining("Synapse Credential User");
        assertThat(refused.getStatusCode()).isEqualTo(403);
    }

    private static void throwAsClientsDo(HttpResponse response) {
        throw new HttpResponseException(
                "Status code " + response.getStatusCode() + ", " + json(response), response);
    }

    /** As the Java clients do: no body, sent in chunks. */
    private static HttpResponse post(HttpPipeline client, String path) {
        return client.sendSync(new HttpRequest(HttpMethod.POST, url(path)), Context.NONE);
    }

    private static int runsSeen() {
        return fixture.workspace().requests(seen -> seen.path().endsWith("/createRun")).size();
    }

    private static JsonNode json(HttpResponse response) {
        try {
            return JSON.readTree(response.getBodyAsBinaryData().toBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Whatever the workspace saw came from the proxy: by its marks, or its own reading of roles. */
    private static void assertNothingWentAround() {
        Stream<SeenRequest> around =
                fixture
                        .workspace()
                        .requests(
                                seen ->
                                        seen.field("X-Stagedoor-Decision-Id").isEmpty()
                                                && !seen.path().startsWith("/role"))
                        .stream();
        assertThat(around.map(SeenRequest::target)).isEmpty();
    }
}

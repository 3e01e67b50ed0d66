package io.stagedoor.proxy.testing;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.core.management.AzureEnvironment;
import com.azure.core.management.profile.AzureProfile;
import com.azure.resourcemanager.datafactory.DataFactoryManager;
import io.stagedoor.proxy.cli.demo.CastMember;
import io.stagedoor.proxy.cli.demo.DemoCast;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import reactor.core.publisher.Mono;

/** Microsoft's own client of Data Factory, with no change but the endpoint. */
public final class FactoryClient {

    private FactoryClient() {}

    /** Returns a client of one of the cast, whose requests go to the scene's proxy. */
    public static DataFactoryManager of(FactoryScene scene, CastMember caller) {
        return of(scene, caller, scene.base());
    }

    /**
     * Returns a client whose requests go to another address.
     *
     * @param endpoint where it finds Azure Resource Manager
     */
    public static DataFactoryManager of(FactoryScene scene, CastMember caller, String endpoint) {
        TokenCredential credential =
                _ ->
                        Mono.just(
                                new AccessToken(
                                        scene.token(caller),
                                        OffsetDateTime.now(ZoneOffset.UTC).plusHours(1)));
        return DataFactoryManager.configure()
                .withHttpClient(http(scene))
                .withDefaultPollInterval(Duration.ofMillis(20))
                .withRetryOptions(new RetryOptions(new FixedDelayOptions(3, Duration.ofMillis(20))))
                .authenticate(
                        credential,
                        new AzureProfile(
                                DemoCast.TENANT,
                                FakeFactory.SUBSCRIPTION,
                                new AzureEnvironment(endpoints(endpoint))));
    }

    private static Map<String, String> endpoints(String management) {
        return Map.of(
                "resourceManagerEndpointUrl", management,
                "managementEndpointUrl", "https://management.core.windows.net/",
                "activeDirectoryEndpointUrl", "https://login.microsoftonline.com/",
                "microsoftGraphResourceId", "https://graph.microsoft.com/");
    }

    private static HttpClient http(FactoryScene scene) {
        return new JdkHttpClientBuilder(
                        java.net.http.HttpClient.newBuilder()
                                .version(java.net.http.HttpClient.Version.HTTP_1_1)
                                .sslContext(
                                        scene.fixture().scenery().authority().trustingContext()))
                .build();
    }
}

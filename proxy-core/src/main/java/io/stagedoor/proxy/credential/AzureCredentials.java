package io.stagedoor.proxy.credential;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.time.Duration;
import java.util.Optional;

/** Builds Azure Identity's credential objects with the proxy's trust, time limits and retries. */
final class AzureCredentials {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    private final TokenAuthority authority;
    private final HttpClient http;

    AzureCredentials(TokenAuthority authority) {
        this.authority = authority;
        this.http = httpClient(authority);
    }

    /**
     * Makes a credential object for one acquisition.
     *
     * @param secret the client secret if the source has one
     */
    TokenCredential of(CredentialSource source, Optional<String> secret) {
        return switch (source) {
            case CredentialSource.ManagedIdentity identity -> managed(identity);
            case CredentialSource.WorkloadIdentity identity -> federated(identity);
            case CredentialSource.ClientSecret app -> application(app, secret.orElseThrow());
            case CredentialSource.StaticBearer _ ->
                    throw new IllegalArgumentException("a static bearer needs no authority");
        };
    }

    private TokenCredential managed(CredentialSource.ManagedIdentity identity) {
        ManagedIdentityCredentialBuilder builder =
                new ManagedIdentityCredentialBuilder().httpClient(http).retryOptions(retries());
        identity.clientId().ifPresent(builder::clientId);
        return builder.build();
    }

    private TokenCredential federated(CredentialSource.WorkloadIdentity identity) {
        return at(new WorkloadIdentityCredentialBuilder(), identity.tenant(), identity.clientId())
                .tokenFilePath(identity.tokenFile().toString())
                .build();
    }

    private TokenCredential application(CredentialSource.ClientSecret app, String secret) {
        return at(new ClientSecretCredentialBuilder(), app.tenant(), app.clientId())
                .clientSecret(secret)
                .build();
    }

    private <B extends AadCredentialBuilderBase<B>> B at(B builder, String tenant, String client) {
        builder.tenantId(tenant).clientId(client).httpClient(http).retryOptions(retries());
        authority.host().ifPresent(host -> builder.authorityHost(host.toString()));
        return authority.discovery() ? builder : builder.disableInstanceDiscovery();
    }

    private static RetryOptions retries() {
        return new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(500)));
    }

    private static HttpClient httpClient(TokenAuthority authority) {
        java.net.http.HttpClient.Builder jdk =
                java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER);
        authority.trust().ifPresent(jdk::sslContext);
        return new JdkHttpClientBuilder(jdk)
                .connectionTimeout(CONNECT)
                .responseTimeout(ANSWER)
                .readTimeout(ANSWER)
                .build();
    }
}

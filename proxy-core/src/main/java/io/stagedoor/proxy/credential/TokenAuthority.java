package io.stagedoor.proxy.credential;

import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import javax.net.ssl.SSLContext;

/**
 * Whom Azure Identity asks for tokens, and for which resource.
 *
 * @param scope the scope asked for, ending in {@code /.default}
 * @param host the authority host of a sovereign or private cloud; empty for the public cloud
 * @param trust the certificates the authority is trusted by; empty for those of the JDK
 * @param discovery whether the authority host is checked against Microsoft's list of clouds before
 *     it is used; off only for a host that this list cannot know
 */
public record TokenAuthority(
        String scope, Optional<URI> host, Optional<SSLContext> trust, boolean discovery) {

    /** The scope of the Synapse data plane in the public cloud. */
    public static final String SYNAPSE_SCOPE = "https://dev.azuresynapse.net/.default";

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration ANSWER = Duration.ofSeconds(15);

    /** Checks that the host is HTTPS, because secrets are sent to it. */
    public TokenAuthority {
        Objects.requireNonNull(scope, "scope");
        Objects.requireNonNull(trust, "trust");
        if (scope.isBlank()) {
            throw new IllegalArgumentException("the scope of an upstream credential is empty");
        }
        if (host.isPresent() && !"https".equalsIgnoreCase(host.get().getScheme())) {
            throw new IllegalArgumentException(
                    "authority host `" + host.get() + "` is not an https address");
        }
    }

    /** Returns the public cloud's authority for the Synapse data plane. */
    public static TokenAuthority publicCloud() {
        return new TokenAuthority(SYNAPSE_SCOPE, Optional.empty(), Optional.empty(), true);
    }

    /** Returns the retries that fit the time that a request may wait for a token or a secret. */
    public static RetryOptions retries() {
        return new RetryOptions(new FixedDelayOptions(1, Duration.ofMillis(500)));
    }

    /** Makes a client for Azure's libraries with this trust and short limits of time. */
    public HttpClient httpClient() {
        java.net.http.HttpClient.Builder jdk =
                java.net.http.HttpClient.newBuilder()
                        .version(java.net.http.HttpClient.Version.HTTP_1_1)
                        .followRedirects(java.net.http.HttpClient.Redirect.NEVER);
        trust.ifPresent(jdk::sslContext);
        return new JdkHttpClientBuilder(jdk)
                .connectionTimeout(CONNECT)
                .responseTimeout(ANSWER)
                .readTimeout(ANSWER)
                .build();
    }
}

package io.stagedoor.proxy.credential;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.OnBehalfOfCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Builds Azure Identity's credential objects with the proxy's trust, time limits and retries. */
final class AzureCredentials {

    private final TokenAuthority authority;
    private final HttpClient http;

    AzureCredentials(TokenAuthority authority) {
        this.authority = authority;
        this.http = authority.httpClient();
    }

    /** Makes a credential object for one acquisition by the platform's identity. */
    TokenCredential managed(CredentialSource.ManagedIdentity identity) {
        ManagedIdentityCredentialBuilder builder =
                new ManagedIdentityCredentialBuilder()
                        .httpClient(http)
                        .retryOptions(TokenAuthority.retries());
        identity.clientId().ifPresent(builder::clientId);
        return builder.build();
    }

    /**
     * Makes a credential object for one acquisition on the application's own account.
     *
     * @param secret the client secret, or the certificate file's password; empty if there is none
     */
    TokenCredential own(CredentialSource.Application application, String secret) {
        return switch (application) {
            case CredentialSource.WorkloadIdentity identity ->
                    at(new WorkloadIdentityCredentialBuilder(), identity)
                            .tokenFilePath(identity.tokenFile().toString())
                            .build();
            case CredentialSource.ClientSecret app ->
                    at(new ClientSecretCredentialBuilder(), app).clientSecret(secret).build();
            case CredentialSource.ClientCertificate app -> certified(app, secret);
        };
    }

    private TokenCredential certified(CredentialSource.ClientCertificate app, String password) {
        ClientCertificateCredentialBuilder builder =
                at(new ClientCertificateCredentialBuilder(), app)
                        .sendCertificateChain(app.sendChain());
        String file = app.file().toString();
        return CertificateFile.isPem(app.file())
                ? builder.pemCertificate(file).build()
                : builder.pfxCertificate(file).clientCertificatePassword(password).build();
    }

    /**
     * Makes a credential object for one acquisition on behalf of a user.
     *
     * @param secret as for {@link #own}
     * @param assertion the user's token
     */
    TokenCredential onBehalf(
            CredentialSource.Application application, String secret, String assertion) {
        OnBehalfOfCredentialBuilder builder =
                at(new OnBehalfOfCredentialBuilder(), application).userAssertion(assertion);
        return switch (application) {
            case CredentialSource.WorkloadIdentity identity ->
                    builder.clientAssertion(() -> read(identity.tokenFile())).build();
            case CredentialSource.ClientSecret _ -> builder.clientSecret(secret).build();
            case CredentialSource.ClientCertificate app -> {
                builder.sendCertificateChain(app.sendChain());
                String file = app.file().toString();
                yield CertificateFile.isPem(app.file())
                        ? builder.pemCertificate(file).build()
                        : builder.pfxCertificate(file).clientCertificatePassword(secret).build();
            }
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the file `" + file + "` cannot be read", unreadable);
        }
    }

    private <B extends AadCredentialBuilderBase<B>> B at(
            B builder, CredentialSource.Application application) {
        builder.tenantId(application.tenant())
                .clientId(application.clientId())
                .httpClient(http)
                .retryOptions(TokenAuthority.retries());
        authority.host().ifPresent(host -> builder.authorityHost(host.toString()));
        return authority.discovery() ? builder : builder.disableInstanceDiscovery();
    }
}

package io.stagedoor.proxy.credential;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the credentials for one service come from.
 *
 * <p>Secrets and files are read anew for each acquisition, on a virtual thread, so a rotated one is
 * picked up without a restart. Reading them may block and may throw.
 */
public sealed interface CredentialSource {

    /** Returns the word that logs, health and messages use for this kind of source. */
    String kind();

    /** An application that Entra knows, and what it proves to Entra that it is that application. */
    sealed interface Application extends CredentialSource {

        /** Returns the tenant to ask. */
        String tenant();

        /** Returns the application's client id. */
        String clientId();
    }

    /**
     * The identity that the platform gives to this virtual machine, container or pod.
     *
     * @param clientId the client id of a user-assigned identity; empty for the system-assigned one
     */
    record ManagedIdentity(Optional<String> clientId) implements CredentialSource {

        /** Checks that the optional is there. */
        public ManagedIdentity {
            Objects.requireNonNull(clientId, "clientId");
        }

        @Override
        public String kind() {
            return "managed identity";
        }
    }

    /**
     * A federated identity: the token of a Kubernetes service account is exchanged for one of
     * Entra.
     *
     * @param tenant the tenant to ask
     * @param clientId the client id of the application or user-assigned identity
     * @param tokenFile the file that the platform keeps a current service account token in
     */
    record WorkloadIdentity(String tenant, String clientId, Path tokenFile) implements Application {

        /** Checks that all parts are there. */
        public WorkloadIdentity {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(tokenFile, "tokenFile");
        }

        @Override
        public String kind() {
            return "workload identity";
        }
    }

    /**
     * An application with a client secret (OAuth 2.0 client credentials, RFC 6749, section 4.4).
     *
     * @param tenant the tenant to ask
     * @param clientId the application
     * @param secrets where its secrets are: more than one while they are changed, of which any may be
     *     the valid one
     */
    record ClientSecret(String tenant, String clientId, List<SecretSource> secrets)
            implements Application {

        /** Checks that all parts are there. */
        public ClientSecret {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(clientId, "clientId");
            secrets = List.copyOf(secrets);
        }

        @Override
        public String kind() {
            return "client secret";
        }

        /** Returns tenant and application; the secrets are masked. */
        @Override
        public String toString() {
            return "ClientSecret[tenant=" + tenant + ", clientId=" + clientId + ", ****]";
        }
    }

    /**
     * An application with a certificate, by which it signs its requests for tokens (RFC 7523, section
     * 2.2).
     *
     * @param tenant the tenant to ask
     * @param clientId the application
     * @param file certificate and private key, in PEM form or as PKCS #12
     * @param password what opens the file, if it is PKCS #12 and has one
     * @param sendChain whether the certificates go with each request, as applications need that are
     *     known by the subject's name and issuer
     */
    record ClientCertificate(
            String tenant,
            String clientId,
            Path file,
            Optional<SecretSource> password,
            boolean sendChain)
            implements Application {

        /** Checks that all parts are there. */
        public ClientCertificate {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(file, "file");
            Objects.requireNonNull(password, "password");
        }

        @Override
        public String kind() {
            return "client certificate";
        }
    }

    /**
     * A bearer token that somebody else keeps current, read again every few seconds.
     *
     * @param token gives the current token, without the word {@code Bearer}
     */
    record StaticBearer(Supplier<String> token) implements CredentialSource {

        /** Checks that the supplier is there. */
        public StaticBearer {
            Objects.requireNonNull(token, "token");
        }

        @Override
        public String kind() {
            return "static bearer";
        }

        /** Returns the kind; the token is masked. */
        @Override
        public String toString() {
            return "StaticBearer[****]";
        }
    }

    /**
     * A token for each caller, got in exchange for the caller's own (Entra's on-behalf-of flow; RFC
     * 7523, section 2.1). What the proxy reads on its own account, it reads as the application.
     *
     * @param application the application that the callers' tokens are for
     * @param authorizationUri where Entra's clients are sent to sign in
     */
    record OnBehalfOf(Application application, String authorizationUri)
            implements CredentialSource {

        /** Checks that the application is there. */
        public OnBehalfOf {
            Objects.requireNonNull(application, "application");
            Objects.requireNonNull(authorizationUri, "authorizationUri");
        }

        @Override
        public String kind() {
            return "exchange on behalf of callers";
        }
    }

    /**
     * The caller's own token, which goes on as it came. Whoever configures it sees to it that only
     * tokens for the service's own audience are taken.
     *
     * @param own what the proxy reads the service with on its own account, if it does
     */
    record PassThrough(Optional<CredentialSource> own) implements CredentialSource {

        /** Checks that the optional is there. */
        public PassThrough {
            Objects.requireNonNull(own, "own");
        }

        @Override
        public String kind() {
            return "pass-through";
        }
    }
}

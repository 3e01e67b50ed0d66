package io.stagedoor.proxy.credential;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Where the credential of one upstream comes from.
 *
 * <p>Suppliers of secrets are asked anew for each acquisition, on a virtual thread, so a rotated
 * file or vault entry is picked up without a restart. They may block and may throw.
 */
public sealed interface CredentialSource {

    /** Returns the word that logs, health and messages use for this kind of source. */
    String kind();

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
    record WorkloadIdentity(String tenant, String clientId, Path tokenFile)
            implements CredentialSource {

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
     * @param secret gives the current secret
     */
    record ClientSecret(String tenant, String clientId, Supplier<String> secret)
            implements CredentialSource {

        /** Checks that all parts are there. */
        public ClientSecret {
            Objects.requireNonNull(tenant, "tenant");
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(secret, "secret");
        }

        @Override
        public String kind() {
            return "client secret";
        }

        /** Returns tenant and application; the secret is masked. */
        @Override
        public String toString() {
            return "ClientSecret[tenant=" + tenant + ", clientId=" + clientId + ", ****]";
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
}

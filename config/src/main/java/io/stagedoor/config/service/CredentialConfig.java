package io.stagedoor.config.service;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.SecretRef;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The credential that Stagedoor shows to an upstream. Exactly one for each workspace. */
public sealed interface CredentialConfig {

    /**
     * The managed identity of the machine.
     *
     * @param clientId the client id of a user-assigned identity, or nothing for the system's own
     */
    record ManagedIdentity(Optional<String> clientId) implements CredentialConfig {

        static Optional<ManagedIdentity> read(Section in) {
            Setting<Optional<String>> client = in.optional("client_id", Kinds.guid());
            return in.build(() -> new ManagedIdentity(client.value()));
        }
    }

    /**
     * A federated identity, such as a Kubernetes service account.
     *
     * @param tenant the tenant's GUID
     * @param clientId the client id
     * @param tokenFile the file with the projected token; it is replaced while we run
     */
    record WorkloadIdentity(String tenant, String clientId, Path tokenFile)
            implements CredentialConfig {

        static Optional<WorkloadIdentity> read(Section in) {
            Kind<Path> file =
                    in.reading()
                            .files()
                            .secretFile(
                                    "a file with a token",
                                    "/var/run/secrets/azure/tokens/azure-identity-token");
            Setting<String> tenant = in.required("tenant", Kinds.guid());
            Setting<String> client = in.required("client_id", Kinds.guid());
            Setting<Path> token = in.required("token_file", file);
            return in.build(
                    () -> new WorkloadIdentity(tenant.value(), client.value(), token.value()));
        }
    }

    /**
     * A client secret of an app registration.
     *
     * @param tenant the tenant's GUID
     * @param clientId the client id
     * @param secret where the secret is
     */
    record ClientSecret(String tenant, String clientId, SecretRef secret)
            implements CredentialConfig {

        static Optional<ClientSecret> read(Section in) {
            Setting<String> tenant = in.required("tenant", Kinds.guid());
            Setting<String> client = in.required("client_id", Kinds.guid());
            Setting<SecretRef> secret = in.required("secret", in.reading().files().secret());
            return in.build(() -> new ClientSecret(tenant.value(), client.value(), secret.value()));
        }
    }

    /**
     * A bearer token made elsewhere. For tests and demonstrations: it expires.
     *
     * @param token where the token is
     */
    record StaticBearer(SecretRef token) implements CredentialConfig {

        static Optional<StaticBearer> read(Section in) {
            Setting<SecretRef> token = in.required("token", in.reading().files().secret());
            return in.build(() -> new StaticBearer(token.value()));
        }
    }

    /**
     * What a Tableau site is signed in to with.
     *
     * @param means what it is
     */
    record OfSite(TableauCredentialConfig means) implements CredentialConfig {}

    /** Returns the kinds of credentials by their keys, in the order they are documented. */
    static Map<String, SectionReader<CredentialConfig>> choices() {
        Map<String, SectionReader<CredentialConfig>> choices = new LinkedHashMap<>();
        choices.put("managed_identity", in -> ManagedIdentity.read(in).map(it -> it));
        choices.put("workload_identity", in -> WorkloadIdentity.read(in).map(it -> it));
        choices.put("client_secret", in -> ClientSecret.read(in).map(it -> it));
        choices.put("static_bearer", in -> StaticBearer.read(in).map(it -> it));
        return choices;
    }
}

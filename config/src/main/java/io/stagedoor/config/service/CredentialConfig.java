package io.stagedoor.config.service;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.SecretRef;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The credential that Stagedoor shows to an upstream. Exactly one for each service. */
public sealed interface CredentialConfig {

    /** Returns where its secrets are kept. */
    default List<SecretRef> secrets() {
        return List.of();
    }

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

    /** An application of a tenant, which proves to be it. */
    sealed interface Application extends CredentialConfig {

        /** Returns the tenant's GUID. */
        String tenant();

        /** Returns the client id. */
        String clientId();
    }

    /**
     * A federated identity, such as a Kubernetes service account.
     *
     * @param tenant the tenant's GUID
     * @param clientId the client id
     * @param tokenFile the file with the projected token; it is replaced while we run
     */
    record WorkloadIdentity(String tenant, String clientId, Path tokenFile) implements Application {

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
     * @param nextSecret where the secret is that takes its place while it is changed
     * @param secretExpires the day on which the secret does not work any more, if it is known here
     */
    record ClientSecret(
            String tenant,
            String clientId,
            SecretRef secret,
            Optional<SecretRef> nextSecret,
            Optional<LocalDate> secretExpires)
            implements Application {

        static Optional<ClientSecret> read(Section in) {
            Kind<SecretRef> reference = in.reading().files().secret();
            Setting<String> tenant = in.required("tenant", Kinds.guid());
            Setting<String> client = in.required("client_id", Kinds.guid());
            Setting<SecretRef> secret = in.required("secret", reference);
            Setting<Optional<SecretRef>> next = in.optional("next_secret", reference);
            Setting<Optional<LocalDate>> expires = in.optional("secret_expires", Kinds.date());
            return in.build(
                    () ->
                            new ClientSecret(
                                    tenant.value(),
                                    client.value(),
                                    secret.value(),
                                    next.value(),
                                    expires.value()));
        }

        @Override
        public List<SecretRef> secrets() {
            return Stream.concat(Stream.of(secret), nextSecret.stream()).toList();
        }
    }

    /**
     * A certificate of an app registration.
     *
     * @param tenant the tenant's GUID
     * @param clientId the client id
     * @param file certificate and key, in PEM form or as PKCS #12
     * @param password what opens the file, if anything has to
     * @param sendChain whether the certificates go along, for applications known by subject and issuer
     */
    record ClientCertificate(
            String tenant,
            String clientId,
            Path file,
            Optional<SecretRef> password,
            boolean sendChain)
            implements Application {

        static Optional<ClientCertificate> read(Section in) {
            Kind<Path> kind =
                    in.reading()
                            .files()
                            .secretFile(
                                    "a file with a certificate and its key (PEM or PKCS #12)",
                                    "certificates/stagedoor.pem");
            Setting<String> tenant = in.required("tenant", Kinds.guid());
            Setting<String> client = in.required("client_id", Kinds.guid());
            Setting<Path> file = in.required("file", kind);
            Setting<Optional<SecretRef>> password =
                    in.optional("password", in.reading().files().secret());
            Setting<Boolean> chain = in.optional("send_chain", Kinds.flag(), false);
            return in.build(
                    () ->
                            new ClientCertificate(
                                    tenant.value(),
                                    client.value(),
                                    file.value(),
                                    password.value(),
                                    chain.value()));
        }

        @Override
        public List<SecretRef> secrets() {
            return password.stream().toList();
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

        @Override
        public List<SecretRef> secrets() {
            return List.of(token);
        }
    }

    /**
     * A token for each caller, which an application gets in exchange for the caller's own.
     *
     * @param application the application that the callers' tokens are for
     */
    record OnBehalfOf(Application application) implements CredentialConfig {

        static Optional<OnBehalfOf> read(Section in) {
            Setting<Application> application = in.oneOf("application", applications());
            return in.build(() -> new OnBehalfOf(application.value()));
        }

        private static Map<String, SectionReader<Application>> applications() {
            Map<String, SectionReader<Application>> choices = new LinkedHashMap<>();
            choices.put("workload_identity", in -> WorkloadIdentity.read(in).map(it -> it));
            choices.put("client_secret", in -> ClientSecret.read(in).map(it -> it));
            choices.put("client_certificate", in -> ClientCertificate.read(in).map(it -> it));
            return choices;
        }

        @Override
        public List<SecretRef> secrets() {
            return application.secrets();
        }
    }

    /**
     * The caller's own token, which goes on as it came.
     *
     * @param audiences the upstream's own audiences: only tokens for one of them are taken; none for
     *     the address that the cloud's services are known by
     * @param own what Stagedoor itself reads the upstream with, if it does
     */
    record PassThrough(Set<String> audiences, Optional<CredentialConfig> own)
            implements CredentialConfig {

        static Optional<PassThrough> read(Section in) {
            Setting<Set<String>> audiences =
                    in.optionalSet("audiences", NetKinds.audience(), List.of());
            Setting<Optional<CredentialConfig>> own = in.optionalOneOf("own", ownChoices());
            return in.build(() -> new PassThrough(audiences.value(), own.value()));
        }

        @Override
        public List<SecretRef> secrets() {
            return own.map(CredentialConfig::secrets).orElse(List.of());
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
        Map<String, SectionReader<CredentialConfig>> choices = new LinkedHashMap<>(ownChoices());
        choices.put("on_behalf_of", in -> OnBehalfOf.read(in).map(it -> it));
        choices.put("pass_through", in -> PassThrough.read(in).map(it -> it));
        return choices;
    }

    /** Returns those of Stagedoor's own, which do not depend on who calls. */
    static Map<String, SectionReader<CredentialConfig>> ownChoices() {
        Map<String, SectionReader<CredentialConfig>> choices = new LinkedHashMap<>();
        choices.put("managed_identity", in -> ManagedIdentity.read(in).map(it -> it));
        choices.put("workload_identity", in -> WorkloadIdentity.read(in).map(it -> it));
        choices.put("client_secret", in -> ClientSecret.read(in).map(it -> it));
        choices.put("client_certificate", in -> ClientCertificate.read(in).map(it -> it));
        choices.put("static_bearer", in -> StaticBearer.read(in).map(it -> it));
        return choices;
    }
}

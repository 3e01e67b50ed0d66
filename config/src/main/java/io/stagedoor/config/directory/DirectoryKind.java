package io.stagedoor.config.directory;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.service.Cloud;
import io.stagedoor.config.service.CredentialConfig;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a directory is, and how it is entered. Exactly one for each directory. */
public sealed interface DirectoryKind {

    /**
     * An Entra tenant, asked by Microsoft Graph.
     *
     * @param cloud the Azure cloud
     * @param uri the address of Microsoft Graph there
     * @param trustedCertificates the authorities that sign its certificate, or nothing for those of
     *     the Java runtime
     * @param credential what it is asked with
     */
    record Graph(
            Cloud cloud, URI uri, Optional<Path> trustedCertificates, CredentialConfig credential)
            implements DirectoryKind {

        static Optional<Graph> read(Section in) {
            Setting<Cloud> cloud = in.optional("cloud", Kinds.choice(Cloud.class), Cloud.PUBLIC);
            Setting<Optional<URI>> uri = in.optional("uri", origin("https://graph.example"));
            Setting<Optional<Path>> trusted =
                    in.optional("trusted_certificates", in.reading().files().certificates());
            Setting<CredentialConfig> credential =
                    in.oneOf("credential", CredentialConfig.ownChoices());
            return in.build(
                    () ->
                            new Graph(
                                    cloud.value(),
                                    uri.value().orElseGet(() -> cloud.value().graph()),
                                    trusted.value(),
                                    credential.value()));
        }
    }

    /**
     * An Okta organisation, asked by its API.
     *
     * @param uri its address
     * @param trustedCertificates the authorities that sign its certificate, or nothing for those of
     *     the Java runtime
     * @param token where the token is
     * @param scheme what kind of token it is
     */
    record Okta(URI uri, Optional<Path> trustedCertificates, SecretRef token, Scheme scheme)
            implements DirectoryKind {

        /** What an Okta token is shown as. */
        public enum Scheme {
            /** An API token. */
            SSWS,
            /** An OAuth 2.0 access token. */
            BEARER
        }

        static Optional<Okta> read(Section in) {
            Setting<URI> uri = in.required("uri", origin("https://contoso.okta.example"));
            Setting<Optional<Path>> trusted =
                    in.optional("trusted_certificates", in.reading().files().certificates());
            Setting<SecretRef> token = in.required("token", in.reading().files().secret());
            Setting<Scheme> scheme = in.optional("scheme", Kinds.choice(Scheme.class), Scheme.SSWS);
            return in.build(
                    () -> new Okta(uri.value(), trusted.value(), token.value(), scheme.value()));
        }
    }

    /**
     * A directory that pushes its users and groups by SCIM 2.0 (RFC 7644) to the admin port.
     *
     * @param token where the bearer token is that it must show
     * @param folder where users and groups are kept
     * @param principal what of a user is the principal's object id
     */
    record Scim(SecretRef token, Path folder, PrincipalAttribute principal)
            implements DirectoryKind {

        /** What of a SCIM user is the object id that its tokens name. */
        public enum PrincipalAttribute {
            /** {@code externalId}, the id that the pushing directory gave. */
            EXTERNAL_ID,
            /** {@code userName}. */
            USER_NAME
        }

        static Optional<Scim> read(Section in) {
            Setting<SecretRef> token = in.required("token", in.reading().files().secret());
            Setting<Path> folder =
                    in.optionalAs(
                            "folder",
                            in.reading()
                                    .unique(
                                            "folder of a SCIM directory",
                                            in.reading().files().writableFolder("scim")),
                            "scim");
            Setting<PrincipalAttribute> principal =
                    in.optional(
                            "principal",
                            Kinds.choice(PrincipalAttribute.class),
                            PrincipalAttribute.EXTERNAL_ID);
            return in.build(() -> new Scim(token.value(), folder.value(), principal.value()));
        }
    }

    /** Returns the kinds by their keys, in the order they are documented. */
    static Map<String, SectionReader<DirectoryKind>> choices() {
        Map<String, SectionReader<DirectoryKind>> choices = new LinkedHashMap<>();
        choices.put("graph", in -> Graph.read(in).map(it -> it));
        choices.put("okta", in -> Okta.read(in).map(it -> it));
        choices.put("scim", in -> Scim.read(in).map(it -> it));
        return choices;
    }

    /** An address that a credential is sent to: never without TLS, not even on this machine. */
    private static Kind<URI> origin(String example) {
        return NetKinds.origin(example)
                .refined(
                        (uri, scalar) ->
                                "https".equals(uri.getScheme())
                                        ? Parsed.value(uri)
                                        : Parsed.wrong(
                                                Quoted.of(scalar.text())
                                                        + " is not protected: a credential is sent"
                                                        + " there",
                                                "use `https`"));
    }
}

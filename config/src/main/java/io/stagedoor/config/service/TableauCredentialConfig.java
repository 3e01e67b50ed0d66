package io.stagedoor.config.service;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.SectionReader;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What Stagedoor signs in to a Tableau site with. Exactly one for each site. */
public sealed interface TableauCredentialConfig {

    /** Returns the places of the secrets. */
    List<SecretRef> secretRefs();

    /**
     * A connected app with direct trust.
     *
     * @param clientId the app's client id
     * @param secrets its secrets, one or two
     * @param proxyUser the Tableau user that Stagedoor reads the site as for itself
     */
    record ConnectedApp(String clientId, List<AppSecret> secrets, Optional<String> proxyUser)
            implements TableauCredentialConfig {

        /** Copies the list. */
        public ConnectedApp {
            secrets = List.copyOf(secrets);
        }

        static Optional<ConnectedApp> read(Section in) {
            Setting<String> client = in.required("client_id", id("the client id of an app"));
            Setting<List<AppSecret>> secrets =
                    in.check(
                            "secrets",
                            in.sections("secrets", AppSecret::read, 1),
                            list -> list.size() <= 2,
                            "an app has two secrets at most",
                            "name the one in use and the one that is to follow it");
            Setting<Optional<String>> user = in.optional("proxy_user", userName());
            return in.build(() -> new ConnectedApp(client.value(), secrets.value(), user.value()));
        }

        @Override
        public List<SecretRef> secretRefs() {
            return secrets.stream().map(AppSecret::value).toList();
        }
    }

    /**
     * A secret of a connected app.
     *
     * @param id its id
     * @param value where its value is
     */
    record AppSecret(String id, SecretRef value) {

        static Optional<AppSecret> read(Section in) {
            Setting<String> id =
                    in.required("id", TableauCredentialConfig.id("the id of a secret"));
            Setting<SecretRef> value = in.required("value", in.reading().files().secret());
            return in.build(() -> new AppSecret(id.value(), value.value()));
        }
    }

    /**
     * An OAuth trust whose issuer is Stagedoor.
     *
     * @param issuer the issuer's address as it is registered at Tableau
     * @param signingKey where the private key is that is signed with
     * @param nextSigningKey where the one is that follows it, if it is to be published already
     * @param audience the audience that the site expects
     * @param unified what unified access tokens say beside, if such are to be made
     * @param proxyUser the Tableau user that Stagedoor reads the site as for itself
     */
    record OauthTrust(
            URI issuer,
            SecretRef signingKey,
            Optional<SecretRef> nextSigningKey,
            String audience,
            Optional<Unified> unified,
            Optional<String> proxyUser)
            implements TableauCredentialConfig {

        static Optional<OauthTrust> read(Section in) {
            Kind<SecretRef> secret = in.reading().files().secret();
            Setting<URI> issuer =
                    in.required("issuer", NetKinds.httpsUri("https://tableau.proxy.example"));
            Setting<SecretRef> key = in.required("signing_key", secret);
            Setting<Optional<SecretRef>> next = in.optional("next_signing_key", secret);
            Setting<String> audience = in.optional("audience", NetKinds.audience(), "tableau");
            Setting<Optional<Unified>> unified = in.optionalSection("unified", Unified::read);
            Setting<Optional<String>> user = in.optional("proxy_user", userName());
            return in.build(
                    () ->
                            new OauthTrust(
                                    issuer.value(),
                                    key.value(),
                                    next.value(),
                                    audience.value(),
                                    unified.value(),
                                    user.value()));
        }

        @Override
        public List<SecretRef> secretRefs() {
            return Stream.concat(Stream.of(signingKey), nextSigningKey.stream()).toList();
        }
    }

    /**
     * What a unified access token of Tableau Cloud says beside who the caller is.
     *
     * @param tenantId the tenant's id in Tableau Cloud Manager
     * @param userClaim the claim that the user's name stands in
     * @param siteId the site's LUID, if tokens are to be bound to it
     */
    record Unified(String tenantId, String userClaim, Optional<String> siteId) {

        static Optional<Unified> read(Section in) {
            Setting<String> tenant = in.required("tenant_id", id("the id of a tenant"));
            Setting<String> claim = in.optional("user_claim", id("the name of a claim"), "email");
            Setting<Optional<String>> site = in.optional("site_id", Kinds.guid());
            return in.build(() -> new Unified(tenant.value(), claim.value(), site.value()));
        }
    }

    /**
     * A personal access token. Its one session serves all callers.
     *
     * @param name the token's name
     * @param secret where its secret is
     */
    record PersonalAccessToken(String name, SecretRef secret) implements TableauCredentialConfig {

        static Optional<PersonalAccessToken> read(Section in) {
            Setting<String> name =
                    in.required(
                            "name",
                            Kinds.text(
                                    "the name of an access token",
                                    "stagedoor-1",
                                    Pattern.compile("[^\\p{Cntrl}]{1,255}")));
            Setting<SecretRef> secret = in.required("secret", in.reading().files().secret());
            return in.build(() -> new PersonalAccessToken(name.value(), secret.value()));
        }

        @Override
        public List<SecretRef> secretRefs() {
            return List.of(secret);
        }
    }

    /** Returns the kinds by their keys, in the order they are documented. */
    static Map<String, SectionReader<CredentialConfig>> choices() {
        Map<String, SectionReader<CredentialConfig>> choices = new LinkedHashMap<>();
        choices.put("connected_app", of(ConnectedApp::read));
        choices.put("oauth_trust", of(OauthTrust::read));
        choices.put("personal_access_token", of(PersonalAccessToken::read));
        return choices;
    }

    private static <T extends TableauCredentialConfig> SectionReader<CredentialConfig> of(
            Function<Section, Optional<T>> reader) {
        return in -> reader.apply(in).map(CredentialConfig.OfSite::new);
    }

    private static Kind<String> id(String what) {
        return Kinds.text(
                what,
                "6d2f3a1c-0000-4000-8000-0000000000c1",
                Pattern.compile("[A-Za-z0-9_.:/-]{1,128}"));
    }

    private static Kind<String> userName() {
        return Kinds.text(
                "the name of a Tableau user",
                "stagedoor@example.com",
                Pattern.compile("[^\\p{Cntrl}]{1,255}"));
    }
}

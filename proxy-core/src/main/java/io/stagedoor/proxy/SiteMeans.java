package io.stagedoor.proxy;

import io.stagedoor.config.service.CredentialConfig;
import io.stagedoor.config.service.Place;
import io.stagedoor.config.service.ServiceConfig;
import io.stagedoor.config.service.TableauCredentialConfig;
import io.stagedoor.config.value.SecretRef;
import io.stagedoor.proxy.authn.keys.TlsTrust;
import io.stagedoor.proxy.credential.tableau.IssuerKeys;
import io.stagedoor.proxy.credential.tableau.SessionLimits;
import io.stagedoor.proxy.credential.tableau.TableauCredential;
import io.stagedoor.proxy.credential.tableau.TableauCredential.AssertionForm;
import io.stagedoor.proxy.credential.tableau.TableauSessions;
import io.stagedoor.proxy.credential.tableau.TableauSite;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** What a Tableau site is signed in to with, as its configuration says. */
final class SiteMeans {

    private final Function<SecretRef, Supplier<String>> secrets;

    /**
     * Makes a translation.
     *
     * @param secrets gives what reads a secret anew each time
     */
    SiteMeans(Function<SecretRef, Supplier<String>> secrets) {
        this.secrets = secrets;
    }

    /**
     * Makes the sessions of a service if it is a site; nobody is signed in yet.
     *
     * @throws IOException if the certificates to trust cannot be read
     */
    Optional<TableauSessions> sessions(ServiceConfig service, InstantSource clock)
            throws IOException {
        if (!(service.place() instanceof Place.Site site)
                || !(service.credential() instanceof CredentialConfig.OfSite(var means))) {
            return Optional.empty();
        }
        TableauSite at =
                new TableauSite(
                        service.name(),
                        service.upstream().uri(),
                        site.apiVersion(),
                        site.contentUrl(),
                        Optional.of(TlsTrust.context(service.upstream().trustedCertificates())));
        return Optional.of(
                TableauSessions.of(at, credential(means), SessionLimits.defaults(), clock));
    }

    private TableauCredential credential(TableauCredentialConfig means) {
        return switch (means) {
            case TableauCredentialConfig.ConnectedApp app ->
                    new TableauCredential.ConnectedApp(
                            app.clientId(),
                            app.secrets().stream().map(this::secret).toList(),
                            app.proxyUser());
            case TableauCredentialConfig.OauthTrust trust ->
                    new TableauCredential.OauthTrust(
                            trust.issuer(), keys(trust), form(trust), trust.proxyUser());
            case TableauCredentialConfig.PersonalAccessToken(String name, SecretRef secret) ->
                    new TableauCredential.PersonalAccessToken(name, secrets.apply(secret));
        };
    }

    private TableauCredential.AppSecret secret(TableauCredentialConfig.AppSecret secret) {
        return new TableauCredential.AppSecret(secret.id(), secrets.apply(secret.value()));
    }

    /** Returns the keys of a trust, whose public halves are published. */
    IssuerKeys keys(TableauCredentialConfig.OauthTrust trust) {
        return new IssuerKeys(
                secrets.apply(trust.signingKey()), trust.nextSigningKey().map(secrets));
    }

    private static AssertionForm form(TableauCredentialConfig.OauthTrust trust) {
        return trust.unified().isPresent()
                ? new AssertionForm.Unified(
                        trust.unified().get().tenantId(),
                        trust.unified().get().userClaim(),
                        trust.unified().get().siteId())
                : new AssertionForm.ExternalServer(trust.audience());
    }

    /** Returns what the audit record calls the identity that the proxy has at the site. */
    static String identityOf(TableauCredentialConfig means) {
        return switch (means) {
            case TableauCredentialConfig.ConnectedApp app -> "connected_app:" + app.clientId();
            case TableauCredentialConfig.OauthTrust trust -> "oauth_trust:" + trust.issuer();
            case TableauCredentialConfig.PersonalAccessToken token ->
                    "personal_access_token:" + token.name();
        };
    }
}

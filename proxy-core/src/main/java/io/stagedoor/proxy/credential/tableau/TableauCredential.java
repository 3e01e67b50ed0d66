package io.stagedoor.proxy.credential.tableau;

import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the proxy signs in to a Tableau site with.
 *
 * <p>Suppliers of secrets are asked anew for each sign-in, on a virtual thread, so a rotated file or
 * vault entry is picked up without a restart. They may block and may throw.
 */
public sealed interface TableauCredential {

    /** Returns the word that logs, health and messages use for this kind. */
    String kind();

    /**
     * A connected app with direct trust: the caller is asserted in a JWT that is signed with a secret of
     * the app.
     *
     * @param clientId the app's client id
     * @param secrets its secrets; the first is used until Tableau refuses it, then another
     * @param proxyUser the Tableau user that the proxy reads the site as for itself
     */
    record ConnectedApp(String clientId, List<AppSecret> secrets, Optional<String> proxyUser)
            implements TableauCredential {

        /** Copies the list, which must not be empty. */
        public ConnectedApp {
            Objects.requireNonNull(clientId, "clientId");
            Objects.requireNonNull(proxyUser, "proxyUser");
            secrets = List.copyOf(secrets);
            if (secrets.isEmpty()) {
                throw new IllegalArgumentException("a connected app without a secret");
            }
        }

        @Override
        public String kind() {
            return "connected app";
        }
    }

    /**
     * A secret of a connected app.
     *
     * @param id its id, which Tableau finds it by ({@code kid})
     * @param value gives the current value
     */
    record AppSecret(String id, Supplier<String> value) {

        /** Returns the id; the value is masked. */
        @Override
        public String toString() {
            return "AppSecret[" + id + ", ****]";
        }
    }

    /**
     * An OAuth trust whose issuer is the proxy: the caller is asserted in a JWT that is signed with the
     * proxy's own key.
     *
     * @param issuer the issuer's address as it is registered at Tableau
     * @param keys the keys that are signed with, and published
     * @param form what the assertion says beside who the caller is
     * @param proxyUser the Tableau user that the proxy reads the site as for itself
     */
    record OauthTrust(URI issuer, IssuerKeys keys, AssertionForm form, Optional<String> proxyUser)
            implements TableauCredential {

        /** Checks that all parts are there. */
        public OauthTrust {
            Objects.requireNonNull(issuer, "issuer");
            Objects.requireNonNull(keys, "keys");
            Objects.requireNonNull(form, "form");
            Objects.requireNonNull(proxyUser, "proxyUser");
        }

        @Override
        public String kind() {
            return "OAuth trust";
        }
    }

    /** What an assertion of an OAuth trust says beside who the caller is. */
    sealed interface AssertionForm {

        /**
         * An external authorization server that is registered at one site.
         *
         * @param audience the audience that the site expects, usually {@code tableau}
         */
        record ExternalServer(String audience) implements AssertionForm {}

        /**
         * A unified access token of Tableau Cloud.
         *
         * @param tenantId the tenant's id in Tableau Cloud Manager
         * @param userClaim the claim that the user's name stands in, usually {@code email}
         * @param siteId the site's LUID, if the token is to be bound to it
         */
        record Unified(String tenantId, String userClaim, Optional<String> siteId)
                implements AssertionForm {

            /** Checks that all parts are there. */
            public Unified {
                Objects.requireNonNull(tenantId, "tenantId");
                Objects.requireNonNull(userClaim, "userClaim");
                Objects.requireNonNull(siteId, "siteId");
            }
        }
    }

    /**
     * A personal access token. All callers share its one session, and Tableau ends that when the same
     * token is used to sign in elsewhere.
     *
     * @param name the token's name
     * @param secret gives its current secret
     */
    record PersonalAccessToken(String name, Supplier<String> secret) implements TableauCredential {

        /** Checks that both parts are there. */
        public PersonalAccessToken {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(secret, "secret");
        }

        @Override
        public String kind() {
            return "personal access token";
        }

        /** Returns the name; the secret is masked. */
        @Override
        public String toString() {
            return "PersonalAccessToken[" + name + ", ****]";
        }
    }
}

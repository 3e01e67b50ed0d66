package io.stagedoor.config.service;

import io.stagedoor.policy.scope.Scope;

/** What a service is: where it stands among the platforms, and the root of its scopes. */
public sealed interface Place {

    /**
     * A Synapse workspace.
     *
     * @param name its name in Azure
     */
    record Workspace(String name) implements Place {
        @Override
        public Scope root() {
            return Scope.workspace(name);
        }
    }

    /**
     * A data factory.
     *
     * @param name its name in Azure
     * @param subscription the GUID of its subscription
     * @param resourceGroup the name of its resource group
     */
    record Factory(String name, String subscription, String resourceGroup) implements Place {
        @Override
        public Scope root() {
            return Scope.factory(name);
        }

        /** Returns its Azure resource id, which begins the path of every request for it. */
        public String resourceId() {
            return "/subscriptions/"
                    + subscription
                    + "/resourceGroups/"
                    + resourceGroup
                    + "/providers/Microsoft.DataFactory/factories/"
                    + name;
        }
    }

    /**
     * A Tableau site.
     *
     * @param name its name here
     * @param contentUrl its name in Tableau's addresses; empty for the default site of a server
     * @param apiVersion the version of the REST API that Stagedoor itself speaks there
     */
    record Site(String name, String contentUrl, String apiVersion) implements Place {
        @Override
        public Scope root() {
            return Scope.site(name);
        }
    }

    /** Returns the configured name, which no other service has. */
    String name();

    /** Returns the root of its scopes. */
    Scope root();
}

package io.stagedoor.config.workspace;

import java.net.URI;

/** An Azure cloud with the names that its Synapse workspaces and its directory have. */
public enum Cloud {
    /** The public cloud. */
    PUBLIC("dev.azuresynapse.net", "login.microsoftonline.com", "graph.microsoft.com"),
    /** The cloud of the US government. */
    GOVERNMENT(
            "dev.azuresynapse.usgovcloudapi.net", "login.microsoftonline.us", "graph.microsoft.us"),
    /** The cloud in China. */
    CHINA("dev.azuresynapse.azure.cn", "login.chinacloudapi.cn", "microsoftgraph.chinacloudapi.cn");

    private final String suffix;
    private final String authority;
    private final String graph;

    Cloud(String suffix, String authority, String graph) {
        this.suffix = suffix;
        this.authority = authority;
        this.graph = graph;
    }

    /** Returns the data-plane address of a workspace. */
    public URI workspace(String name) {
        return URI.create("https://" + name + "." + suffix);
    }

    /** Returns the scope that a token for the data plane is asked with. */
    public String tokenScope() {
        return "https://" + suffix + "/.default";
    }

    /** Returns the address of Microsoft Graph. */
    public URI graph() {
        return URI.create("https://" + graph);
    }

    /** Returns the scope that a token for Microsoft Graph is asked with. */
    public String graphScope() {
        return "https://" + graph + "/.default";
    }

    /** Returns the address of the directory that gives tokens. */
    public URI authorityHost() {
        return URI.create("https://" + authority);
    }
}

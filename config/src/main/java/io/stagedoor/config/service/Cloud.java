package io.stagedoor.config.service;

import java.net.URI;
import java.util.List;

/** An Azure cloud with the names that its services and its directory have. */
public enum Cloud {
    /** The public cloud. */
    PUBLIC(
            "dev.azuresynapse.net",
            "management.azure.com",
            "login.microsoftonline.com",
            "graph.microsoft.com",
            "vault.azure.net"),
    /** The cloud of the US government. */
    GOVERNMENT(
            "dev.azuresynapse.usgovcloudapi.net",
            "management.usgovcloudapi.net",
            "login.microsoftonline.us",
            "graph.microsoft.us",
            "vault.usgovcloudapi.net"),
    /** The cloud in China. */
    CHINA(
            "dev.azuresynapse.azure.cn",
            "management.chinacloudapi.cn",
            "login.chinacloudapi.cn",
            "microsoftgraph.chinacloudapi.cn",
            "vault.azure.cn");

    private final String suffix;
    private final String management;
    private final String authority;
    private final String graph;
    private final String vault;

    Cloud(String suffix, String management, String authority, String graph, String vault) {
        this.suffix = suffix;
        this.management = management;
        this.authority = authority;
        this.graph = graph;
        this.vault = vault;
    }

    /** Returns what follows a workspace's name and a dot in its host name. */
    public String synapseSuffix() {
        return suffix;
    }

    /** Returns the data-plane address of a workspace. */
    public URI workspace(String name) {
        return URI.create("https://" + name + "." + suffix);
    }

    /** Returns the scope that a token for the data plane is asked with. */
    public String tokenScope() {
        return "https://" + suffix + "/.default";
    }

    /** Returns the address of Azure Resource Manager. */
    public URI management() {
        return URI.create("https://" + management);
    }

    /** Returns what the data plane of Synapse is called in the audience of tokens for it. */
    List<String> workspaceAudiences() {
        return List.of("https://" + suffix, "https://" + suffix + "/");
    }

    /** Returns what Azure Resource Manager is called in the audience of tokens for it. */
    List<String> managementAudiences() {
        return List.of("https://" + management, "https://" + management + "/");
    }

    /** Returns the scope that a token for Azure Resource Manager is asked with. */
    public String managementScope() {
        return "https://" + management + "/.default";
    }

    /** Returns the scope that a token for Key Vault is asked with. */
    public String vaultScope() {
        return "https://" + vault + "/.default";
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

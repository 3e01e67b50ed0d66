package io.stagedoor.config.workspace;

import java.net.URI;

/** An Azure cloud with the names that its Synapse workspaces and its directory have. */
public enum Cloud {
    /** The public cloud. */
    PUBLIC("dev.azuresynapse.net", "login.microsoftonline.com"),
    /** The cloud of the US government. */
    GOVERNMENT("dev.azuresynapse.usgovcloudapi.net", "login.microsoftonline.us"),
    /** The cloud in China. */
    CHINA("dev.azuresynapse.azure.cn", "login.chinacloudapi.cn");

    private final String suffix;
    private final String authority;

    Cloud(String suffix, String authority) {
        this.suffix = suffix;
        this.authority = authority;
    }

    /** Returns the data-plane address of a workspace. */
    public URI workspace(String name) {
        return URI.create("https://" + name + "." + suffix);
    }

    /** Returns the scope that a token for the data plane is asked with. */
    public String tokenScope() {
        return "https://" + suffix + "/.default";
    }

    /** Returns the address of the directory that gives tokens. */
    public URI authorityHost() {
        return URI.create("https://" + authority);
    }
}

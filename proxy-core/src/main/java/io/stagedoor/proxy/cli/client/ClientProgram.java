package io.stagedoor.proxy.cli.client;

/** A client that can be pointed at the proxy. */
public enum ClientProgram {
    /** The Azure CLI. */
    AZ,
    /** The Azure SDKs for Python. */
    PYTHON,
    /** The Azure SDKs for Java. */
    JAVA,
    /** The Azure SDKs for JavaScript. */
    JS,
    /** Tableau Server Client and tabcmd. */
    TABLEAU,
    /** The program curl. */
    CURL
}

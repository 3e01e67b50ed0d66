package io.stagedoor.proxy.cli.client;

import io.stagedoor.proxy.cli.profile.PrivateFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Tells how each client is pointed at the proxy: what was found by running them unmodified.
 *
 * @param target where they are to go
 * @param home the folder under which files for them are made
 */
public record ClientGuide(ProxyTarget target, PrivateFolder home) {
    /** The variable with the workspace's address; ours, no client reads it by itself. */
    public static final String ENDPOINT = "STAGEDOOR_ENDPOINT";

    /** The variable by which az learns where a cloud's services are. */
    public static final String METADATA = "ARM_CLOUD_METADATA_URL";

    private static final String METADATA_PATH = "/metadata/endpoints?api-version=2019-05-01";
    private static final String AZURE_SUFFIX = ".dev.azuresynapse.net";
    private static final String NO_AUTHORITY =
            "no --ca was given, so the proxy's certificate must be one that this client trusts anyway";

    /**
     * Gives the variables that do for all clients but those on Java.
     *
     * @throws IOException if the authorities cannot be read
     */
    public ClientSettings common() throws IOException {
        ClientSettings settings = new ClientSettings().variable(ENDPOINT, target.root().toString());
        Optional<Path> bundle = bundle();
        if (bundle.isPresent()) {
            String file = bundle.get().toString();
            python(settings, file).variable("CURL_CA_BUNDLE", file);
            node(settings);
        }
        return settings;
    }

    /**
     * Gives the settings of one client.
     *
     * @throws IOException if the authorities cannot be read
     */
    public ClientSettings of(ClientProgram client, Shell shell) throws IOException {
        ClientSettings settings = new ClientSettings();
        if (target.certificates().isEmpty()) {
            settings.note(NO_AUTHORITY);
        }
        if (client != ClientProgram.AZ) {
            settings.variable(ENDPOINT, target.root().toString());
        }
        return switch (client) {
            case AZ -> az(settings, shell);
            case PYTHON -> pythonSdk(settings);
            case JAVA -> java(settings);
            case JS -> js(settings);
            case TABLEAU -> tableau(settings);
            case CURL -> curl(settings);
        };
    }

    private ClientSettings az(ClientSettings settings, Shell shell) throws IOException {
        if (target.arm().isPresent()) {
            return azByMetadata(settings, target.arm().get());
        }
        if (target.suffix().isEmpty()) {
            return settings.note(
                    "az puts the workspace's name before a suffix, so it cannot reach `"
                            + target.root()
                            + "`: give the workspace a host name, such as NAME.synapse.example.com");
        }
        settings.note("az asks for the audience https://dev.azuresynapse.net, whatever is set")
                .note("`az rest` sends no token unless --resource names an audience")
                .note("to undo it, run the command with " + AZURE_SUFFIX + " for the suffix");
        Optional<Path> bundle = bundle();
        if (bundle.isPresent()) {
            python(settings, bundle.get().toString());
        }
        String json =
                "{\"suffixes\":{\"synapseAnalyticsEndpoint\":\"" + target.suffix().get() + "\"}}";
        return settings.command(
                "az", "cloud", "update", "-n", "AzureCloud", "--cloud-config", json(json, shell));
    }

    /** The document tells az where Resource Manager and the workspaces are; the rest stays as it is. */
    private ClientSettings azByMetadata(ClientSettings settings, URI arm) throws IOException {
        Optional<Path> bundle = bundle();
        if (bundle.isPresent()) {
            python(settings, bundle.get().toString());
        }
        return settings.variable(METADATA, arm + METADATA_PATH)
                .note("az asks for the audiences of Azure's own services, whatever is set")
                .note("`az rest` sends no token unless --resource names an audience")
                .note(
                        "az keeps what it has read in cloudEndpoints.json in its folder; `az cloud"
                                + " list --refresh` reads it anew");
    }

    /** PowerShell takes the quotes off a text before a program gets it, so az reads a file there. */
    private String json(String json, Shell shell) {
        if (shell == Shell.SH) {
            return json;
        }
        PrivateFolder folder = home.folder("az");
        folder.write("cloud.json", json);
        return "@" + folder.file("cloud.json");
    }

    private ClientSettings pythonSdk(ClientSettings settings) throws IOException {
        Optional<Path> bundle = bundle();
        if (bundle.isPresent()) {
            python(settings, bundle.get().toString());
        }
        return settings.note(
                        "ArtifactsClient(credential, endpoint=os.environ['STAGEDOOR_ENDPOINT'])")
                .note(
                        "it asks for https://dev.azuresynapse.net/.default unless credential_scopes="
                                + "[...] names another");
    }

    private ClientSettings java(ClientSettings settings) throws IOException {
        if (target.certificates().isPresent()) {
            Path store = trust(target.certificates().get()).keyStore();
            settings.variable(
                    "JDK_JAVA_OPTIONS",
                    word("-Djavax.net.ssl.trustStore=" + store)
                            + (" -Djavax.net.ssl.trustStorePassword=" + TrustFiles.PASSWORD)
                            + " -Djavax.net.ssl.trustStoreType=PKCS12");
        }
        return settings.note("builder.endpoint(System.getenv(\"STAGEDOOR_ENDPOINT\"))")
                .note(
                        "it asks for https://dev.azuresynapse.net/.default, which its builders fix;"
                                + " only a pipeline of your own asks for another audience")
                .note("HTTPS_PROXY does nothing for it, and nothing is needed");
    }

    private ClientSettings js(ClientSettings settings) {
        node(settings);
        return settings.note("new ArtifactsClient(credential, process.env.STAGEDOOR_ENDPOINT)")
                .note(
                        "it asks for https://dev.azuresynapse.net/.default unless the option"
                                + " credentialScopes names another; arm-datafactory asks for"
                                + " <endpoint>/.default unless it is given");
    }

    private ClientSettings tableau(ClientSettings settings) throws IOException {
        Optional<Path> bundle = bundle();
        bundle.ifPresent(file -> settings.variable("REQUESTS_CA_BUNDLE", file.toString()));
        return settings.note(
                        "TSC.Server(os.environ['STAGEDOOR_ENDPOINT'], http_options={'headers':"
                                + " {'Authorization': 'Bearer ' + token}}), token from `stagedoor token`")
                .note("it asks for no audience itself; the token is for what you logged in to")
                .note("give the address with https://, without it the client speaks plain http");
    }

    private ClientSettings curl(ClientSettings settings) throws IOException {
        Optional<Path> bundle = bundle();
        bundle.ifPresent(file -> settings.variable("CURL_CA_BUNDLE", file.toString()));
        return settings.note(
                "curl -H \"Authorization: Bearer $(stagedoor token)\""
                        + " \"$STAGEDOOR_ENDPOINT/pipelines?api-version=2020-12-01\"");
    }

    private static ClientSettings python(ClientSettings settings, String bundle) {
        return settings.variable("REQUESTS_CA_BUNDLE", bundle).variable("SSL_CERT_FILE", bundle);
    }

    /** Node adds these to what it trusts, so the private ones alone will do. */
    private void node(ClientSettings settings) {
        target.certificates()
                .ifPresent(file -> settings.variable("NODE_EXTRA_CA_CERTS", file.toString()));
    }

    private Optional<Path> bundle() throws IOException {
        return target.certificates().isEmpty()
                ? Optional.empty()
                : Optional.of(trust(target.certificates().get()).bundle());
    }

    private TrustFiles trust(Path authorities) {
        return new TrustFiles(home.folder("trust"), authorities);
    }

    private static String word(String option) {
        return option.indexOf(' ') < 0 ? option : "\"" + option + "\"";
    }
}

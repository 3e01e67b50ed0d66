package io.stagedoor.proxy.cli;

import io.stagedoor.proxy.cli.oauth.ClientRegistration;
import io.stagedoor.proxy.cli.profile.HeldTokens;
import io.stagedoor.proxy.cli.profile.Profile;
import io.stagedoor.proxy.cli.profile.ProxyAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a log-in; what is left out is as the profile remembers it. */
final class LoginOptions {
    /** What is asked for when nothing is said: an ID token, and a way to renew. */
    static final List<String> DEFAULT_SCOPES = List.of("openid", "offline_access");

    @Option(
            names = "--issuer",
            paramLabel = "URL",
            description = "The issuer, exactly as it calls itself.")
    private @Nullable String issuer;

    @Option(
            names = "--client-id",
            paramLabel = "ID",
            description = "The client that the issuer knows this command line by; a public one.")
    private @Nullable String clientId;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            description = "What to ask for; repeat it for several. Default: openid offline_access.")
    private @Nullable List<String> scopes;

    @Option(
            names = "--audience",
            paramLabel = "TEXT",
            description = "The parameter `audience`, for issuers that want it.")
    private @Nullable String audience;

    @Option(
            names = "--resource",
            paramLabel = "URI",
            description = "The parameter `resource` (RFC 8707), for issuers that want it.")
    private @Nullable String resource;

    @Option(
            names = "--issuer-ca",
            paramLabel = "FILE",
            description =
                    "PEM file of the only authorities to trust for the issuer; default: Java's own.")
    private @Nullable Path issuerCertificates;

    @Option(
            names = "--proxy",
            paramLabel = "URL",
            description = "The workspace's address at the proxy, for `env` and `exec`.")
    private @Nullable URI proxy;

    @Option(
            names = "--ca",
            paramLabel = "FILE",
            description = "PEM file of the private authorities that sign the proxy's certificate.")
    private @Nullable Path certificates;

    /**
     * Gives the profile to log in with: these options over the one remembered.
     *
     * @throws IllegalArgumentException if issuer or client are neither given nor remembered, or a
     *     file is not there
     */
    Profile over(Optional<Profile> remembered) {
        Optional<ClientRegistration> client = remembered.map(Profile::client);
        return new Profile(
                required("--issuer", issuer, remembered.map(Profile::issuer)),
                file(issuerCertificates).or(() -> remembered.flatMap(Profile::issuerCertificates)),
                new ClientRegistration(
                        required("--client-id", clientId, client.map(ClientRegistration::clientId)),
                        Optional.ofNullable(scopes)
                                .map(LoginOptions::words)
                                .or(() -> client.map(ClientRegistration::scopes))
                                .orElse(DEFAULT_SCOPES),
                        Optional.ofNullable(audience)
                                .or(() -> client.flatMap(ClientRegistration::audience)),
                        Optional.ofNullable(resource)
                                .or(() -> client.flatMap(ClientRegistration::resource))),
                address(proxy, certificates).or(() -> remembered.flatMap(Profile::proxy)),
                Optional.<HeldTokens>empty());
    }

    private static String required(
            String option, @Nullable String given, Optional<String> remembered) {
        return Optional.ofNullable(given)
                .or(() -> remembered)
                .filter(text -> !text.isBlank())
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "say "
                                                + option
                                                + ": there is no profile yet that remembers it"));
    }

    private static List<String> words(List<String> given) {
        return given.stream()
                .flatMap(each -> Stream.of(each.strip().split("\\s+")))
                .distinct()
                .toList();
    }

    /** Gives the address with its authorities, which say nothing without it. */
    static Optional<ProxyAddress> address(@Nullable URI proxy, @Nullable Path certificates) {
        if (proxy == null && certificates != null) {
            throw new IllegalArgumentException("--ca goes with --proxy");
        }
        return Optional.ofNullable(proxy).map(root -> new ProxyAddress(root, file(certificates)));
    }

    /** Gives a file by its full path, since later commands run elsewhere. */
    private static Optional<Path> file(@Nullable Path given) {
        if (given != null && !Files.isReadable(given)) {
            throw new IllegalArgumentException("`" + given + "` cannot be read");
        }
        return Optional.ofNullable(given).map(path -> path.toAbsolutePath().normalize());
    }
}

package io.stagedoor.config.operator;

import io.stagedoor.config.kind.Kind;
import io.stagedoor.config.kind.Kinds;
import io.stagedoor.config.kind.NetKinds;
import io.stagedoor.config.kind.Parsed;
import io.stagedoor.config.section.Section;
import io.stagedoor.config.section.Setting;
import io.stagedoor.config.text.Quoted;
import io.stagedoor.config.value.SecretRef;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How operators sign in to the admin pages with a browser (OpenID Connect Core 1.0, code flow).
 *
 * @param issuer the name of the issuer, one of the configured ones
 * @param client the client that the proxy is registered as there
 * @param publicUrl scheme and authority at which browsers reach the admin socket
 * @param sessions how long one stays signed in
 */
public record LoginConfig(String issuer, Client client, URI publicUrl, SessionTimes sessions) {

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]{0,49}");
    private static final Pattern CLIENT = Pattern.compile("[!-~]{1,256}");
    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]{1,256}");

    /**
     * A registered client.
     *
     * @param id its id, which the audience of ID tokens must be
     * @param secret its secret; nothing for a public client, which PKCE protects
     * @param scopes what is asked for; {@code openid} is always among it
     */
    public record Client(String id, Optional<SecretRef> secret, Set<String> scopes) {

        /** Copies the scopes, keeping their order. */
        public Client {
            Set<String> all = new LinkedHashSet<>(List.of("openid"));
            all.addAll(scopes);
            scopes = Collections.unmodifiableSet(all);
        }
    }

    /**
     * How long one stays signed in.
     *
     * @param idle after the last page
     * @param absolute after the sign-in, whatever is done
     */
    public record SessionTimes(Duration idle, Duration absolute) {}

    /** Reads the section {@code admin.login}. */
    public static Optional<LoginConfig> read(Section in) {
        Setting<String> issuer =
                in.required("issuer", Kinds.text("the name of an issuer", "entra", NAME));
        Setting<String> client =
                in.required("client_id", Kinds.text("a client id", "stagedoor-admin", CLIENT));
        Setting<Optional<SecretRef>> secret =
                in.optional("client_secret", in.reading().files().secret());
        Setting<Set<String>> scopes =
                in.optionalSet(
                        "scopes",
                        Kinds.text("a scope", "profile", SCOPE),
                        List.of("openid", "profile"));
        Setting<URI> url = in.required("public_url", origin());
        Setting<Duration> idle =
                in.optional(
                        "idle_timeout",
                        Kinds.duration(Duration.ofMinutes(1), Duration.ofHours(12)),
                        Duration.ofMinutes(30));
        Setting<Duration> absolute =
                in.optional(
                        "lifetime",
                        Kinds.duration(Duration.ofMinutes(1), Duration.ofHours(24)),
                        Duration.ofHours(8));
        return in.build(
                () ->
                        new LoginConfig(
                                issuer.value(),
                                new Client(client.value(), secret.value(), scopes.value()),
                                url.value(),
                                new SessionTimes(idle.value(), absolute.value())));
    }

    private static Kind<URI> origin() {
        String example = "https://stagedoor-admin.example:9090";
        return NetKinds.httpsUri(example)
                .refined(
                        (uri, scalar) ->
                                uri.getRawPath().isEmpty() || uri.getRawPath().equals("/")
                                        ? Parsed.value(
                                                URI.create("https://" + uri.getRawAuthority()))
                                        : Parsed.wrong(
                                                Quoted.of(scalar.text()) + " has a path",
                                                "write the host alone, as in `" + example + "`"));
    }
}

package io.stagedoor.proxy.admin.login;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * How operators sign in.
 *
 * @param issuer the issuer's identifier
 * @param trusted the authorities that sign its certificate; empty for the JVM's
 * @param client the registered client
 * @param publicUrl scheme and authority at which browsers reach the pages
 * @param idle how long after the last page a session ends
 * @param absolute how long after the sign-in it ends, whatever is done
 */
public record LoginSettings(
        String issuer,
        Optional<Path> trusted,
        Client client,
        URI publicUrl,
        Duration idle,
        Duration absolute) {

    /**
     * The client that the proxy is at the issuer.
     *
     * @param id its id
     * @param secret reads its secret; empty for a public client
     * @param scopes what is asked for
     */
    public record Client(String id, Optional<Supplier<String>> secret, Set<String> scopes) {}

    /** Returns the only address that the issuer sends browsers back to. */
    String redirectUri() {
        return publicUrl + "/login/callback";
    }
}

package io.stagedoor.proxy.credential.tableau;

import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.net.ssl.SSLContext;

/**
 * Where a Tableau site is, and how it is spoken to.
 *
 * @param service the configured name of the service behind the proxy
 * @param base scheme, host and perhaps port of the server or pod
 * @param apiVersion the version of the REST API that sign-in uses, for example {@code 3.22}
 * @param contentUrl the site's name in addresses; empty for the default site of a server
 * @param trust the certificates that the server is trusted by; empty for those of the JDK
 */
public record TableauSite(
        String service,
        URI base,
        String apiVersion,
        String contentUrl,
        Optional<SSLContext> trust) {

    private static final Pattern VERSION = Pattern.compile("[0-9]{1,2}\\.[0-9]{1,3}");

    /** Checks the version, since it becomes part of a path. */
    public TableauSite {
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(base, "base");
        Objects.requireNonNull(contentUrl, "contentUrl");
        Objects.requireNonNull(trust, "trust");
        if (!VERSION.matcher(apiVersion).matches()) {
            throw new IllegalArgumentException("`" + apiVersion + "` is no version of the API");
        }
    }

    URI call(String name) {
        return URI.create(
                base.getScheme()
                        + "://"
                        + base.getRawAuthority()
                        + "/api/"
                        + apiVersion
                        + "/auth/"
                        + name);
    }
}

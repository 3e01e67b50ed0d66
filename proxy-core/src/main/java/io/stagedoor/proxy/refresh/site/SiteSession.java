package io.stagedoor.proxy.refresh.site;

import java.util.Optional;

/**
 * A session of the proxy at a Tableau site.
 *
 * @param field the field that it is shown in, usually {@code X-Tableau-Auth}
 * @param value what is shown
 * @param siteLuid the site's id, which stands in paths; empty if the site has to be asked
 */
public record SiteSession(String field, String value, Optional<String> siteLuid) {

    /** The field that Tableau takes sessions in. */
    public static final String FIELD = "X-Tableau-Auth";

    /** Shows no secret. */
    @Override
    public String toString() {
        return "SiteSession[" + field + ", siteLuid=" + siteLuid.orElse("unknown") + "]";
    }
}

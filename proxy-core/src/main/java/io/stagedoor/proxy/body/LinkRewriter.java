package io.stagedoor.proxy.body;

import io.stagedoor.proxy.http.Fields;
import io.stagedoor.proxy.refusal.Code;
import io.stagedoor.proxy.refusal.RefusedException;
import java.net.URI;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes links in answers lead back to the proxy: clients follow them to whatever host they name,
 * with the bearer token attached.
 *
 * <p>A link to an upstream of the route, over https and to exactly its host and port, becomes a link
 * to the base the client used, its path and query octet for octet. A relative link stays, but for
 * the path prefix that an absolute path needs. Everything else (another host, another scheme, user
 * information, control characters, backslashes, white space at the ends) is {@code
 * foreign_location}: the answer is withheld. Immutable and safe for any thread.
 */
public final class LinkRewriter {

    private static final Set<String> FIELDS =
            Set.of("location", "content-location", "operation-location", "azure-asyncoperation");
    private static final String HTTPS = "https://";

    /** What the refusal of a whole body, and not of one link in it, names as the place. */
    private static final String BODY = "body";

    private final Set<String> upstreams;
    private final String base;
    private final ForeignLinks foreign;
    private final String prefix;

    private LinkRewriter(Set<String> upstreams, String base, ForeignLinks foreign) {
        this.upstreams = upstreams;
        this.base = base;
        this.foreign = foreign;
        int path = base.indexOf('/', HTTPS.length());
        this.prefix = path < 0 ? "" : base.substring(path);
    }

    /**
     * Makes a rewriter for one exchange.
     *
     * @param upstreams the https URLs under which the route's upstream names itself
     * @param externalBase scheme, authority and path prefix the client used, without a slash at the
     *     end
     * @param foreign is told of each answer that is withheld
     */
    public static LinkRewriter of(
            Collection<URI> upstreams, String externalBase, ForeignLinks foreign) {
        return new LinkRewriter(
                upstreams.stream()
                        .map(uri -> withPort(uri.getRawAuthority().toLowerCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                externalBase,
                foreign);
    }

    /** Returns scheme, authority and path prefix that links are rewritten to. */
    public String base() {
        return base;
    }

    /**
     * Rewrites the link fields of a response: Location, Content-Location, Operation-Location,
     * Azure-AsyncOperation and Link (RFC 8288).
     *
     * @throws RefusedException {@code foreign_location}
     */
    public Fields rewrite(Fields fields) throws RefusedException {
        if (fields.all("location").size() > 1) {
            throw foreign("location");
        }
        Fields.Builder rewritten = Fields.builder();
        for (Fields.Field field : fields) {
            String value = field.value();
            if (field.isNamed("link")) {
                value = LinkField.rewrite(value, this);
            } else if (FIELDS.contains(field.name().toLowerCase(Locale.ROOT))) {
                value = rewrite(field.name().toLowerCase(Locale.ROOT), value);
            }
            rewritten.add(field.name(), value);
        }
        return rewritten.build();
    }

    /**
     * Rewrites one URI reference (RFC 3986 section 4.1); the empty one stays.
     *
     * @param place where it stands, for example {@code nextLink}
     * @throws RefusedException {@code foreign_location}
     */
    public String rewrite(String place, String link) throws RefusedException {
        Optional<String> rewritten = isPlain(link) ? rewritten(link) : Optional.empty();
        return rewritten.orElseThrow(() -> foreign(place));
    }

    private Optional<String> rewritten(String link) {
        if (link.startsWith("//")) {
            return absolute("https:" + link);
        }
        if (hasScheme(link)) {
            return absolute(link);
        }
        return Optional.of(link.startsWith("/") ? prefix + link : link);
    }

    private Optional<String> absolute(String link) {
        if (!link.regionMatches(true, 0, HTTPS, 0, HTTPS.length())) {
            return Optional.empty();
        }
        int end = HTTPS.length();
        while (end < link.length() && "/?#".indexOf(link.charAt(end)) < 0) {
            end++;
        }
        String authority = link.substring(HTTPS.length(), end).toLowerCase(Locale.ROOT);
        return upstreams.contains(withPort(authority))
                ? Optional.of(base + link.substring(end))
                : Optional.empty();
    }

    /** A colon before the first slash, question mark or hash ends a scheme. */
    private static boolean hasScheme(String link) {
        for (int i = 0; i < link.length(); i++) {
            char c = link.charAt(i);
            if (c == ':') {
                return true;
            }
            if (c == '/' || c == '?' || c == '#') {
                return false;
            }
        }
        return false;
    }

    /** Browsers and URL classes drop or fold these, so that another host is seen than stands there. */
    private static boolean isPlain(String link) {
        for (int i = 0; i < link.length(); i++) {
            char c = link.charAt(i);
            if (Character.isISOControl(c) || c == '\\' || c == '\u2028' || c == '\u2029') {
                return false;
            }
        }
        return link.equals(link.strip());
    }

    private static String withPort(String authority) {
        boolean bare = authority.indexOf(':', authority.lastIndexOf(']') + 1) < 0;
        return bare ? authority + ":443" : authority;
    }

    /** Returns the refusal of a body in which a link may hide unread. */
    RefusedException unreadable() {
        foreign.seen(BODY);
        return RefusedException.of(
                Code.FOREIGN_LOCATION,
                "the upstream's answer cannot be read, so a link in it could lead anywhere",
                "ask your platform team to look at what the service answers");
    }

    /** Returns the refusal of an answer with a link that leads elsewhere. */
    RefusedException foreign(String place) {
        foreign.seen(place);
        return RefusedException.of(
                Code.FOREIGN_LOCATION,
                "the upstream's answer points in `" + place + "` at a host that is not configured",
                "ask your platform team to look at the route's upstream names");
    }
}

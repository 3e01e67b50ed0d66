package io.stagedoor.config.kind;

import io.stagedoor.config.text.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of single values that name places in a network: hosts, addresses, URIs, paths. */
public final class NetKinds {

    private static final String LABEL = "[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern HOST =
            Pattern.compile("(?=.{1,253}$)" + LABEL + "(\\." + LABEL + ")*");
    private static final Pattern ADDRESS = Pattern.compile("[0-9a-f:.]*:[0-9a-f:.]*");
    private static final Pattern LOOPBACK =
            Pattern.compile("127(\\.(0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])){3}|::1|\\[::1]");
    private static final Pattern PATH =
            Pattern.compile("(?=.{1,256}$)(/[A-Za-z0-9_~-]([A-Za-z0-9._~-]*[A-Za-z0-9_~-])?)+");

    private static final Pattern AUDIENCE = Pattern.compile("[!-~]{1,512}");

    private NetKinds() {}

    /** Returns an audience of tokens (RFC 7519, section 4.1.3): printable ASCII, often a URI. */
    public static Kind<String> audience() {
        return Kinds.text("an audience", "https://dev.azuresynapse.net", AUDIENCE);
    }

    /** Returns a DNS name as it stands in a request, in lower case: no scheme, port or wildcard. */
    public static Kind<String> host() {
        Kind<String> named = Kind.of("a host name", "ws1.dev.synapse.proxy.example", Parsed::value);
        return named.refined(
                (text, _) -> {
                    String host = text.toLowerCase(Locale.ROOT);
                    return HOST.matcher(host).matches()
                            ? Parsed.value(host)
                            : Parsed.wrong(
                                    Quoted.of(text) + " is not a host name",
                                    "write the name alone, without scheme, port, path or wildcard,"
                                            + " as in `"
                                            + named.example()
                                            + "`");
                });
    }

    /** Returns an address to listen on: IPv4, IPv6 without brackets, or a host name. */
    public static Kind<String> bindAddress() {
        Kind<String> named = Kind.of("an address to listen on", "127.0.0.1", Parsed::value);
        return named.refined(
                (text, _) -> {
                    String address = text.toLowerCase(Locale.ROOT);
                    boolean good =
                            HOST.matcher(address).matches() || ADDRESS.matcher(address).matches();
                    return good ? Parsed.value(address) : named.mismatch(text);
                });
    }

    /** Returns a path prefix: whole segments of unreserved characters, no slash at the end. */
    public static Kind<String> pathPrefix() {
        Kind<String> named = Kind.of("a path prefix", "/synapse/ws1", Parsed::value);
        return named.refined(
                (text, _) ->
                        PATH.matcher(text).matches()
                                ? Parsed.value(text)
                                : Parsed.wrong(
                                        Quoted.of(text) + " is not a path prefix",
                                        "start with `/`, end without one, and use letters, digits,"
                                                + " `.`, `_`, `~` and `-`, as in `/synapse/ws1`"));
    }

    /** Returns an {@code https} URI with a host; no user, query or fragment. */
    public static Kind<URI> httpsUri(String example) {
        Kind<String> named = Kind.of("an https URI", example, Parsed::value);
        return new Kind<>(
                named.expected(), example, scalar -> uri(scalar.text(), named), URI::toString);
    }

    /**
     * Returns a URI that names a host and perhaps a port, without a path: {@code https}, or {@code
     * http} to a loopback address, where a sidecar speaks TLS to everyone else.
     */
    public static Kind<URI> origin(String example) {
        Kind<String> named = Kind.of("an https URI", example, Parsed::value);
        Kind<URI> form =
                new Kind<>(
                        named.expected(),
                        example,
                        scalar -> originUri(scalar.text(), named),
                        URI::toString);
        return form.refined(
                (uri, scalar) ->
                        uri.getRawPath().isEmpty() || uri.getRawPath().equals("/")
                                ? Parsed.value(
                                        URI.create(uri.getScheme() + "://" + uri.getRawAuthority()))
                                : Parsed.wrong(
                                        Quoted.of(scalar.text()) + " has a path",
                                        "write the host alone, as in `" + example + "`"));
    }

    /** Returns whether a host is a literal address of this machine itself, bracketed or not. */
    public static boolean isLoopbackAddress(String host) {
        return LOOPBACK.matcher(host).matches();
    }

    private static Parsed<URI> originUri(String text, Kind<String> named) {
        Optional<URI> parsed = parse(text);
        if (parsed.isPresent() && "http".equals(parsed.get().getScheme())) {
            String host = parsed.get().getHost();
            return host != null && isLoopbackAddress(host)
                    ? withoutExtras(parsed.get(), text, named)
                    : Parsed.wrong(
                            Quoted.of(text) + " is not protected: tokens and keys travel over it",
                            "use `https`; plain `http` is for a sidecar on this machine that speaks"
                                    + " TLS itself, by its address, as in `http://127.0.0.1:15001`");
        }
        return uri(text, named);
    }

    private static Parsed<URI> uri(String text, Kind<String> named) {
        Optional<URI> parsed = parse(text);
        String scheme = parsed.map(URI::getScheme).orElse("");
        if (scheme.equalsIgnoreCase("http")) {
            return Parsed.wrong(
                    Quoted.of(text) + " is not protected: tokens and keys travel over it",
                    "use `https`; for a private authority name its certificates");
        }
        return scheme.equals("https") && parsed.get().getHost() != null
                ? withoutExtras(parsed.get(), text, named)
                : named.mismatch(text);
    }

    private static Optional<URI> parse(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException _) {
            return Optional.empty();
        }
    }

    private static Parsed<URI> withoutExtras(URI uri, String text, Kind<String> named) {
        if (uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getFragment() != null) {
            return Parsed.wrong(
                    "this URI has a user, a query or a fragment",
                    "write scheme, host and path alone, as in `" + named.example() + "`");
        }
        return isPlainHost(uri) ? Parsed.value(uri) : named.mismatch(text);
    }

    private static boolean isPlainHost(URI uri) {
        boolean dots = Arrays.stream(uri.getRawPath().split("/", -1)).anyMatch(NetKinds::isDots);
        return !dots && (uri.getPort() == -1 || (uri.getPort() > 0 && uri.getPort() <= 65535));
    }

    private static boolean isDots(String segment) {
        return segment.equals(".") || segment.equals("..");
    }
}

package io.stagedoor.proxy.http;

import io.stagedoor.proxy.refusal.RefusedException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells who sent a request that came through trusted proxies: the right-most address in {@code
 * Forwarded} (RFC 7239) or {@code X-Forwarded-For} that is not such a proxy's own.
 *
 * <p>Nothing else in these fields is believed; scheme and host least of all. From other peers they mean
 * nothing, and they never go onward from anybody. Safe for any thread.
 */
public final class ForwardedFor {

    private static final int MOST_HOPS = 32;
    private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
    private static final Pattern PAIR =
            Pattern.compile(
                    "\\G[ \t]*("
                            + TOKEN
                            + ")=("
                            + TOKEN
                            + "|\"(?:[^\"\\\\]|\\\\.)*\")[ \t]*([;,]|$)");
    private static final Pattern NODE =
            Pattern.compile(
                    "(?:\\[([0-9A-Fa-f:.]+)\\]|([0-9.]+)|([0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*))"
                            + "(?::[0-9]{1,5})?");

    private final Networks trusted;

    /** Believes what proxies in these networks say. */
    public ForwardedFor(Networks trusted) {
        this.trusted = trusted;
    }

    /**
     * Returns the client's address.
     *
     * @param peer where the connection comes from
     * @param forwarded the values of {@code Forwarded}, in their order
     * @param xForwardedFor the values of {@code X-Forwarded-For}, in their order
     * @throws RefusedException {@code bad_request} if a trusted proxy says something that is malformed
     *     or can be read in two ways
     */
    public InetAddress clientOf(
            InetAddress peer, List<String> forwarded, List<String> xForwardedFor)
            throws RefusedException {
        if (!trusted.contains(peer) || (forwarded.isEmpty() && xForwardedFor.isEmpty())) {
            return peer;
        }
        if (!forwarded.isEmpty() && !xForwardedFor.isEmpty()) {
            throw HeadRefusals.bad("the request has both `Forwarded` and `X-Forwarded-For`");
        }
        List<String> nodes =
                forwarded.isEmpty()
                        ? List.of(String.join(",", xForwardedFor).split(",", -1))
                        : nodesOf(String.join(",", forwarded));
        if (nodes.size() > MOST_HOPS) {
            throw HeadRefusals.bad("the request came through too many proxies");
        }
        return rightmostUntrusted(nodes);
    }

    private InetAddress rightmostUntrusted(List<String> nodes) throws RefusedException {
        InetAddress address = addressOf(nodes.getLast());
        for (int i = nodes.size() - 2; i >= 0 && trusted.contains(address); i--) {
            address = addressOf(nodes.get(i));
        }
        return address;
    }

    /** Reads the {@code for} of each element; an element has exactly one. */
    private static List<String> nodesOf(String forwarded) throws RefusedException {
        List<String> nodes = new ArrayList<>();
        Optional<String> node = Optional.empty();
        Matcher pair = PAIR.matcher(forwarded);
        int end = 0;
        while (end < forwarded.length() && pair.find()) {
            end = pair.end();
            if (pair.group(1).equalsIgnoreCase("for")) {
                refuseUnless(node.isEmpty());
                node = Optional.of(unquoted(pair.group(2)));
            }
            if (!pair.group(3).equals(";")) {
                nodes.add(node.orElseThrow(ForwardedFor::malformed));
                node = Optional.empty();
            }
        }
        boolean toItsEnd = end == forwarded.length() && !forwarded.endsWith(",");
        refuseUnless(toItsEnd && node.isEmpty() && !nodes.isEmpty());
        return nodes;
    }

    private static String unquoted(String value) {
        return value.startsWith("\"")
                ? value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1")
                : value;
    }

    private static InetAddress addressOf(String node) throws RefusedException {
        Matcher parts = NODE.matcher(node.strip());
        refuseUnless(parts.matches());
        for (int group = 1; group <= parts.groupCount(); group++) {
            if (parts.group(group) != null) {
                return literal(parts.group(group));
            }
        }
        throw malformed();
    }

    private static InetAddress literal(String text) throws RefusedException {
        try {
            return InetAddress.ofLiteral(text);
        } catch (IllegalArgumentException _) {
            throw malformed();
        }
    }

    private static void refuseUnless(boolean good) throws RefusedException {
        if (!good) {
            throw malformed();
        }
    }

    private static RefusedException malformed() {
        return HeadRefusals.bad("a proxy in front does not say clearly whom it speaks for");
    }
}
